/* "This is not my phone", or everything is taken back: what is kept of this person in the browser goes too, after a
   warning where answers or photos were not sent yet. */
for (const form of document.querySelectorAll("form[data-leave]")) {
  const owner = form.dataset.leave, warning = form.querySelector("[data-leave-warning]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    /* Not before: opening what is kept takes a moment, in which the button may be pressed already. */
    const { forget, waiting } = await import("./queue.js");
    const { answers, photos } = await waiting(owner);
    if (warning?.hidden && (answers || photos)) {
      warning.hidden = false;
      warning.focus();
      return;
    }
    await forget(owner);
    /* By then the token in the form is the one that is valid (csrf.js). */
    form.submit();
  });
}
