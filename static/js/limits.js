/* Says beside a field with a limit that it holds too many characters, while they are typed; nothing is cut off. */
const over = (field) => [...field.value].length > Number(field.dataset.limit);
export const tooLong = (field) => (over(field) ? field.dataset.tooLong.replace("{count}", [...field.value].length) : "");

const lines = new WeakMap();
let made = 0;
function lineOf(field) {
  if (lines.has(field)) return lines.get(field);
  const line = document.createElement("p");
  line.className = "invalid-feedback";
  line.id = `limit-${(made += 1)}`;
  line.setAttribute("role", "alert");
  (field.closest("label") ?? field).after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  lines.set(field, line);
  return line;
}
export function tellLength(field) {
  if (!field.dataset.limit || (!over(field) && !lines.has(field))) return;
  const line = lineOf(field);
  line.hidden = !over(field);
  line.textContent = tooLong(field);
  if (over(field)) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
document.addEventListener("input", ({ target }) => tellLength(target));
