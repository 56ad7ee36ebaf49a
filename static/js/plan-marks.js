/* Marks a place on a plan by a click, a tap or the arrow keys. What counts are the two fields, in percent of the plan's
   width and height; without this module they are filled in by hand. */
const plan = document.querySelector("[data-plan]");
const cross = plan.querySelector("[data-cross]");
const fields = { x: document.getElementById("id_x"), y: document.getElementById("id_y") };

function draw() {
  const set = fields.x.value !== "" && fields.y.value !== "";
  cross.setAttribute("visibility", set ? "visible" : "hidden");
  if (!set) return;
  cross.setAttribute("x", `${fields.x.valueAsNumber}%`);
  cross.setAttribute("y", `${fields.y.valueAsNumber}%`);
}
function set(x, y) {
  const within = (percent) => Math.min(100, Math.max(0, percent)).toFixed(1);
  fields.x.value = within(x);
  fields.y.value = within(y);
  fields.y.dispatchEvent(new Event("input", { bubbles: true }));
  draw();
}

plan.tabIndex = 0;
plan.setAttribute("role", "application");
plan.setAttribute("aria-label", plan.dataset.label);
plan.setAttribute("aria-describedby", "plan-help");
plan.addEventListener("click", (event) => {
  const box = plan.querySelector("img").getBoundingClientRect();
  set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
});
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
plan.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const size = event.shiftKey ? 5 : 0.5;
  const at = (field) => (field.value === "" ? 50 : field.valueAsNumber);
  set(at(fields.x) + step[0] * size, at(fields.y) + step[1] * size);
});
for (const field of Object.values(fields)) field.addEventListener("input", draw);
draw();
