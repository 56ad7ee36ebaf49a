/* Keeps what is typed until the server has it, and sends it: soon after the last key, on opening the page, when the
   connection comes back, and from time to time. Each change has a UUID and a sequence of its own, so that sending
   twice does no harm. What stands here is what this page knows; queue.js holds it on the device. */
import { csrfToken } from "./csrf.js";
import { letGo } from "./erased.js";
import { FORMAT, all, alone, commit, kept, leaving, tellGone, uuid } from "./queue.js";

export { uuid };

const BATCH = 100;
/* As many characters fit into one delivery, whatever their script: the server takes half a megabyte. */
const CHARACTERS = 150_000;
const RETRY = 15_000;
const TIMEOUT = 30_000;
const DONE = new Set(["saved", "repeat", "superseded", "late"]);
const BAD = new Set(["conflict", "refused"]);
/* Taken back by whoever said it: nothing of it stays, on this device either. */
const GONE = "gone";
/* A failure of the server or of a proxy, which one change of many may have brought about. */
const stumbles = (status) => status >= 500 || status === 413;
/* The sheet counts as sent once what was kept before this has arrived. */
const SEND = "send";

/* The device may refuse to keep (private windows) or be full; then the page itself has to do. */
const entries = new Map(kept.changes.map((entry) => [entry.uuid, entry]));
const onDevice = new Set(entries.keys());
const sheets = new Map(kept.sheets.map((sheet) => [sheet.subject, sheet]));

/* Somebody has left this phone: what is forgotten on the device must not come back from a page that is still open. */
function forgotten({ data }) {
  for (const [key, entry] of entries) if (entry.owner === data) entries.delete(key);
  for (const [key, sheet] of sheets) if (sheet.owner === data) sheets.delete(key);
}
leaving.addEventListener("message", forgotten);
document.addEventListener("integra:forgotten", ({ detail }) => forgotten({ data: detail }));

/* The device and the next sequence of a subject. A clock that was set back never makes a later change an earlier one. */
export function stamp(subject, owner) {
  const sheet = sheets.get(subject) ?? { format: FORMAT, subject, owner, device: uuid(), sequence: 0 };
  sheets.set(subject, sheet);
  sheet.sequence = Math.max(sheet.sequence + 1, Date.now());
  return { device: sheet.device, sequence: sheet.sequence, sheet };
}

async function keep(put, drop = []) {
  for (const key of drop) entries.delete(key);
  for (const entry of put) entries.set(entry.uuid, entry);
  try {
    const known = [...new Set(put.map((entry) => entry.subject))].map((subject) => sheets.get(subject)).filter(Boolean);
    await commit({ changes: put, sheets: known }, { changes: drop });
    for (const entry of put) onDevice.add(entry.uuid);
  } catch {
    /* An older entry on the device would come back as the newest after the page is closed; no more can be done here. */
  }
}

/* What the server would not take, and nobody wants to keep. */
export const discard = (uuid) => keep([], [uuid]);

const bySequence = (a, b) => a.sequence - b.sequence;
const of = (subject) => [...entries.values()].filter((entry) => entry.subject === subject).sort(bySequence);
/* Refused here, where nobody can be told why: the page on which it was typed sends it once more, and says it. */
const unheard = new Set();
const unsent = (entry) => !entry.sent && !entry.refused && !unheard.has(entry.uuid);
const told = ({ uuid, sequence, part, tried, content, refused }) => ({ uuid, sequence, part, tried, refused, ...content });

/* What other tabs have kept, and without what they have sent meanwhile. */
async function refresh(subject) {
  const before = of(subject).filter((entry) => onDevice.has(entry.uuid));
  let found;
  try {
    found = (await all("changes")).filter((entry) => entry.subject === subject);
  } catch {
    return;
  }
  const there = new Set(found.map((entry) => entry.uuid));
  for (const entry of before) if (!there.has(entry.uuid)) entries.delete(entry.uuid);
  for (const entry of found) {
    if (entries.has(entry.uuid) || onDevice.has(entry.uuid)) continue;
    entries.set(entry.uuid, entry);
    onDevice.add(entry.uuid);
  }
}

/* The first of a queue, as many as one delivery takes; at least one. */
function batchOf(queue, most) {
  let room = CHARACTERS;
  const fitting = (entry) => entry.device === queue[0].device && entry.url === queue[0].url;
  return queue.filter(fitting).slice(0, most)
    .filter((entry, index) => (room -= JSON.stringify(entry.content).length) >= 0 || index === 0);
}

