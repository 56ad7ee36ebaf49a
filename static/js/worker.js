/* The service worker of the pages of those who take part. `SETTINGS` stands before this text (audits/participation/offline.py).
   A sheet and a photo page come from the server while it answers in time, and otherwise as this device has kept them last;
   of one person only. What does not carry the server's own mark is never kept and never taken for it. */
const ASSETS = `integra-assets-${SETTINGS.version}`, PAGES = "integra-pages";
const MARK = "X-Integra", MADE_FOR = "X-Integra-Version", NOBODY = "nobody";
const SCOPE = new URL(registration.scope).pathname;
const PATIENCE = 3_500;
const keepable = (url) => url.pathname.startsWith(SCOPE) && /^[^/]+\/(sheet|photos)\/$/.test(url.pathname.slice(SCOPE.length)) && !url.search;
const isAsset = (url) => url.origin === location.origin && url.pathname.startsWith(SETTINGS.statics);
const isPage = (response) => response.headers.get("Content-Type")?.startsWith("text/html");

/* Pages -------------------------------------------------------------------- */
/* Goes up whenever somebody leaves: what was asked for before that is not kept. */
let generation = 0;
function forget() {
  generation += 1;
  return caches.delete(PAGES);
}
/* Whoever is here now: nobody else's pages stay. */
async function only(owner) {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    if ((await cache.match(request))?.headers.get(MARK) !== owner) await cache.delete(request);
  }
}
async function store(address, response, asked) {
  const owner = response.headers.get(MARK);
  if (response.status !== 200 || response.redirected || !isPage(response) || !owner || owner === NOBODY) return;
  const headers = new Headers(response.headers);
  headers.set(MADE_FOR, SETTINGS.version);
  const copy = new Response(await response.blob(), { headers });
  const cache = await caches.open(PAGES);
  if (asked === generation) await cache.put(address, copy);
}
/* Whether our server has answered: a network that wants to be signed in to shows pages and leads to others. */
async function genuine(response) {
  if (response.type !== "opaqueredirect") return response.headers.has(MARK);
  const probe = await fetch(SETTINGS.offline, { cache: "no-store", redirect: "error" });
  return probe.headers.has(MARK);
}
async function offlinePage() {
  return (await (await caches.open(ASSETS)).match(SETTINGS.offline)) ?? (await caches.match(SETTINGS.offline)) ?? Response.error();
}
async function page(event, url) {
  const kept = keepable(url) ? await (await caches.open(PAGES)).match(url.pathname) : undefined;
  const asked = generation;
  const answer = fetch(event.request).then(async (response) => {
    const owner = response.headers.get(MARK);
    if (owner && asked === generation) await only(owner);
    if (keepable(url)) await store(url.pathname, response.clone(), asked);
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  if (!kept) return answer.catch(offlinePage);
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([answer.then(async (response) => ((await genuine(response)) ? response : kept)), late]).catch(() => kept);
}

/* A personal code that is right leads on, perhaps to somebody else's pages: what is kept of the one before must not be
   shown there, however slow the answer. A mistyped one changes nothing. The field for all codes takes personal ones too. */
async function posted(request, url) {
  let response;
  try {
    response = await fetch(request);
  } catch {
    /* Our page instead of the form's answer: loaded again, it sends the form once more. */
    return BUTTONS.test(url.pathname) ? Response.redirect(await wayOn(url)) : offlinePage();
  }
  const codes = url.pathname.endsWith("/code/") || url.pathname === SCOPE;
  if (response.type === "opaqueredirect" && codes) await forget();
  return response;
}
/* Addresses that only a button leads to: they show nothing by themselves. */
const BUTTONS = /\/(code|go-on|leave)\/$/;
async function wayOn(url) {
  const cache = await caches.open(PAGES);
  if (url.pathname.endsWith("/go-on/")) {
    for (const page of ["../sheet/", "../photos/"]) if (await cache.match(new URL(page, url).pathname)) return new URL(page, url);
  }
  return new URL("../", url);
}

/* Scripts, styles, fonts --------------------------------------------------- */
const fresh = SETTINGS.hashed ? {} : { cache: "no-cache" };
async function keepAsset(cache, address) {
  const response = await fetch(address, fresh);
  if (response.ok && !isPage(response)) await cache.put(address, response);
}
const keptAsset = async (request) => (await (await caches.open(ASSETS)).match(request)) ?? caches.match(request);
async function asset(event) {
  const kept = await keptAsset(event.request);
  if (kept && SETTINGS.hashed) return kept;
  try {
    const response = await fetch(event.request);
    if (response.ok && !isPage(response)) {
      const copy = response.clone();
      event.waitUntil(caches.open(ASSETS).then((cache) => cache.put(event.request, copy)));
    }
    return response.ok || !kept ? response : kept;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
async function keepOfflinePage(cache, language) {
  const kept = await cache.match(SETTINGS.offline);
  if (kept && (!language || kept.headers.get("Content-Language") === language)) return;
  const response = await fetch(SETTINGS.offline, { cache: "no-store" });
  if (response.ok && response.headers.has(MARK)) await cache.put(SETTINGS.offline, response);
}
/* What a kept page of an older version needs stays as long as that page; what a newer one that waits has fetched, too. */
async function cleanUp() {
  if (registration.installing || registration.waiting) return;
  const cache = await caches.open(PAGES), needed = new Set([ASSETS]);
  for (const request of await cache.keys()) {
    needed.add(`integra-assets-${(await cache.match(request))?.headers.get(MADE_FOR)}`);
  }
  for (const name of await caches.keys()) if (name.startsWith("integra-assets-") && !needed.has(name)) await caches.delete(name);
}

/* What a page says it needs, and which pages of the same person are to be on the device too. */
async function keep({ owner, assets, language, pages }) {
  const asked = generation;
  const cache = await caches.open(ASSETS);
  const missing = [];
  for (const address of assets) if (isAsset(new URL(address)) && !(await cache.match(address))) missing.push(address);
  await Promise.allSettled([keepOfflinePage(cache, language), ...missing.map((address) => keepAsset(cache, address))]);
  if (!owner) return;
  if (asked === generation) await only(owner);
  const copies = await caches.open(PAGES);
  for (const address of pages) {
    const url = new URL(address, location.origin), kept = await copies.match(url.pathname);
    const good = kept?.headers.get(MADE_FOR) === SETTINGS.version && kept.headers.get("Content-Language") === language;
    if (!keepable(url) || good) continue;
    const response = await fetch(url, { cache: "no-store", redirect: "error" }).catch(() => undefined);
    if (response?.headers.get(MARK) === owner) await store(url.pathname, response, asked);
  }
  await cleanUp();
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(ASSETS);
    await Promise.all(SETTINGS.assets.map((address) => keepAsset(cache, address)));
    await keepOfflinePage(cache);
  })());
});
addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), cleanUp()])));
addEventListener("message", (event) => {
  if (event.data.kind === "take-over") skipWaiting();
  if (event.data.kind === "forget") event.waitUntil(forget());
  if (event.data.kind === "keep") event.waitUntil(keep(event.data).catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  const navigates = request.mode === "navigate" && url.origin === location.origin && url.pathname.startsWith(SCOPE);
  if (request.method === "POST" && navigates) event.respondWith(posted(request, url));
  if (request.method !== "GET") return;
  if (isAsset(url)) event.respondWith(asset(event));
  else if (navigates) event.respondWith(page(event, url));
});
