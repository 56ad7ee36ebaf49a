/* Makes the pages of whoever takes part work without a connection: registers the worker (worker.js), tells it what this
   page needs, and lets a new version take over when nothing of the old one waits to be sent. */
import "./erased.js";
import { waiting } from "./queue.js";

const settings = document.querySelector("meta[name=integra-worker]")?.dataset;
const owner = document.querySelector("[data-owner]")?.dataset.owner ?? "";

async function tell(registration) {
  const also = [...document.querySelectorAll("[data-keep]")].map((one) => one.dataset.keep);
  const assets = performance.getEntriesByType("resource").map((one) => one.name);
  registration.active.postMessage({
    kind: "keep", owner, assets, language: document.documentElement.lang, pages: owner ? [location.pathname, ...also] : [],
  });
}
async function takeOver(worker) {
  const { answers, photos, refused } = await waiting();
  if (!answers && !photos && !refused) worker.postMessage({ kind: "take-over" });
}
if (settings && "serviceWorker" in navigator) {
  try {
    const registration = await navigator.serviceWorker.register(settings.worker);
    if (registration.waiting) takeOver(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && registration.active) takeOver(worker);
      });
    });
    await navigator.serviceWorker.ready;
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
    tell(registration);
  } catch { /* the page works with a connection alone */ }
}

/* Other pages of the site lie outside the worker's reach: without a connection, ours comes instead of the browser's own. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]"), scope = settings && new URL(".", new URL(settings.worker, location.origin)).href;
  if (!scope || !link || navigator.onLine || link.origin !== location.origin || link.href.startsWith(scope)) return;
  event.preventDefault();
  location.assign(settings.offline);
});
const again = document.querySelector("[data-try]");
if (again && location.pathname === settings?.offline && document.referrer) again.href = document.referrer;

/* The title of a kept page, which says of which walk or activity it is; without the name of the site. */
async function titleOf(cache, request) {
  const text = await (await cache.match(request))?.text();
  return new DOMParser().parseFromString(text ?? "", "text/html").title.split(" – ").slice(0, -1).join(" – ");
}
const keptWords = document.querySelector("[data-kept-words]");
if (keptWords) keptWords.hidden = !Object.values(await waiting()).some(Boolean);

/* The page for when nothing else can be shown leads to what is kept. */
const list = document.querySelector("[data-kept-pages]");
if (list) {
  const cache = await globalThis.caches?.open("integra-pages");
  for (const request of (await cache?.keys()) ?? []) {
    const link = document.createElement("a"), row = document.createElement("li");
    link.href = request.url;
    link.textContent = (await titleOf(cache, request)) || (/\/photos\/$/.test(request.url) ? list.dataset.photos : list.dataset.sheet);
    row.append(link);
    list.append(row);
  }
  document.querySelector("[data-kept]").hidden = !list.children.length;
}