export class Changes {
  #subject;
  #sheet;
  #url;
  #owner;
  #keeps;
  #elsewhere;
  #state;
  #result;
  #timer;
  #retry;
  #running;
  /* How often it stumbled over a change that came alone: the others go first. */
  #stumbled = new Map();

  /* `subject` names the sheet, `owner` the participant who fills it in (nobody on the team's pages).
     `state(name, message)` hears saved, saving, unsent, away or error; `result(change, outcome, message)` each answer.
     `keeps`: what the server refused stays on the device until it is changed (`refused`), and what it took until a page
     of the server shows it (`restored`). `elsewhere`: this is not the page on which it was typed. `sheet` is the name in the delivery, where it is not the subject's. */
  constructor(subject, url, { owner = "", sheet = subject, keeps = false, elsewhere = false, state = () => {}, result = () => {} } = {}) {
    this.#subject = subject;
    this.#sheet = sheet;
    this.#url = url;
    this.#owner = owner;
    this.#keeps = keeps;
    this.#elsewhere = elsewhere;
    this.#state = state;
    this.#result = result;
    // What was under way when the connection came back may still fail: then it is tried again at once.
    addEventListener("online", () => Promise.resolve(this.#running).then(() => this.flush()));
    addEventListener("pagehide", () => this.flush(true));
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  #waiting() {
    return of(this.#subject).filter(unsent);
  }

  get pending() {
    return this.#waiting().filter((entry) => entry.part !== SEND).map(told);
  }

  /* What the server would not take, with its words (`refused`). */
  get refused() {
    return of(this.#subject).filter((entry) => entry.refused).map(told);
  }

  /* What a page that the server made at `moment` (milliseconds, its clock) cannot show yet: it may be a copy that this
     device has kept. What the page must know by now is dropped. */
  restored(moment) {
    const sent = of(this.#subject).filter((entry) => entry.sent);
    const old = sent.filter((entry) => entry.sent < moment);
    if (old.length) keep([], old.map((entry) => entry.uuid));
    return of(this.#subject).filter((entry) => entry.part !== SEND).map(told);
  }

  /* Takes a change; one of the same part that was never sent gives way. `part` is the page's own name for it. */
  put(part, content, wait = 500) {
    const old = of(this.#subject).filter((entry) => entry.part === part && (!entry.tried || !unsent(entry)));
    const { device, sequence } = stamp(this.#subject, this.#owner);
    // A UUID of its own each time: another page may have sent the older content already.
    const entry = {
      format: FORMAT, uuid: uuid(), subject: this.#subject, sheet: this.#sheet, owner: this.#owner, url: this.#url,
      device, sequence, part, tried: false, content,
    };
    keep([entry], old.map((one) => one.uuid));
    this.#state("saving");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /* The sheet is to count as sent once everything has arrived. */
  send() {
    this.put(SEND, null, 0);
    return this.flush();
  }

  /* Sends what waits. Resolves to whether nothing waits any more. */
  flush(leaving = false) {
    clearTimeout(this.#timer);
    if (leaving) return this.#deliver(true);
    if (this.#running) return this.#running.then((done) => (done ? this.flush() : done));
    clearTimeout(this.#retry);
    if (!this.#waiting().length) return Promise.resolve(true);
    this.#state("saving");
    this.#running = alone(this.#subject, async () => {
      await refresh(this.#subject);
      return this.#deliver(false);
    }).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #deliver(leaving) {
    let most = BATCH;
    for (let queue; (queue = this.#inOrder()).length; ) {
      const batch = batchOf(queue, most);
      for (const entry of batch) entry.tried = true;
      let answer = await this.#post(batch, leaving);
      if ((answer?.unreadable || answer?.stumbled) && batch.length > 1) {
        // One of them must not keep the others back.
        most = 1;
        continue;
      }
      if (answer?.stumbled) this.#stumbled.set(batch[0].uuid, this.#times(batch[0]) + 1);
      if (answer?.unreadable && this.#keeps) {
        answer = { results: [{ uuid: batch[0].uuid, outcome: "refused", message: answer.message ?? "?" }] };
      }
      if (!answer?.results || !this.#settle(batch, answer)) return this.#later();
    }
    this.#state("saved");
    return true;
  }

  #times(entry) {
    return this.#stumbled.get(entry.uuid) ?? 0;
  }

  /* That the sheet counts as sent comes last of all. */
  #inOrder() {
    const place = (entry) => (entry.part === SEND ? Number.MAX_VALUE : this.#times(entry));
    return this.#waiting().sort((a, b) => place(a) - place(b));
  }

  /* Takes out what is answered; says whether anything was. */
  #settle(batch, { results, at }) {
    const outcomes = new Map(results.map((one) => [one.uuid, one]));
    const keeping = [], dropped = [];
    let left = 0;
    for (const entry of batch) {
      const { outcome, message } = outcomes.get(entry.uuid) ?? {};
      if (entry.part !== SEND && !DONE.has(outcome) && !BAD.has(outcome) && outcome !== GONE) continue;
      if (entry.part !== SEND) this.#result(told(entry), outcome, message);
      if (!entries.has(entry.uuid)) continue;
      if (this.#elsewhere && !this.#keeps && BAD.has(outcome)) {
        unheard.add(entry.uuid);
        left += 1;
      } else if (outcome === GONE) {
        dropped.push(entry.uuid);
        tellGone(message);
      } else if (this.#keeps && BAD.has(outcome)) keeping.push({ ...entry, refused: message || "?" });
      else if (this.#keeps && at && entry.part !== SEND) keeping.push({ ...entry, sent: at });
      else dropped.push(entry.uuid);
    }
    // Of what was taken the newest of each part is enough.
    const parts = new Set(keeping.map((entry) => entry.part));
    const older = of(this.#subject).filter((entry) => entry.sent && parts.has(entry.part)).map((entry) => entry.uuid);
    const newest = new Map(keeping.map((entry) => [entry.part, entry]));
    const superseded = keeping.filter((entry) => newest.get(entry.part) !== entry).map((entry) => entry.uuid);
    keep([...newest.values()], [...dropped, ...superseded, ...older]);
    return keeping.length + dropped.length + left > 0;
  }

  #later() {
    clearTimeout(this.#retry);
    if (!this.#needsCode) this.#retry = setTimeout(() => this.flush(), RETRY);
    return false;
  }

  #needsCode = false;

  async #post(batch, leaving) {
    const changes = batch.filter((entry) => entry.part !== SEND)
      .map(({ uuid, sequence, content }) => ({ uuid, sequence, ...content }));
    const [{ url, sheet, device }] = batch;
    this.#needsCode = false;
    try {
      const response = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        keepalive: leaving,
        signal: leaving ? undefined : AbortSignal.timeout?.(TIMEOUT),
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ sheet, device, changes, send: changes.length < batch.length }),
      });
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = json ? await response.json() : {};
      /* The page of some network that wants to be signed in to is no answer. */
      if (Array.isArray(answer.results)) return { results: answer.results, at: Date.parse(response.headers.get("Date")) };
      if (json && [400, 410, 413].includes(response.status)) return { unreadable: true, message: answer.message };
      /* Nothing was taken, and everything stays here. Signed out, or the walk not open, is for the person to mend; a
         server in trouble mends itself. */
      const barred = response.redirected || [401, 403].includes(response.status);
      this.#state(barred ? "away" : "unsent", answer.message);
      /* Somebody has to type a code first: asking again by the clock would change nothing. */
      this.#needsCode = Boolean(answer.code_needed);
      if (this.#needsCode) await letGo(this.#owner);
      return { stumbled: stumbles(response.status) };
    } catch {
      this.#state("unsent");
    }
    return undefined;
  }
}

/* Whether somebody typed here before the script had come. */
export function touched(row) {
  return [...row.querySelectorAll("input:not([type=hidden]), textarea, option")].some((one) =>
    one.matches("option") ? one.selected !== one.defaultSelected && one.parentElement.value !== ""
    : one.matches("[type=radio], [type=checkbox]") ? one.checked !== one.defaultChecked
    : one.value !== one.defaultValue);
}

/* Sends what other pages of the same person left behind in this browser. What somebody else left on a shared phone
   waits until that person is back: now it would be refused. */
export function sendLeftovers(except, owner = "") {
  const left = [...entries.values()].filter((entry) => unsent(entry) && entry.owner === owner && entry.subject !== except);
  for (const [subject, { url, sheet }] of new Map(left.map((entry) => [entry.subject, entry]))) {
    new Changes(subject, url, { owner, sheet, keeps: owner !== "", elsewhere: true }).flush();
  }
}
