/* Says two minutes before that the session is about to end, and lets the person stay (WCAG 2.2.1).
   All windows share when the last request was made. */
const box = document.getElementById("session");
const idle = Number(box.dataset.idle) * 1000;
const WARNING = 120_000;
const seen = () => localStorage.setItem("seen", Date.now());

let shown = "";
let ended = false;
function show(name) {
  if (name === shown) return;
  shown = name;
  box.replaceChildren(...(name ? [document.getElementById(`session-${name}`).content.cloneNode(true)] : []));
}

function look() {
  const left = idle - (Date.now() - Number(localStorage.getItem("seen")));
  show(ended || left <= 0 ? "ended" : left <= WARNING ? "ending" : "");
}

box.addEventListener("click", async (event) => {
  if (!event.target.closest("button")) return;
  const answer = await fetch(box.dataset.stay, { method: "HEAD", redirect: "manual" });
  ended = !answer.ok;
  seen();
  look();
});

seen();
/* Saving in the background counts as well; what a page asks by the clock does not (integra/middleware.py). */
const counts = ({ initiatorType, name }) => ["fetch", "xmlhttprequest"].includes(initiatorType) && !name.endsWith("?by=clock");
new PerformanceObserver((list) => {
  if (list.getEntries().some(counts)) seen();
}).observe({ type: "resource" });
setInterval(look, 5_000);
