/* Keys for the projector page; every key has a visible button or link. */
const by = (id) => document.getElementById(id);
const hide = by("hide");
by("tools").hidden = false;
function toggle() {
  const on = by("scores").classList.toggle("is-hidden");
  hide.setAttribute("aria-pressed", on);
  hide.querySelector("span").textContent = on ? hide.dataset.show : hide.dataset.hide;
}
const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
hide.addEventListener("click", toggle);
by("full").addEventListener("click", full);
/* WCAG 2.1.4: single-letter keys can be switched off; the choice stays on this computer. */
const keys = by("keys");
function letters(on) {
  localStorage.setItem("letter-keys", on ? "on" : "off");
  keys.setAttribute("aria-pressed", on);
  keys.querySelector("span").textContent = on ? keys.dataset.on : keys.dataset.off;
}
letters(localStorage.getItem("letter-keys") !== "off");
keys.addEventListener("click", () => letters(keys.getAttribute("aria-pressed") !== "true"));
/* What was written is saved on the way to another statement, so that nothing is lost by going on. */
const note = by("note");
const written = () => new URLSearchParams(new FormData(note)).toString();
const saved = "unsaved" in note.dataset ? null : written();
for (const link of document.querySelectorAll("[data-go]")) {
  link.addEventListener("click", (event) => {
    if (written() === saved || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    note.elements.go.value = link.dataset.go;
    note.requestSubmit();
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("textarea")) {
    event.target.blur();
    return;
  }
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[a-z]$/i.test(event.key) && keys.getAttribute("aria-pressed") !== "true") return;
  const act = {
    ArrowRight: () => by("forward")?.click(), ArrowLeft: () => by("prev")?.click(),
    h: toggle, f: full, n: () => document.querySelector("textarea").focus(),
  }[event.key];
  if (act) { event.preventDefault(); act(); }
});
