/* The live note screen. Every note is kept in the browser until the server has it (changes.js), so a lost connection of
   any length costs nothing. Without this module the page shows one question at a time with an ordinary form. */
import { Changes, sendLeftovers, uuid } from "./changes.js";
import { length, readLine, split } from "./note-text.js";
import { tallies } from "./session-tally.js";

const POLL = 10_000;
/* Whoever left the laptop is signed out half an hour after the last key; then asking ends, too. */
const AWAKE = 30 * 60_000;
const page = document.getElementById("session-page"), words = page.dataset, limit = Number(words.limit);
const line = document.getElementById("line"), text = line.elements.text, list = document.getElementById("notes");
const status = document.getElementById("save"), unsent = document.getElementById("unsent"), now = document.getElementById("now");
const gone = document.getElementById("gone");
const sections = [...page.querySelectorAll("[data-question]")], links = [...page.querySelectorAll("[data-go]")];
const seats = [...line.querySelectorAll("[name=seat]")].filter((radio) => radio.value);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const template = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
/* The audit's clock, as on every other page; the laptop may be set to another one. */
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone });
const at = (row, part) => row.querySelector(`[data-${part}]`);

/* What is typed and not kept yet, and what the server refused: in this browser until it is settled. */
const KEY = `integra:session:${words.group}`;
const open = { line: null, edits: {}, refused: {} };
try {
  Object.assign(open, JSON.parse(localStorage.getItem(KEY)));
} catch { /* there is no storage */ }
function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify(open));
  } catch { /* the page itself has to do */ }
}

const notes = new Map(), rows = new Map();
let current = sections.find((section) => !section.hidden).dataset.question;
let away = false, generation = 0;
/* After closing nothing counts by itself: by note the question of what waits to be let in. */
let closed = false, late = {};

const changes = new Changes(words.group, words.sync, {
  state(state, message) {
    away = state === "unsent" || state === "away";
    if (state === "saved" && Object.keys(open.refused).length) state = "error";
    status.dataset.state = state === "away" ? "unsent" : state;
    const time = clock.format(new Date());
    status.querySelector("span").textContent = message || fill(status.dataset[state], { time });
    draw();
    if (state === "saved") poll();
  },
  result(change, outcome, message) {
    generation += 1;
    const [kind, id] = change.part.split(":"), note = notes.get(id);
    if (kind === "tally") tally.said(change, outcome, message);
    if (outcome === "gone") {
      drop(id);
      gone.hidden = false;
      gone.textContent = message;
    }
    if (kind !== "note" || outcome === "gone" || !note) return;
    note.problem = message;
    note.late = outcome === "late";
    if (outcome === "saved") note.seen = change.uuid;
    if (outcome === "refused" || outcome === "conflict") open.refused[id] = { ...fieldsOf(note), problem: message };
    else delete open.refused[id];
    remember();
  },
});
/* Of what was taken back nothing stays in this browser. */
function drop(id) {
  notes.delete(id);
  delete open.refused[id];
  delete open.edits[id];
  remember();
}
const pending = (id) => changes.pending.some((change) => change.part === `note:${id}`);

const FIELDS = ["note", "question", "seat", "speaker", "text", "hot", "noted_at", "removed", "seen"];
const fieldsOf = (note) => Object.fromEntries(FIELDS.map((name) => [name, note[name]]));
function keep(note) {
  generation += 1;
  notes.set(note.note, { ...note, problem: "", late: closed });
  delete open.refused[note.note];
  delete open.edits[note.note];
  remember();
  changes.put(`note:${note.note}`, { kind: "note", ...fieldsOf(note) }, 0);
  draw();
}
/* A long text becomes several notes of one speaker, one after the other. */
function keepAll(note, parts) {
  const begins = new Date(note.noted_at).getTime();
  parts.forEach((part, index) => {
    const own = index ? { note: uuid(), seen: null, noted_at: new Date(begins + index).toISOString() } : {};
    keep({ ...note, ...own, text: part });
  });
}

