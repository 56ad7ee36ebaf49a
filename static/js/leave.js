/* "This is not my phone": what is kept in the browser goes too, after a warning where it was not sent yet. */
import { forget, waiting } from "./changes.js";

for (const form of document.querySelectorAll("form[data-leave]")) {
  const warning = form.querySelector("[data-leave-warning]");
  form.addEventListener("submit", (event) => {
    if (waiting() && warning.hidden) {
      event.preventDefault();
      warning.hidden = false;
      warning.focus();
      return;
    }
    forget();
  });
}
