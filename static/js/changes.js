/* Keeps what is typed until the server has it, and sends it: soon after the last key, on opening the page, when the
   connection comes back, and from time to time. Each change has a UUID and a sequence of its own, so that sending
   twice does no harm. In the browser's storage stands nothing but what is not sent yet. */
import { csrfToken } from "./csrf.js";

const PREFIX = "integra:changes:";
const BATCH = 100;
/* As many characters fit into one delivery, whatever their script: the server takes half a megabyte. */
const CHARACTERS = 150_000;
const RETRY = 15_000;
const DONE = new Set(["saved", "repeat", "superseded", "late", "conflict", "refused"]);

/* Storage may be refused (private windows) or full; then the page itself has to do. What stands in `memory` is newer
   than what the storage still holds under the same key. */
const memory = new Map();
function load(key) {
  if (memory.has(key)) return structuredClone(memory.get(key));
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}
function store(key, record) {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    memory.delete(key);
  } catch {
    memory.set(key, structuredClone(record));
  }
}
function keys() {
  const found = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) found.add(key);
  } catch { /* there is no storage */ }
  return [...found];
}

/* crypto.randomUUID exists on https and localhost only. */
export function uuid() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* The first of a queue, as many as one delivery takes; at least one. */
function batchOf(queue) {
  let room = CHARACTERS;
  return queue.slice(0, BATCH).filter((change, index) => (room -= JSON.stringify(change).length) >= 0 || index === 0);
}

export class Changes {
  #key;
  #subject;
  #url;
  #owner;
  #state;
  #result;
  #timer;
  #retry;
  #running;

  /* `subject` names the sheet, `owner` the participant who fills it in (nobody on the team's pages).
     `state(name, message)` hears saved, saving, unsent, away or error; `result(change, outcome, message)` each answer. */
  constructor(subject, url, { owner = "", state = () => {}, result = () => {} } = {}) {
    this.#key = PREFIX + subject;
    this.#subject = subject;
    this.#url = url;
    this.#owner = owner;
    this.#state = state;
    this.#result = result;
    // What was under way when the connection came back may still fail: then it is tried again at once.
    addEventListener("online", () => Promise.resolve(this.#running).then(() => this.flush()));
    addEventListener("pagehide", () => this.flush(true));
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  #record() {
    return load(this.#key) ?? { url: this.#url, owner: this.#owner, device: uuid(), sequence: 0, queue: [], send: false };
  }

  get pending() {
    return this.#record().queue;
  }

  /* Takes a change; one of the same part that was never sent gives way. `part` is the page's own name for it. */
  put(part, content, wait = 500) {
    const record = this.#record();
    const sequence = ++record.sequence;
    const waiting = record.queue.find((change) => change.part === part && !change.tried);
    // A UUID of its own each time: another page may have sent the older content from the storage already.
    if (waiting) Object.assign(waiting, content, { uuid: uuid(), sequence });
    else record.queue.push({ uuid: uuid(), sequence, part, tried: false, ...content });
    store(this.#key, record);
    this.#state("saving");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /* The sheet is to count as sent once everything has arrived. */
  send() {
    store(this.#key, { ...this.#record(), send: true });
    return this.flush();
  }

  /* Sends what waits. Resolves to whether nothing waits any more. */
  flush(leaving = false) {
    clearTimeout(this.#timer);
    if (this.#running && !leaving) return this.#running.then((done) => (done ? this.flush() : done));
    this.#running = this.#deliver(leaving).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #deliver(leaving) {
    clearTimeout(this.#retry);
    let record = this.#record();
    if (!record.queue.length && !record.send) return true;
    this.#state("saving");
    while (record.queue.length || record.send) {
      const batch = batchOf(record.queue);
      for (const change of batch) change.tried = true;
      store(this.#key, record);
      const last = record.send && batch.length === record.queue.length;
      const answer = await this.#post(record, batch, last, leaving);
      if (!answer) return false;
      record = this.#record();
      const outcomes = new Map(answer.results.map((one) => [one.uuid, one]));
      for (const change of batch) {
        const one = outcomes.get(change.uuid);
        if (one && DONE.has(one.outcome)) this.#result(change, one.outcome, one.message);
      }
      record.queue = record.queue.filter((change) => !DONE.has(outcomes.get(change.uuid)?.outcome));
      if (last) record.send = false;
      store(this.#key, record);
    }
    this.#state("saved");
    return true;
  }

  async #post(record, batch, send, leaving) {
    const changes = batch.map(({ part, tried, ...change }) => change);
    try {
      const response = await fetch(record.url, {
        method: "POST",
        credentials: "same-origin",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ sheet: this.#subject, device: record.device, changes, send }),
      });
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = json ? await response.json() : {};
      if (answer.results) return answer;
      /* Nothing was taken: signed out, the walk not open, the server in trouble. Everything stays here. */
      this.#state("away", answer.message);
      /* Somebody has to type a code first: asking again by the clock would change nothing. */
      if (answer.code_needed) return undefined;
    } catch {
      this.#state("unsent");
    }
    this.#retry = setTimeout(() => this.flush(), RETRY);
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

const ownedBy = (owner) => keys().filter((key) => load(key)?.queue && (load(key).owner ?? "") === owner);

/* Sends what other pages of the same person left behind in this browser. What somebody else left on a shared phone
   waits until that person is back: now it would be refused. */
export function sendLeftovers(except, owner = "") {
  for (const key of ownedBy(owner)) {
    const subject = key.slice(PREFIX.length), record = load(key);
    if (subject !== except && (record.queue.length || record.send)) new Changes(subject, record.url, { owner }).flush();
  }
}

/* What a participant's pages keep in this browser: how many changes wait, and forgetting all of it. */
export const waiting = (owner) => ownedBy(owner).reduce((sum, key) => sum + load(key).queue.length, 0);
export function forget(owner) {
  for (const key of ownedBy(owner)) {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch { /* there was no storage */ }
  }
}
