/* Keys for the projector page; every key has a visible button or link. */
const by = (id) => document.getElementById(id);
const hide = by("hide");
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
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[a-z]$/i.test(event.key) && keys.getAttribute("aria-pressed") !== "true") return;
  const act = {
    ArrowRight: () => by("forward")?.click(), ArrowLeft: () => by("prev")?.click(),
    h: toggle, f: full, n: () => document.querySelector("textarea").focus(),
  }[event.key];
  if (act) { event.preventDefault(); act(); }
});
