/* The grid of the city's figures: Enter and arrows move between cells, a part of a spreadsheet can be pasted,
   rows and years are added without a round trip. Without this script the same buttons ask the server. */
const form = document.getElementById("context");
const table = form.querySelector("table");
const body = table.tBodies[0];
const toasts = document.getElementById("toasts");
const state = form.querySelector(".savestate");
let changed = state.dataset.state === "unsent";

for (const hint of form.querySelectorAll(".needs-script")) hint.hidden = false;

const controlIn = (cell) => cell?.querySelector("input:not([type=hidden]), select");
const place = (control) => {
  const cell = control.closest("td, th");
  return { row: cell.parentElement.rowIndex, column: cell.cellIndex };
};
const at = (row, column) => controlIn(table.rows[row]?.cells[column]);
const yearCells = () => [...table.tHead.rows[0].querySelectorAll(".year")];

function noteChange() {
  // Rows, years and what is pasted come without an event of their own; drafts.js listens for it.
  form.dispatchEvent(new Event("change"));
  if (changed) return;
  changed = true;
  state.dataset.state = "unsent";
  state.replaceChildren(document.getElementById("unsaved").content.cloneNode(true));
}

function go(control) {
  if (!control) return false;
  control.focus();
  control.select?.();
  return true;
}

/* Names that a screen reader hears follow what is typed in the first columns and in the head. */
function rename(row) {
  const name = controlIn(row.querySelector(".name")).value.trim();
  if (!name) return;
  for (const cell of row.cells) {
    if (cell.dataset.label) controlIn(cell).setAttribute("aria-label", `${name}, ${cell.dataset.label}`);
  }
}

function renameColumn(cell) {
  const year = controlIn(cell).value.trim();
  if (!year) return;
  for (const row of body.rows) row.cells[cell.cellIndex].dataset.label = year;
  for (const row of body.rows) rename(row);
}

/* Empty again, with other numbers in its names. */
function cleared(element, pattern, replacement) {
  const fresh = element.cloneNode(true);
  for (const one of [fresh, ...fresh.querySelectorAll("*")]) {
    for (const attribute of ["id", "name", "for"]) {
      const value = one.getAttribute(attribute);
      if (value) one.setAttribute(attribute, value.replace(pattern, replacement));
    }
    for (const attribute of ["aria-invalid", "aria-describedby"]) one.removeAttribute(attribute);
    one.classList.remove("is-invalid", "field-bad");
    if (one.matches("input")) one.value = "";
    if (one.matches("select")) one.selectedIndex = 0;
  }
  for (const error of fresh.querySelectorAll("[id$=_error]")) error.remove();
  return fresh;
}

function addRow() {
  if (body.rows.length >= Number(form.dataset.maxRows)) return null;
  const last = body.rows[body.rows.length - 1];
  const index = Math.max(...[...body.querySelectorAll("[name=remove]")].map((button) => Number(button.value))) + 1;
  const row = cleared(last, /^row-\d+-/, `row-${index}-`);
  row.querySelector("[name=remove]").value = index;
  for (const cell of row.cells) {
    if (cell.dataset.label) controlIn(cell).setAttribute("aria-label", `${index + 1}, ${cell.dataset.label}`);
  }
  body.append(row);
  noteChange();
  return row;
}

function addYear() {
  const heads = yearCells();
  if (heads.length >= Number(form.dataset.maxYears)) return null;
  const last = heads[heads.length - 1];
  const years = heads.map((cell) => Number(controlIn(cell).value)).filter(Boolean);
  const head = cleared(last, /-\d+$/, `-${heads.length}`);
  controlIn(head).value = years.length ? Math.max(...years) + 1 : "";
  const place = last.cellIndex;
  for (const row of body.rows) row.cells[place].after(cleared(row.cells[place], /-\d+$/, `-${heads.length}`));
  last.after(head);
  renameColumn(head);
  noteChange();
  return head;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const added = { "add-row": addRow, "add-year": addYear }[button?.name];
  const fresh = added?.();
  if (!fresh) return;
  event.preventDefault();
  go(controlIn(fresh.querySelector(".name")) ?? controlIn(fresh));
});

table.addEventListener("keydown", (event) => {
  const control = event.target;
  if (!control.matches("input, select") || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const { row, column } = place(control);
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  let target = null;
  if (event.key === "Enter") {
    event.preventDefault();
    target = at(row + (event.shiftKey ? -1 : 1), column);
    if (!target && !event.shiftKey && addRow()) target = at(row + 1, column);
  } else if (control.matches("select") || event.shiftKey) {
    return; // a list keeps its own keys
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    target = at(row + (event.key === "ArrowDown" ? 1 : -1), column);
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const ahead = event.key === forward;
    const edge = ahead ? control.value.length : 0;
    const whole = control.selectionStart === 0 && control.selectionEnd === control.value.length;
    if (!whole && (control.selectionStart !== edge || control.selectionEnd !== edge)) return;
    target = at(row, column + (ahead ? 1 : -1));
  }
  if (go(target)) event.preventDefault();
});

table.addEventListener("input", (event) => {
  noteChange();
  const cell = event.target.closest("td, th");
  if (cell.matches(".name")) rename(cell.parentElement);
  if (cell.matches(".year")) renameColumn(cell);
});

/* A list takes the entry that is called as the text says. */
function put(control, text) {
  if (control.matches("select")) {
    const option = [...control.options].find((one) => one.text.toLowerCase() === text.toLowerCase());
    if (option) control.value = option.value;
  } else control.value = text;
}

table.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  const start = place(event.target);
  const before = [];
  text.split("\n").forEach((line, down) => {
    if (!table.rows[start.row + down]) addRow();
    line.split("\t").forEach((value, right) => {
      const control = at(start.row + down, start.column + right);
      if (!control) return;
      before.push([control, control.value]);
      put(control, value.trim());
    });
  });
  for (const cell of yearCells()) renameColumn(cell);
  for (const row of body.rows) rename(row);
  noteChange();
  offerUndo(before);
});

function offerUndo(before) {
  const line = document.createElement("div");
  line.className = "toast-line";
  const words = document.createElement("span");
  words.textContent = `${toasts.dataset.pasted} ${before.length}`;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn btn-quiet btn-sm";
  undo.textContent = toasts.dataset.undo;
  undo.addEventListener("click", () => {
    for (const [control, value] of before.reverse()) control.value = value;
    noteChange();
    before[before.length - 1][0].focus();
    toasts.replaceChildren();
  });
  line.append(words, undo);
  toasts.replaceChildren(line);
}

form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
