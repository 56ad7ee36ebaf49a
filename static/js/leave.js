/* "This is not my phone", or everything is taken back: what is kept of this person in the browser goes too, after a
   warning where answers or photos were not sent yet; and only once the server has answered, because its session would stay
   here otherwise. */
import { csrfToken } from "./csrf.js";

async function answerOf(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-CSRFToken": csrfToken() } });
    /* The page of some network that wants to be signed in to is no answer. */
    return answer.headers.has("X-Integra") ? answer : undefined;
  } catch {
    return undefined;
  }
}
for (const form of document.querySelectorAll("form[data-leave]")) {
  const owner = form.dataset.leave, warning = form.querySelector("[data-leave-warning]");
  const noConnection = form.querySelector("[data-leave-offline]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    /* Not before: opening what is kept takes a moment, in which the button may be pressed already. */
    const { forget, waiting } = await import("./queue.js");
    const { answers, photos, refused } = await waiting(owner);
    noConnection.hidden = true;
    if (warning?.hidden && (answers || photos || refused)) {
      warning.hidden = false;
      warning.focus();
      return;
    }
    const answer = await answerOf(form);
    if (!answer) {
      noConnection.hidden = false;
      noConnection.focus();
      return;
    }
    if (answer.ok) await forget(owner);
    /* Once more, for the page that comes of it; with the token that is valid by now. */
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.submit();
  });
}