/* Drawing: one row for each note of the question; a row in which somebody is typing stays. */
const speakerOf = (note) => {
  const seat = seats.find((radio) => radio.value === note.seat);
  const option = [...line.elements.speaker.options].find((one) => one.value && one.value === note.speaker);
  return seat ? seat.parentElement.textContent.trim() : (option?.textContent ?? "");
};
function build(note) {
  if (note.note in open.edits) return editing(note);
  if (note.removed) {
    const row = template("removed-template");
    at(row, "text").textContent = note.text.slice(0, 80);
    return row;
  }
  const row = template("note-template"), time = row.querySelector("time"), speaker = speakerOf(note);
  time.dateTime = note.noted_at;
  time.textContent = clock.format(new Date(note.noted_at));
  at(row, "speaker").textContent = speaker;
  at(row, "speaker").hidden = !speaker;
  at(row, "hot").hidden = !note.hot;
  at(row, "text").textContent = note.text;
  const by = note.by && note.by !== words.me ? fill(words.by, { name: note.by }) : "";
  const changedBy = note.changed_by && note.changed_by !== words.me ? fill(words.changedBy, { name: note.changed_by }) : "";
  at(row, "by").textContent = [by, changedBy].filter(Boolean).join(", ");
  at(row, "unsent").hidden = !(away && pending(note.note));
  at(row, "late").hidden = !note.late;
  if (note.seen) Object.assign(at(row, "history"), { href: `${location.pathname}${note.note}/`, hidden: false });
  row.querySelector("[data-act=hot]").setAttribute("aria-pressed", note.hot);
  complain(row, note.problem);
  return row;
}
function complain(row, problem) {
  at(row, "problem").hidden = !problem;
  at(row, "problem").querySelector("span").textContent = problem ?? "";
}
function editing(note) {
  const row = template("edit-template"), form = row.querySelector("form"), draft = open.edits[note.note];
  for (const name of ["text", "who"]) {
    const field = form.elements[name];
    field.id = `${name}-${note.note}`;
    row.querySelector(`[data-label=${name}]`).htmlFor = field.id;
    field.value = draft[name];
  }
  const written = () => {
    const [kind, value] = form.elements.who.value.split(":");
    return { ...notes.get(note.note), text: form.elements.text.value.trim(), seat: kind === "seat" ? value : null, speaker: kind === "group" ? value : "" };
  };
  form.addEventListener("input", () => {
    Object.assign(draft, { text: form.elements.text.value, who: form.elements.who.value });
    remember();
  });
  const done = (parts) => {
    parts ? keepAll(written(), parts) : keep(written());
    rows.get(note.note)?.querySelector("[data-act=edit]")?.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (fits(row, written().text, done)) done();
  });
  complain(row, note.problem);
  return row;
}
/* Whether a text can be one note; else says why beside it, and offers to split it. */
function fits(row, typed, onSplit) {
  const count = length(typed), tooLong = count > limit, button = at(row, "split");
  complain(row, !typed ? words.empty : tooLong ? fill(words.long, { limit, count }) : "");
  button.hidden = !tooLong;
  if (tooLong) {
    const parts = split(typed, limit);
    button.textContent = fill(words.split, { count: parts.length });
    button.onclick = () => onSplit(parts);
  }
  return Boolean(typed) && !tooLong;
}
function warn(row, note) {
  const draft = open.edits[note.note], changed = draft.base !== note.text;
  at(row, "changed").hidden = !changed;
  const name = note.changed_by || note.by;
  at(row, "changed").textContent = changed ? fill(words.changed, { name, text: note.text }) : "";
}
function draw() {
  const shown = [...notes.values()].filter((note) => note.question === current);
  shown.sort((one, other) => new Date(one.noted_at) - new Date(other.noted_at));
  for (const [id, row] of rows) {
    if (shown.some((note) => note.note === id)) continue;
    row.remove();
    rows.delete(id);
  }
  shown.forEach((note, index) => {
    const edited = note.note in open.edits;
    const looks = edited ? "edit" : JSON.stringify([note, away && pending(note.note)]);
    let row = rows.get(note.note);
    if (row?.dataset.looks !== looks) {
      const act = row?.contains(document.activeElement) && document.activeElement.dataset.act;
      const fresh = Object.assign(build(note), { note: note.note });
      fresh.dataset.looks = looks;
      row?.replaceWith(fresh);
      rows.set(note.note, (row = fresh));
      if (act) (row.querySelector(`[data-act=${act}]`) ?? row.querySelector("[data-act]"))?.focus();
    }
    if (edited) warn(row, note);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  document.getElementById("no-notes").hidden = shown.length > 0;
  const own = [...notes.values()].filter((note) => !note.removed);
  const waits = new Map([...Object.entries(late), ...own.filter((note) => note.late).map((note) => [note.note, note.question])]);
  for (const link of links) {
    at(link, "count").textContent = own.filter((note) => note.question === link.dataset.go && (note.stands || !note.late)).length;
    const count = [...waits.values()].filter((question) => question === link.dataset.go).length;
    at(link, "late-count").hidden = !count;
    at(link, "late-count").textContent = fill(words.late, { count });
  }
  const waiting = away ? changes.pending.length : 0;
  unsent.hidden = !waiting;
  unsent.textContent = fill(words.unsent, { count: waiting });
}

list.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act, note = notes.get(event.target.closest("li")?.note);
  if (!act || !note) return;
  if (act === "hot") keep({ ...note, hot: !note.hot });
  /* What the server never took is in this browser alone. */
  if (act === "remove" && open.refused[note.note] && !note.stands) {
    drop(note.note);
    draw();
  } else if (act === "remove" || act === "restore") keep({ ...note, removed: act === "remove" });
  if (act === "edit") {
    const who = note.seat ? `seat:${note.seat}` : note.speaker ? `group:${note.speaker}` : "";
    open.edits[note.note] = { text: note.text, who, base: note.text };
    draw();
    rows.get(note.note).querySelector("textarea").focus();
  }
  if (act === "cancel") {
    delete open.edits[note.note];
    draw();
    rows.get(note.note).querySelector("[data-act=edit]").focus();
  }
  remember();
});

