/* What is missing in the form for photos, all at once and as the server's form says it: a summary, and each sentence
   beside its field, until something is said there. */
import { tellLength, tooLong } from "./limits.js";

const summary = document.getElementById("photo-problem"), template = document.getElementById("photo-error");
const lines = summary?.querySelector("ul"), marks = new Map();

function clear(place) {
  for (const undo of marks.get(place) ?? []) undo();
  marks.delete(place);
  summary.hidden = !lines.children.length;
}
function describe(element, id) {
  const before = element.getAttribute("aria-describedby");
  element.setAttribute("aria-describedby", `${before ?? ""} ${id}`.trim());
  return () => (before ? element.setAttribute("aria-describedby", before) : element.removeAttribute("aria-describedby"));
}
/* Beside the field; what is too long says so itself (limits.js). */
function mark(field, text) {
  const place = field.closest(".field"), line = template.content.firstElementChild.cloneNode(true), id = `${field.id}-problem`;
  const heads = place.querySelectorAll(":scope > :is(legend, .form-label, .form-text)");
  line.id = id;
  line.querySelector("[data-text]").textContent = text;
  if (heads.length) [...heads].at(-1).after(line);
  else place.prepend(line);
  const controls = field.type === "radio" ? [...place.querySelectorAll("[type=radio]")] : [field];
  for (const control of controls) control.setAttribute("aria-invalid", "true");
  const undo = describe(field.type === "radio" ? place : field, id);
  return [undo, () => line.remove(), () => controls.forEach((control) => control.removeAttribute("aria-invalid"))];
}
function entry(field, text) {
  const line = document.createElement("li"), link = document.createElement("a"), [label] = field.labels;
  link.href = `#${field.id}`;
  link.textContent = tooLong(field) ? `${label.firstChild.textContent.trim()} – ${text}` : text;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(field);
  });
  line.append(link);
  return line;
}
function go(field) {
  const place = field.closest(".field");
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const target = field.type === "radio" ? place : field;
  if (target === place) place.tabIndex = -1;
  target.focus();
  (tooLong(field) ? field : place).scrollIntoView({ block: "nearest" });
}

/* Takes fields with their sentences; the first in the page gets the focus. With none, nothing is said any more. */
export function problems(found) {
  for (const place of [...marks.keys()]) clear(place);
  const inOrder = [...found].sort((a, b) => (a.field.compareDocumentPosition(b.field) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  for (const { field, text } of inOrder) {
    const place = field.closest(".field"), line = entry(field, text), undo = marks.get(place) ?? [];
    lines.append(line);
    undo.push(() => line.remove());
    if (tooLong(field)) tellLength(field);
    else undo.push(...mark(field, text));
    if (!place.classList.contains("field-bad")) undo.push(() => place.classList.remove("field-bad"));
    place.classList.add("field-bad");
    marks.set(place, undo);
  }
  summary.hidden = !lines.children.length;
  if (inOrder.length) go(inOrder[0].field);
}
document.addEventListener("input", ({ target }) => {
  const place = target.closest(".field");
  if (marks.has(place)) clear(place);
});
