/* Says beside a field with a limit that it holds too many characters, while they are typed; nothing is cut off. */
const over = (field) => [...field.value].length > Number(field.dataset.limit);
export const tooLong = (field) => (over(field) ? field.dataset.tooLong.replace("{count}", [...field.value].length) : "");

const lines = new WeakMap();
document.addEventListener("input", ({ target }) => {
  if (!target.dataset.limit || (!over(target) && !lines.has(target))) return;
  if (!lines.has(target)) {
    const line = document.createElement("p");
    line.className = "invalid-feedback";
    line.setAttribute("role", "alert");
    (target.closest("label") ?? target).after(line);
    lines.set(target, line);
  }
  const line = lines.get(target);
  line.hidden = !over(target);
  line.textContent = tooLong(target);
});
