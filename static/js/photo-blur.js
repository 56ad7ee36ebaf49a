/* Boxes over what is to be blurred, drawn with the mouse or a finger, moved by the arrow keys. What counts is the field:
   one box to a line, in percent of the picture; without this module it is filled in by hand. */
const SVG = "http://www.w3.org/2000/svg";
const page = document.querySelector("[data-blur]"), image = page.querySelector("img"), layer = page.querySelector("svg");
const field = document.getElementById("id_boxes");
document.querySelector("[data-drawing]").hidden = false;

const LEAST = 0.5, within = (value, low, high) => Math.min(high, Math.max(low, value));
const read = () =>
  field.value.split("\n").map((line) => line.replaceAll(",", ".").trim().split(/\s+/).map(Number))
    .filter((box) => box.length === 4 && box.every(Number.isFinite));
const write = (boxes) => {
  field.value = boxes.map((box) => box.map((part) => part.toFixed(1)).join(" ")).join("\n");
};
function draw(focused) {
  layer.replaceChildren(...read().map((box, index) => {
    const rect = document.createElementNS(SVG, "rect");
    ["x", "y", "width", "height"].forEach((name, part) => rect.setAttribute(name, `${box[part]}%`));
    rect.setAttribute("tabindex", "0");
    rect.setAttribute("role", "img");
    rect.setAttribute("aria-label", page.dataset.label.replace("{number}", index + 1));
    rect.dataset.index = index;
    return rect;
  }));
  layer.children[focused]?.focus();
}
const add = (box) => {
  const boxes = [...read(), box];
  write(boxes);
  draw(boxes.length - 1);
};

let start = null;
const at = (event) => {
  const box = image.getBoundingClientRect();
  const share = (value, from, size) => within(((value - from) / size) * 100, 0, 100);
  return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
};
const between = ([x, y], [otherX, otherY]) => [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)];
const draft = document.createElementNS(SVG, "rect");
page.addEventListener("pointerdown", (event) => {
  if (event.button || !event.isPrimary) return;
  event.preventDefault();
  page.setPointerCapture(event.pointerId);
  start = at(event);
});
page.addEventListener("pointermove", (event) => {
  if (!start) return;
  const box = between(start, at(event));
  ["x", "y", "width", "height"].forEach((name, part) => draft.setAttribute(name, `${box[part]}%`));
  layer.append(draft);
});
page.addEventListener("pointerup", (event) => {
  if (!start) return;
  const box = between(start, at(event));
  start = null;
  draft.remove();
  /* A tap is no box. */
  if (box[2] >= LEAST && box[3] >= LEAST) add(box);
});
page.addEventListener("pointercancel", () => {
  start = null;
  draft.remove();
});

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
layer.addEventListener("keydown", (event) => {
  const index = Number(event.target.dataset.index), boxes = read(), box = boxes[index], step = STEPS[event.key];
  if (!box || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    boxes.splice(index, 1);
    write(boxes);
    draw(Math.min(index, boxes.length - 1));
    if (!boxes.length) document.querySelector("[data-add]").focus();
    return;
  }
  if (!step) return;
  event.preventDefault();
  for (const axis of [0, 1]) {
    if (event.shiftKey) box[2 + axis] = within(box[2 + axis] + step[axis], 1, 100 - box[axis]);
    else box[axis] = within(box[axis] + step[axis], 0, 100 - box[2 + axis]);
  }
  write(boxes);
  draw(index);
});
document.querySelector("[data-add]").addEventListener("click", () => add([42.5, 42.5, 15, 15]));
document.querySelector("[data-undo]").addEventListener("click", () => {
  write(read().slice(0, -1));
  draw();
});
field.addEventListener("input", () => draw());
draw();
