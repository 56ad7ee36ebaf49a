/* What waits on this device until the server has it, in IndexedDB: `changes` (what was typed, one entry for each
   change), `photos` (each with its picture) and `sheets` (under which device and sequence a subject sends).
   Every entry says in which format it was kept: a new version of the app reads what an older one left, and sends it. */
const NAME = "integra", VERSION = 1;
const STORES = { changes: "uuid", photos: "uuid", sheets: "subject" };
/* Some browsers never answer; then the page itself has to do. */
const PATIENCE = 4_000;
const LOCK = 20_000;
export const FORMAT = 2;

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
    }
  };
  return asked(request);
}
let database;
try {
  let timer;
  database = await Promise.race([open(), new Promise((done) => (timer = setTimeout(done, PATIENCE)))]);
  clearTimeout(timer);
  /* A newer version of the app in another tab must not have to wait for this one. */
  if (database) database.onversionchange = () => database.close();
} catch { /* private windows may refuse it */ }

/* Whether this device keeps anything at all. */
export const available = Boolean(database);

/* Everything of one kind. Rejects where the device keeps nothing. */
export async function all(store) {
  if (!database) throw new Error("Nothing can be kept here.");
  return asked(database.transaction(store).objectStore(store).getAll());
}

/* Keeps and drops entries (`{store: [entry]}`, `{store: [key]}`), all of them or none. The requests are made at once, so
   that they are on their way when the page is left in the next moment. Rejects where the device refuses. */
export async function commit(put, drop = {}) {
  if (!database) throw new Error("Nothing can be kept here.");
  const names = [...new Set([...Object.keys(put), ...Object.keys(drop)])];
  const transaction = database.transaction(names, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  try {
    for (const [name, keys] of Object.entries(drop)) for (const key of keys) transaction.objectStore(name).delete(key);
    for (const [name, entries] of Object.entries(put)) for (const entry of entries) transaction.objectStore(name).put(entry);
    transaction.commit?.();
  } catch (error) {
    done.catch(() => {});
    transaction.abort();
    throw error;
  }
  await done;
  document.dispatchEvent(new Event("integra:kept"));
}

/* Changes one entry in place, whatever other pages do at the same time. Resolves to the new entry; undefined where it is
   gone. */
export const edit = async (store, key, change) => (await editAll(store, [key], change))[0];

/* The same of several entries, in one write; resolves to those that are still there. */
export async function editAll(store, keys, change) {
  if (!database) throw new Error("Nothing can be kept here.");
  const transaction = database.transaction(store, "readwrite", { durability: "strict" }), entries = transaction.objectStore(store);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const changed = [];
  for (const key of keys) {
    entries.get(key).onsuccess = ({ target }) => {
      if (!target.result) return;
      changed.push(change(target.result));
      entries.put(changed.at(-1));
    };
  }
  await done;
  document.dispatchEvent(new Event("integra:kept"));
  return changed;
}

/* Several pages of one browser send one after the other. A page that hangs does not stop the others for ever: sent
   twice does no harm. */
export async function alone(name, work) {
  let begun = false;
  const once = () => ((begun = true), work());
  if (!navigator.locks) return once();
  try {
    return await navigator.locks.request(`integra:${name}`, { signal: AbortSignal.timeout?.(LOCK) }, once);
  } catch (error) {
    if (begun) throw error;
    return once();
  }
}

/* crypto.randomUUID exists on https and localhost only. */
export function uuid() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* Format 1: one record for each sheet in localStorage, `{url, owner, device, sequence, queue, send}`. It goes once it is
   kept here; a page of the old version that is still open may leave another one. */
const OLD = "integra:changes:";
function moved(subject, record) {
  const { url, owner = "", device, sequence, queue, send } = record;
  const common = { format: FORMAT, subject, sheet: subject, owner, url, device };
  const changes = queue.map(({ uuid, sequence, part, tried, ...content }) => ({ ...common, uuid, sequence, part, tried, content }));
  if (send) changes.push({ ...common, uuid: uuid(), sequence: sequence + 1, part: "send", tried: false, content: null });
  return { changes, sheets: [{ format: FORMAT, subject, owner, device, sequence: sequence + 1 }] };
}
async function moveOld() {
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(OLD))) {
    const text = localStorage.getItem(key);
    try {
      const record = JSON.parse(text);
      if (record.queue.length || record.send) await commit(moved(key.slice(OLD.length), record));
      if (localStorage.getItem(key) === text) localStorage.removeItem(key);
    } catch { /* it stays where it is */ }
  }
}
try {
  await moveOld();
} catch { /* there is no such storage */ }

/* As it stood when the page was opened. */
export const kept = { changes: await all("changes").catch(() => []), sheets: await all("sheets").catch(() => []) };

/* Whoever took something back on another phone sees it vanish here, and reads why (waiting.js). */
export const tellGone = (message) => document.dispatchEvent(new CustomEvent("integra:gone", { detail: message }));

/* What of a person is on this device alone, and forgetting it. Pages that were kept go with it. Photos that were not taken
   (`refused`) wait for a decision of the person and not to be sent. */
const waits = (entry) => !entry.sent;
export async function waiting(owner) {
  const [changes, photos] = await Promise.all(["changes", "photos"].map((store) => all(store).catch(() => [])));
  const own = (entry) => waits(entry) && (owner === undefined || entry.owner === owner);
  const there = photos.filter(own), refused = there.filter((photo) => photo.refused).length;
  return { answers: changes.filter((one) => one.part !== "send" && own(one)).length, photos: there.length - refused, refused };
}
/* Everybody of whom this device keeps anything. */
export async function owners() {
  const found = await Promise.all(Object.keys(STORES).map((store) => all(store).catch(() => [])));
  return new Set(found.flat().map((entry) => entry.owner).filter(Boolean));
}
export const leaving = new BroadcastChannel("integra:leaving");
export async function forget(owner) {
  document.dispatchEvent(new CustomEvent("integra:forgotten", { detail: owner }));
  leaving.postMessage(owner);
  const drop = {};
  for (const [store, key] of Object.entries(STORES)) {
    const entries = await all(store).catch(() => []);
    drop[store] = entries.filter((entry) => entry.owner === owner).map((entry) => entry[key]);
  }
  await commit({}, drop).catch(() => {});
  await forgetPages();
}
/* By the worker too: an answer that is still on its way to it must not be kept any more. */
function forgetPages() {
  navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  return globalThis.caches?.delete("integra-pages").catch(() => {});
}
