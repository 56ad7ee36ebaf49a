/* Photos that wait on this device, and sending them: oldest first, one request each, again and again with growing
   pauses. A photo that was once on its way is never changed: what is said of it later waits behind it (`later`), and
   goes as a change of its own when the photo has arrived. */
import { Changes, stamp } from "./changes.js";
import { csrfToken } from "./csrf.js";
import { letGo } from "./erased.js";
import { takenAt } from "./exif-time.js";
import { smaller } from "./photo-smaller.js";
import { FORMAT, all, alone, commit, edit, editAll, tellGone, uuid } from "./queue.js";

const PAUSES = [5, 10, 20, 40, 80, 160, 300].map((seconds) => seconds * 1000);
/* A minute, and a second more for every ten kilobytes: the slowest connection that is still worth trying. */
const timeout = (file) => 60_000 + file.size / 10;
/* A timer cannot be set for longer than some weeks; a day is often enough to ask. */
const LONGEST_WAIT = 24 * 60 * 60 * 1000;
const TAKEN = new Set(["saved", "repeat", "superseded", "late"]);

const subjectOf = (owner, url) => `photos:${owner}:${url}`;
const senders = new Map();
function changesOf({ owner, url, changes }) {
  const subject = subjectOf(owner, url);
  if (!senders.has(subject)) senders.set(subject, new Changes(subject, changes, { owner, sheet: owner, keeps: true }));
  return senders.get(subject);
}
const correct = (photo, words, wait) => changesOf(photo).put(`details:${photo.uuid}`, { kind: "details", photo: photo.uuid, ...words }, wait);

/* Deletes a photo that has not arrived, as far as this phone knows. One that was on its way may have arrived all the same:
   then it is taken back there too, as soon as there is a connection. */
export async function takeBack(key) {
  const photo = await edit("photos", key, (photo) => ({ ...photo, ready: false }));
  if (!photo) return;
  if (photo.tried && !photo.refused) changesOf(photo).put(`details:${key}`, { kind: "take_back", photo: key }, 0);
  await dropPhoto(photo);
}

/* A new photo, kept on the device. Rejects where there is no room. */
export async function keepPhoto({ owner, url, changes }, file, name, words) {
  const { device, sequence, sheet } = stamp(subjectOf(owner, url), owner);
  const photo = {
    format: FORMAT, uuid: uuid(), owner, url, changes, device, sequence, file, name, words,
    ready: false, tried: false, later: null, refused: "", sent: 0, late: false,
  };
  await commit({ photos: [photo], sheets: [sheet] });
  navigator.storage?.persist?.();
  return photo;
}
const bySequence = (a, b) => a.sequence - b.sequence;
export const photosOf = async (owner) => (await all("photos").catch(() => [])).filter((photo) => photo.owner === owner).sort(bySequence);
export const dropPhoto = (photo) => commit({}, { photos: [photo.uuid] });

/* Changes some of what is said of a photo, or marks it as ready to be sent, again where it was refused; with `shrink` it is
   made smaller before it goes. */
export async function writePhoto(key, { words, ready, shrink }) {
  const photo = await edit("photos", key, (photo) => {
    const said = words ? { ...(photo.later ?? photo.words), ...words } : undefined;
    if (photo.tried && !photo.refused && !photo.sent) return { ...photo, later: said ?? photo.later };
    const again = ready ? { ready, shrink, refused: "", tried: false } : {};
    return { ...photo, words: said ?? photo.words, ...again };
  });
  if (photo?.sent && words) correct(photo, photo.words, 1500);
  return photo;
}

/* Changes photos that are not ready to be sent, however many, in one write. `change` gives what is new of one. */
export const writeDrafts = (photos, change) =>
  editAll("photos", photos.map((photo) => photo.uuid), (photo) => (photo.ready ? photo : { ...photo, ...change(photo) }));

/* Whether the person wants photos made smaller: on this phone, until it is left. */
const wish = (owner) => `smaller:${owner}`;
export const keepWish = (owner, shrink) => commit({ sheets: [{ format: FORMAT, subject: wish(owner), owner, shrink }] });
export const wishOf = async (owner) => (await all("sheets")).some((one) => one.subject === wish(owner) && one.shrink);

/* Before it is on its way for the first time. When the camera took it, the smaller one would not say any more. */
async function shrinkPhoto({ uuid, file }) {
  const made = await smaller(file), taken = made && (await takenAt(file));
  await edit("photos", uuid, (photo) => ({ ...photo, shrink: false, file: made ?? photo.file, taken: taken || photo.taken }));
}

function bodyOf(photo) {
  const body = new FormData();
  for (const name of ["uuid", "sequence", "device", "owner"]) body.append(name, photo[name]);
  for (const [name, value] of Object.entries(photo.words)) {
    if (value === true) body.append(name, "on");
    else if (value !== false && value !== null) body.append(name, value);
  }
  if (photo.taken) body.append("taken", photo.taken);
  body.append("file", photo.file, photo.name);
  return body;
}

/* What became of one photo: `taken`, `refused`, `gone` (taken back there), `later` (the server's words say that nothing is
   taken here at the moment), `code` or `unheard` (what came back, if anything, was not from our server, or was its failure). */
