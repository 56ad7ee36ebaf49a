/* Typing in paper sheets with the keyboard. Without this module the page is an ordinary form with radio buttons. */
import { Changes, sendLeftovers, touched } from "./changes.js";

const form = document.getElementById("sheet"), save = document.getElementById("save");
const say = document.getElementById("say"), tally = document.getElementById("tally"), next = document.getElementById("next");
const rows = [...form.querySelectorAll(".entry")], heads = [...form.querySelectorAll("[data-head]")];
const person = form.querySelector("[data-person]");
const words = form.dataset;
const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
const chosen = (row) => radios(row).find((radio) => radio.checked);
const field = (row, start) => row.querySelector(`[name^="${start}-"]`);

/* Moving: lines and the heads of places that are folded away are stops, from top to bottom. */
const stops = [...form.querySelectorAll(".entry, [data-entry-stop]")];
const reachable = (stop) => {
  const place = stop.closest("details");
  return stop.matches("summary") ? !place.open : !place || place.open;
};
function go(from, step) {
  let index = from + step;
  while (stops[index] && !reachable(stops[index])) index += step;
  if (index < 0) return;
  const stop = stops[index];
  if (!stop) {
    next.focus();
    say.textContent = words.last;
    return;
  }
  (stop.matches("summary") ? stop : chosen(stop) ?? (stop.hasAttribute("data-locked") ? field(stop, "comment") : radios(stop)[0])).focus({ preventScroll: true });
  if (chosen(stop)?.disabled) field(stop, "comment").focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}

/* What is on the page, as a change says it. */
function nameOf(row) {
  if (row === person) return "person";
  return row.matches("[data-head]") ? `place@${row.dataset.place}` : `${row.dataset.item}@${row.dataset.place ?? ""}`;
}
const rowOf = (part) => [person, ...heads, ...rows].find((row) => nameOf(row) === part);
function read(row) {
  if (row === person) {
    const of = (name) => form.elements[name];
    return {
      kind: "person", group: of("group").value, gender: of("gender").value, age_band: of("age_band").value,
      takes_part: of("takes_part").checked, quotation: of("quotation").checked, guardian: of("guardian").checked,
    };
  }
  if (row.matches("[data-head]")) {
    const value = (start) => field(row, start).value;
    return { kind: "place", place: row.dataset.place, location: value("location"), date: value("date"), time: value("time") };
  }
  const answer = chosen(row)?.value ?? "", score = /^[1-5]$/.test(answer);
  return {
    kind: "answer", item: row.dataset.item, place: row.dataset.place ?? null,
    value: score ? Number(answer) : null, missing: score ? "" : answer,
    comment: field(row, "comment").value, suggestion: field(row, "idea").value,
  };
}
function write(row, change) {
  if (row === person) {
    for (const name of ["group", "gender", "age_band"]) form.elements[name].value = change[name];
    for (const name of ["takes_part", "quotation", "guardian"]) form.elements[name].checked = change[name];
  } else if (row.matches("[data-head]")) {
    for (const start of ["location", "date", "time"]) field(row, start).value = change[start];
  } else {
    const answer = String(change.value ?? change.missing);
    if (change.missing) radios(row).at(-1).value = answer;
    for (const radio of radios(row)) radio.checked = answer !== "" && radio.value === answer;
    field(row, "comment").value = change.comment;
    field(row, "idea").value = change.suggestion;
  }
}

/* A place that was not visited has no answer, while another one has. */
function skipped(row) {
  const place = row.closest("details");
  return Boolean(place) && ![...place.querySelectorAll(".entry")].some(chosen) && Boolean(form.querySelector(".entry-place input:checked"));
}

/* Saying how far it is. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
function count() {
  const done = new Set(rows.filter(chosen).map((row) => row.dataset.item)).size, state = document.querySelector("#sheet-now .state");
  if (state) {
    const complete = done === Number(words.statements) && form.elements.takes_part?.checked;
    state.classList.toggle("state-done", complete);
    state.replaceChildren(...(complete ? [document.getElementById("complete").content.cloneNode(true)] : []), String(done));
  }
  tally.textContent = fill(words.tally, { done, total: words.statements });
  for (const place of form.querySelectorAll(".entry-place")) {
    const inside = [...place.querySelectorAll(".entry")];
    place.querySelector("[data-place-count]").textContent = `${inside.filter(chosen).length} / ${inside.length}`;
  }
}
function mirror(row) {
  const cell = document.querySelector(`[data-cell="${row.dataset.name}"]`);
  if (!cell) return;
  const answer = chosen(row)?.value ?? "", score = /^[1-5]$/.test(answer);
  cell.className = score ? `v${answer}` : "";
  cell.textContent = score ? answer : answer && "–";
}
function problem(row, message) {
  const place = row.querySelector("[data-problem]");
  place.hidden = !message;
  place.querySelector("span").textContent = message;
  row.classList.toggle("field-bad", Boolean(message));
}

const changes = new Changes(words.sheet, words.changes, {
  state(state, message) {
    if (state === "saved" && form.querySelector(".field-bad")) state = "error";
    save.dataset.state = state === "away" ? "unsent" : state === "saved" && "late" in save.dataset ? "late" : state;
    const time = new Date().toTimeString().slice(0, 5);
    save.querySelector("span").textContent = message || fill(save.dataset[state], { time });
  },
  result(change, outcome, message) {
    const row = rowOf(change.part);
    if (row) problem(row, outcome === "refused" || outcome === "conflict" ? message : "");
  },
});
function put(row, wait) {
  problem(row, "");
  changes.put(nameOf(row), read(row), wait);
  if (row.matches(".entry")) mirror(row);
  count();
}
function set(row, choose) {
  for (const radio of radios(row)) radio.checked = choose(radio);
  put(row);
}

/* Nothing on the paper, or its last box: both are no score, and which of the two is kept. */
function none(row, why) {
  radios(row).at(-1).value = why;
  set(row, (radio) => radio.value === why);
  go(stops.indexOf(row), 1);
}

