/* The show on the big screen: the next photo takes the place of this one without a page load, so that the full screen
   stays. Arrow keys go on and back; the number keys sort the photo while it has the focus. */
import { csrfToken } from "./csrf.js";

const by = (id) => document.getElementById(id);
const picture = () => document.querySelector("[data-show]");

async function go(address, options) {
  const answer = await fetch(address, options);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  /* Signed out, or something else is wrong: the browser shows it. */
  if (!answer.ok || !page.querySelector("[data-show]")) return location.assign(options ? location.href : address);
  for (const part of document.querySelectorAll("[data-swap]")) {
    part.replaceWith(page.querySelector(`[data-swap="${part.dataset.swap}"]`));
  }
  document.title = page.title;
  history.replaceState(null, "", answer.url);
  ready();
}
function ready() {
  if (!picture()) return;
  by("full").hidden = !document.fullscreenEnabled;
  picture().focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#full")) {
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    return;
  }
  const link = event.target.closest("#prev, #forward");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href).catch(() => location.assign(link.href));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".show-sort")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  const sent = go(event.target.action, { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body });
  sent.catch(() => location.reload());
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight", back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const link = { [forward]: by("forward"), [back]: by("prev") }[event.key];
  const sorts = event.target.matches("[data-show]") && document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!link && !sorts) return;
  event.preventDefault();
  (link ?? sorts).click();
});
ready();
