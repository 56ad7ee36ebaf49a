/* A participant's sheet: part by part, kept on the phone at once, sent when there is a connection. Without this
   module the page is an ordinary form whose parts are shown by their address alone. */
import { Changes, sendLeftovers, touched } from "./changes.js";
import { sendPhotos } from "./photo-queue.js";
import "./limits.js";
import "./waiting.js";

const form = document.getElementById("sheet"), save = document.getElementById("save"), bar = document.getElementById("bar");
const parts = document.getElementById("parts"), receipt = document.getElementById("receipt");
const rows = [...form.querySelectorAll(".question")], heads = [...form.querySelectorAll(".place-head")];
const name = (row) => `${row.dataset.item ?? "place"}@${row.dataset.place ?? ""}`;

/* Parts and places --------------------------------------------------------- */
function show(hash) {
  const target = /^#(part|row)-[\d-]+$/.test(hash) && document.querySelector(hash);
  if (!target && parts.dataset.scripted) return;
  parts.dataset.scripted = "yes";
  const part = target ? target.closest(".sheet-part") : parts.firstElementChild;
  const place = (target && target.closest(".sheet-place")) || part.querySelector(".sheet-place");
  for (const one of parts.children) one.hidden = one !== part;
  for (const one of part.querySelectorAll(".sheet-place")) one.hidden = one !== place;
  mark(document.querySelectorAll(".parts a"), `#${part.id}`, "step");
  mark(part.querySelectorAll("nav a"), `#${place.id}`, "true");
  if (target) (target === part ? part.querySelector("h2") : target).focus({ preventScroll: true });
  if (target) target.scrollIntoView();
}
function mark(links, hash, value) {
  for (const link of links) {
    if (link.getAttribute("href") === hash) link.setAttribute("aria-current", value);
    else link.removeAttribute("aria-current");
  }
}
addEventListener("hashchange", () => show(location.hash));
show(location.hash);

/* Answers ------------------------------------------------------------------ */
const chosen = (row) => row.querySelector("input[type=radio]:checked");
const field = (row, start) => row.querySelector(`[name^="${start}-"]`);
function read(row) {
  if (row.matches(".place-head")) {
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
  if (change.kind === "place") {
    for (const start of ["location", "date", "time"]) field(row, start).value = change[start];
    return;
  }
  const answer = String(change.value ?? change.missing);
  for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = answer !== "" && radio.value === answer;
  field(row, "comment").value = change.comment;
  field(row, "idea").value = change.suggestion;
  if (change.comment || change.suggestion) row.querySelector("details").open = true;
}
function count() {
  const answered = rows.filter(chosen);
  bar.value = answered.length;
  document.getElementById("count").textContent = answered.length;
  for (const place of document.querySelectorAll("a:has([data-done])")) {
    const block = document.querySelector(place.getAttribute("href"));
    place.querySelector("[data-done]").textContent = answered.filter((row) => block.contains(row)).length;
  }
  for (const row of rows) row.querySelector("[data-take-back]").hidden = !chosen(row);
}
function problem(row, message) {
  const place = row.querySelector("[data-problem]");
  place.hidden = !message;
  place.querySelector("span").textContent = message;
  row.classList.toggle("field-bad", Boolean(message));
}

let refused = 0, late = false;
const changes = new Changes(form.dataset.sheet, form.dataset.changes, {
  owner: form.dataset.owner,
  keeps: true,
  state(state, message) {
    if (state === "saved" && refused) state = "error";
    else if (state === "saved" && late) state = "late";
    save.dataset.state = state === "away" ? "unsent" : state;
    save.querySelector("span").textContent = message || save.dataset[state];
    form.dataset.unsent = state === "unsent" || state === "away";
  },
  result(change, outcome, message) {
    const row = [...rows, ...heads].find((one) => name(one) === change.part);
    const bad = outcome === "refused" || outcome === "conflict";
    if (row) problem(row, bad ? message : "");
    if (bad) refused += 1;
    if (outcome === "late") late = true;
  },
});
function put(row, wait) {
  problem(row, "");
  refused = form.querySelectorAll(".field-bad").length;
  changes.put(name(row), read(row), wait);
  count();
}

const early = [...rows, ...heads].filter(touched);
/* Also what was sent since this page was made: it may be a copy that the phone has kept. */
for (const change of changes.restored(Number(form.dataset.rendered))) {
  const row = [...rows, ...heads].find((one) => name(one) === change.part);
  if (!row || early.includes(row)) continue;
  write(row, change);
  if (change.refused) problem(row, change.refused);
}
refused = form.querySelectorAll(".field-bad").length;
for (const row of early) put(row, 400);
form.addEventListener("input", (event) => {
  const row = event.target.closest(".question, .place-head");
  if (row) put(row, event.target.type === "radio" ? 400 : 1500);
});
form.addEventListener("change", (event) => {
  if (event.target.matches("textarea, .place-head input")) changes.flush();
});

/* A second tap on a chosen number takes the answer back; so does the button below it. */
form.addEventListener("pointerdown", (event) => {
  const radio = event.target.closest("label")?.querySelector("input[type=radio]");
  if (radio) radio.dataset.was = radio.checked;
});
form.addEventListener("click", (event) => {
  if (event.target.closest("[data-take-back]")) {
    const row = event.target.closest(".question");
    const radio = chosen(row);
    radio.checked = false;
    put(row, 400);
    radio.focus();
  } else if (event.target.matches("input[type=radio]")) {
    if (event.target.dataset.was === "true") {
      event.target.checked = false;
      put(event.target.closest(".question"), 400);
    }
    event.target.dataset.was = "false";
  }
});

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name !== "send") return;
  event.preventDefault();
  if (!(await changes.send()) || refused) return save.scrollIntoView();
  receipt.hidden = false;
  receipt.focus();
  receipt.scrollIntoView();
});

document.getElementById("plain-save").hidden = true;
document.getElementById("offline-help").hidden = false;
count();
changes.flush();
sendLeftovers(form.dataset.sheet, form.dataset.owner);
sendPhotos(form.dataset.owner);