async function post(photo) {
  let response, answer = {};
  try {
    response = await fetch(photo.url, {
      method: "POST",
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(timeout(photo.file)),
      headers: { "X-CSRFToken": csrfToken() },
      body: bodyOf(photo),
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) answer = await response.json();
  } catch {
    return { end: "unheard" };
  }
  const result = Array.isArray(answer.results) && answer.results.find((each) => each.uuid === photo.uuid);
  if (result && TAKEN.has(result.outcome)) {
    const at = Date.parse(response.headers.get("Date")) || Date.now();
    return { end: "taken", at, late: result.outcome === "late", message: result.message };
  }
  if (result?.outcome === "gone") return { end: "gone", message: result.message };
  if (result) return { end: "refused", message: result.message || "?" };
  if (answer.code_needed) return { end: "code", message: answer.message };
  if (!answer.message) return { end: "unheard" };
  /* It would never be taken, and must not keep the others back. */
  if ([400, 410, 413].includes(response.status)) return { end: "refused", message: answer.message };
  /* The server knows when it will have room, or when the activity begins: that is no failure. */
  return { end: "later", message: answer.message, wait: 1000 * response.headers.get("Retry-After") };
}

async function settle(key, { end, at, late, message }) {
  let later;
  const photo = await edit("photos", key, (photo) => {
    const words = photo.later ?? photo.words;
    later = photo.later;
    if (end === "refused") return { ...photo, words, later: null, refused: message };
    return { ...photo, words, sent: at, late, file: null };
  });
  /* `later` goes only once it is kept as a change: if this page ends between the two, the next one does it. */
  if (end === "taken" && later) await handOn(photo);
}
async function handOn(photo) {
  correct(photo, photo.later, 0);
  await edit("photos", photo.uuid, (photo) => ({ ...photo, later: null }));
}

let runner;

/* Begins to send what waits of this person, and goes on while the page is open. `told({state, message})` hears of it:
   saving, saved, unsent or away. Gives the function that tries at once. */
export function sendPhotos(owner, told = () => {}) {
  let timer, failures = 0, wait = 0, again = false;
  /* How often a photo was sent without being heard of: it may be what the server or a proxy stumbles over, and comes
     after the others. */
  const unheard = new Map(), times = (photo) => unheard.get(photo.uuid) ?? 0;
  async function round() {
    /* Addresses that take nothing at the moment do not keep the others back. */
    const skipped = new Set();
    const waits = [];
    let held = { state: "unsent" }, done;
    wait = 0;
    for (const photo of await photosOf(owner)) if (photo.sent && photo.later) await handOn(photo);
    for (;;) {
      const waiting = (await photosOf(owner)).filter((photo) => photo.ready && !photo.sent && !photo.refused);
      const [photo] = waiting.filter((each) => !skipped.has(each.url)).sort((a, b) => times(a) - times(b));
      if (!waiting.length) return told({ state: "saved" }), true;
      if (!photo) {
        wait = waits.length ? Math.min(...waits, LONGEST_WAIT) : 0;
        return told(held), done;
      }
      /* Not on its way: it can still be changed and deleted here. */
      if (!navigator.onLine) return told({ state: "unsent" }), false;
      told({ state: "saving" });
      if (photo.shrink) await shrinkPhoto(photo);
      const trying = await edit("photos", photo.uuid, (photo) => ({ ...photo, tried: true }));
      /* Deleted meanwhile. */
      if (!trying?.ready) continue;
      const answer = await post(trying);
      if (answer.end === "taken" || answer.end === "refused") {
        failures = 0;
        await settle(photo.uuid, answer);
      } else if (answer.end === "gone") {
        await dropPhoto(photo);
        tellGone(answer.message);
      } else if (answer.end === "unheard") {
        unheard.set(photo.uuid, times(photo) + 1);
        return told({ state: "unsent" }), false;
      } else if (answer.end === "code" && (await letGo(owner))) {
        return true;
      } else {
        skipped.add(photo.url);
        held = { state: "away", message: answer.message };
        if (!photo.tried) await edit("photos", photo.uuid, (photo) => ({ ...photo, tried: false }));
        /* Where a code has to be typed first, asking again by the clock would change nothing. */
        if (answer.end !== "code") {
          done = false;
          waits.push(answer.wait);
        }
      }
    }
  }
  async function run() {
    clearTimeout(timer);
    let done = true;
    do {
      again = false;
      const ready = (await photosOf(owner)).some((photo) => photo.ready && !photo.sent && !photo.refused);
      if (ready) done = await alone(`photos:${owner}`, round).catch(() => false);
    } while (again);
    if (done === false) timer = setTimeout(now, wait || PAUSES[Math.min(failures++, PAUSES.length - 1)]);
  }
  function now() {
    again = Boolean(runner);
    runner ??= run().finally(() => (runner = undefined));
    return runner;
  }
  addEventListener("online", () => ((failures = 0), now()));
  document.addEventListener("visibilitychange", () => document.hidden || now());
  now();
  return now;
}