/* The line: Enter keeps it; whoever spoke is said anew for each note, so that nothing is put into a wrong mouth. */
function clear() {
  line.reset();
  for (const radio of line.querySelectorAll("[name=seat]")) radio.checked = !radio.value;
  text.value = line.elements.speaker.value = "";
  line.elements.hot.checked = false;
  open.line = null;
  remember();
}
function keepLine(parts) {
  const said = readLine(text.value);
  const seat = said.seat === undefined ? seats.find((radio) => radio.checked) : seats.find((radio) => Number(radio.dataset.number) === said.seat);
  const note = {
    note: uuid(), question: current, seat: seat?.value ?? null, speaker: seat ? seat.dataset.group : line.elements.speaker.value,
    text: said.text, hot: said.hot || line.elements.hot.checked, noted_at: new Date().toISOString(), removed: false,
    by: words.me, seen: null,
  };
  if (said.seat !== undefined && !seat) return complain(line, fill(words.noSeat, { seat: said.seat }));
  if (!parts && !fits(line, said.text, keepLine)) return undefined;
  keepAll(note, parts ?? [said.text]);
  clear();
  at(line, "split").hidden = true;
  complain(line, "");
  now.textContent = closed ? words.keptLate : words.kept;
  text.focus();
  return undefined;
}
line.addEventListener("submit", (event) => {
  event.preventDefault();
  keepLine();
});
page.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.target.matches("textarea")) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === "Escape") event.target.form.querySelector("[data-act=cancel]")?.click();
});
line.addEventListener("change", (event) => {
  if (event.target.name === "seat" && event.target.value) line.elements.speaker.value = "";
  if (event.target.name === "speaker" && event.target.value) for (const radio of line.querySelectorAll("[name=seat]")) radio.checked = !radio.value;
});
/* By mouse or finger the cursor goes back to the line; the arrow keys walk on through the seats. */
line.addEventListener("click", (event) => event.detail && event.target.name === "seat" && text.focus());
line.addEventListener("input", () => {
  open.line = { text: text.value, seat: seats.find((radio) => radio.checked)?.value ?? "", speaker: line.elements.speaker.value, hot: line.elements.hot.checked };
  remember();
});

