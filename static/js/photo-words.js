/* What the form for photos says, and what is missing of it. A photo that waits has the form's words where it has none of
   its own. */
import { tellLength, tooLong } from "./limits.js";

const form = document.getElementById("photos"), words = document.getElementById("photo-queue").dataset;

const fieldsOf = (name) => [...form.querySelectorAll(`[name=${name}]`)];
const value = (name) => fieldsOf(name).find((field) => field.type !== "radio" || field.checked)?.value ?? "";
const checked = (name) => Boolean(form.elements[name]?.checked);
const share = (percent) => (Number(percent) / 100).toFixed(4);
export function read() {
  const marked = words.plan && value("x") !== "" && value("y") !== "";
  return {
    title: value("title"), text: value("text"), language: value("language"), theme: value("theme"), people: value("people"),
    use: value("use"), credit: value("credit").trim(), anonymous: !value("credit").trim(), declared: checked("declared"),
    latitude: value("latitude") || null, longitude: value("longitude") || null,
    plan: marked ? words.plan : null, plan_x: marked ? share(value("x")) : null, plan_y: marked ? share(value("y")) : null,
  };
}
export function fill(said) {
  const marks = said.plan_x ? { x: said.plan_x * 100, y: said.plan_y * 100 } : {};
  for (const [name, content] of Object.entries({ ...said, ...marks })) {
    for (const field of fieldsOf(name)) {
      if (field.type === "radio") field.checked = field.value === content;
      else if (typeof content === "boolean") field.checked = content;
      else field.value = content ?? "";
      tellLength(field);
    }
  }
  /* What shows the place draws itself anew. */
  for (const name of ["latitude", "x"]) form.elements[name]?.dispatchEvent(new Event("input"));
}
/* What is said of one photo alone; name, use, theme and language are as with the last one. */
export const EMPTY = { title: "", text: "", people: "", latitude: "", longitude: "", x: "", y: "", declared: false };

/* The words of a photo once the form, which said `before`, says `now`. */
const OWN = ["title", "text"];
export const merged = (said, before, now) =>
  ({ ...now, ...Object.fromEntries(OWN.filter((name) => said[name] !== before[name]).map((name) => [name, said[name]])) });

/* All that is missing or too long, as the server would say it: fields with their sentences. */
export function missing(said) {
  const first = (name) => fieldsOf(name)[0];
  const found = { theme: !said.theme && words.theme, use: !said.use && words.use, declared: !said.declared && words.declared };
  for (const name of ["title", "text", "credit"]) found[name] = tooLong(first(name));
  return Object.entries(found).filter(([, text]) => text).map(([name, text]) => ({ field: first(name), text }));
}
