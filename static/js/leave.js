/* "This is not my phone", or everything is taken back: what is kept of this person in the browser goes too, after a warning where it was not sent yet. */
import { forget, waiting } from "./changes.js";

for (const form of document.querySelectorAll("form[data-leave]")) {
  const owner = form.dataset.leave, warning = form.querySelector("[data-leave-warning]");
  form.addEventListener("submit", (event) => {
    if (warning?.hidden && waiting(owner)) {
      event.preventDefault();
      warning.hidden = false;
      warning.focus();
      return;
    }
    forget(owner);
  });
}