/* Going from question to question. */
function go(question) {
  current = question;
  for (const section of sections) section.hidden = section.dataset.question !== question;
  for (const link of links) link.dataset.go === question ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  history.replaceState(null, "", `?question=${question}`);
  line.action = location.href;
  const section = sections.find((one) => !one.hidden), index = sections.indexOf(section);
  document.getElementById("general-hints").hidden = Boolean(at(section, "hints"));
  now.textContent = fill(words.now, { number: section.dataset.number, total: sections.length, text: section.querySelector("h2").textContent });
  for (const button of page.querySelectorAll("[data-turn]")) button.disabled = !sections[index + Number(button.dataset.turn)];
  draw();
}
const turn = (step) => {
  const next = sections[sections.findIndex((section) => !section.hidden) + step];
  if (next) go(next.dataset.question);
};
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]"), button = event.target.closest("[data-turn]");
  if (button) turn(Number(button.dataset.turn));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.dataset.go);
  text.focus();
});
const pageKeys = document.getElementById("page-keys"), KEYS = "integra:page-keys";
try {
  pageKeys.checked = localStorage.getItem(KEYS) !== "off";
} catch { /* on, then */ }
pageKeys.addEventListener("change", () => {
  try {
    localStorage.setItem(KEYS, pageKeys.checked ? "on" : "off");
  } catch { /* for this page only */ }
});
document.addEventListener("keydown", (event) => {
  const step = { PageDown: 1, PageUp: -1 }[event.key];
  if (!step || !pageKeys.checked || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  turn(step);
});

/* What others have written meanwhile. What waits here still is newer, and an answer that it overtook is left out. */
const tally = tallies(changes, words, () => (generation += 1));
function apply(data) {
  [closed, late] = [data.state === "closed", data.late];
  /* What was late and waits no more is let in, or left out. */
  for (const note of notes.values()) if (note.late && !pending(note.note) && !(note.note in late)) note.late = false;
  const known = new Set(data.notes.map((note) => note.note));
  for (const id of notes.keys()) if (!known.has(id) && !pending(id) && !notes.get(id).late && !open.refused[id]) drop(id);
  for (const note of data.notes) {
    if (pending(note.note) || open.refused[note.note]) continue;
    const own = notes.get(note.note);
    /* What was kept as late stays in sight until it is let in. */
    if (own?.late && ["text", "hot", "removed"].some((name) => own[name] !== note[name])) continue;
    notes.set(note.note, { ...note, stands: true, problem: own?.late ? "" : own?.problem });
  }
  tally.show(data.tallies);
  draw();
}
let etag = "", active = Date.now(), told = active;
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => (active = Date.now()), { passive: true });
async function poll() {
  if (document.hidden || !navigator.onLine || Date.now() - active > AWAKE) return;
  const asked = generation;
  /* Asking by the clock does not keep the person signed in; what they type does, before it is a note. */
  const url = active > told ? words.sync : `${words.sync}?by=clock`;
  told = active;
  try {
    const response = await fetch(url, { credentials: "same-origin", cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
    const json = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!response.ok || !json || asked !== generation) return;
    const data = await response.json();
    if (asked !== generation) return;
    etag = response.headers.get("ETag");
    apply(data);
  } catch { /* the next time, then */ }
}
setInterval(poll, POLL);

/* Without a connection this page cannot be opened again: who left it by mistake would have nowhere to write. */
addEventListener("beforeunload", (event) => {
  if (away) event.preventDefault();
});

/* Beginning: what the server has, over it what this browser has not sent or settled yet. */
list.replaceChildren();
for (const part of ["steps", "status", "line-help"]) document.getElementById(part).hidden = false;
if (matchMedia("(max-width: 1023px)").matches) page.querySelector(".session-list").open = false;
const begun = JSON.parse(document.getElementById("session-data").textContent);
[closed, late] = [begun.state === "closed", begun.late];
for (const note of begun.notes) notes.set(note.note, { ...note, stands: true });
for (const change of changes.pending) if (change.kind === "note") notes.set(change.note, { by: words.me, ...notes.get(change.note), ...fieldsOf(change) });
for (const [id, note] of Object.entries(open.refused)) notes.set(id, { by: words.me, ...note });
for (const id of Object.keys(open.edits)) if (!notes.has(id)) delete open.edits[id];
if (open.line && !text.value) {
  text.value = open.line.text;
  line.elements.speaker.value = open.line.speaker;
  line.elements.hot.checked = open.line.hot;
  for (const radio of line.querySelectorAll("[name=seat]")) radio.checked = radio.value === open.line.seat;
}
tally.start();
go(current);
now.textContent = "";
/* Whoever has begun before this script had come keeps the place; so does the summary of errors. */
if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body) text.focus({ preventScroll: true });
if (changes.pending.length) changes.flush();
sendLeftovers(words.group);