form.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    next.click();
    return;
  }
  if (event.target === next && event.key === "ArrowUp") {
    event.preventDefault();
    go(stops.length, -1);
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const stop = event.target.closest(".entry, [data-entry-stop]");
  if (!stop || (stop.matches("summary") && event.target !== stop)) return;
  const index = stops.indexOf(stop), typed = event.target.matches("textarea");
  if (typed) {
    if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
      event.preventDefault();
      // Who comments first still has the score of this line before them.
      const open = !chosen(stop) && !stop.hasAttribute("data-locked") && event.target === field(stop, "comment");
      go(open ? index - 1 : index, 1);
    } else if (stop.hasAttribute("data-locked") && event.key.startsWith("Arrow")) {
      go(index, event.key === "ArrowUp" ? -1 : 1);
    }
    return;
  }
  const place = stop.matches("summary") && stop.closest("details");
  const row = place ? place.querySelector(".entry") : stop;
  const locked = row.hasAttribute("data-locked");
  const act = {
    ArrowDown: () => go(index, 1),
    ArrowUp: () => go(index, -1),
    Enter: () => (place ? open(place) : go(index, 1)),
    c: () => field(row, "comment").focus(),
    Backspace: () => { set(row, () => false); go(index, -1); },
    0: () => none(row, "empty"),
    "-": () => none(row, "dont_know"),
  };
  act.C = act.c;
  const key = event.key;
  if (/^Arrow(Left|Right)$/.test(key) && event.target.matches("[type=radio]")) {
    /* By themselves these keys would choose, and a score would be there that nobody gave: Space chooses. */
    const ahead = (key === "ArrowRight") === (document.documentElement.dir !== "rtl");
    radios(row)[radios(row).indexOf(event.target) + (ahead ? 1 : -1)]?.focus();
  } else if (/^[6-9]$/.test(key)) say.textContent = fill(words.scale, { key });
  else if (locked && /^([0-5-]|Backspace)$/.test(key)) say.textContent = words.locked;
  else if (/^[1-5]$/.test(key)) {
    say.textContent = "";
    if (place) place.open = true;
    set(row, (radio) => radio.value === key);
    go(stops.indexOf(row), 1);
  } else if (act[key] && !(place && /^[cC0-]$|Backspace/.test(key))) act[key]();
  else return;
  event.preventDefault();
});
function open(place) {
  place.open = true;
  go(stops.indexOf(place.querySelector("summary")), 1);
}

form.addEventListener("change", (event) => {
  const row = event.target.closest(".entry, [data-head], [data-person]");
  if (!row) return;
  if (event.target.name === "takes_part") document.getElementById("not-counted").hidden = event.target.checked;
  put(row);
});
form.addEventListener("input", (event) => {
  const row = event.target.closest(".entry, [data-head]");
  if (row && event.target.type !== "radio") put(row, 1000);
});

/* Said once: a paper without the tick is typed in all the same, and kept. */
let warned = false;

/* An unanswered line stops the next sheet until 0 says it is empty; a place that was not visited does not. */
function unanswered() {
  return rows.find((row) => !chosen(row) && !skipped(row));
}
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const row = unanswered();
  if (row) {
    say.textContent = fill(words.empty, { line: row.dataset.line });
    row.closest("details")?.setAttribute("open", "");
    go(stops.indexOf(row) - 1, 1);
    return;
  }
  if (form.querySelector(".field-bad")) return;
  const consent = form.elements.takes_part;
  if (consent && !consent.checked && rows.some(chosen) && !warned) {
    warned = true;
    say.textContent = words.consent;
    consent.focus();
    return;
  }
  if (await changes.flush()) document.getElementById("go-next").requestSubmit();
  else say.textContent = words.wait;
});

const early = [person, ...heads, ...rows].filter(touched);
for (const change of changes.pending) {
  const row = rowOf(change.part);
  if (!row || early.includes(row)) continue;
  write(row, change);
  if (row.matches(".entry")) mirror(row);
}
for (const row of early) put(row);
document.getElementById("plain-save").hidden = true;
count();
const list = document.querySelector(".sheet-list"), now = document.getElementById("sheet-now");
if (now) list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 2;
/* Whoever has begun before this script had come keeps the place. */
if (document.activeElement === document.body && !rows.some(chosen)) form.elements.group?.focus({ preventScroll: true });
if (changes.pending.length) changes.flush();
sendLeftovers(words.sheet);
