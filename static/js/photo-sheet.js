/* A participant's photos: kept on the phone as soon as they are chosen, with their words, made smaller where the person
   agrees, and sent when there is a connection. Without this module, and where the device keeps nothing, the page is an
   ordinary form. */
import { sendLeftovers, touched } from "./changes.js";
import { takenAt } from "./exif-time.js";
import { tooLong } from "./limits.js";
import { dropPhoto, keepPhoto, photosOf, sendPhotos, takeBack, writePhoto } from "./photo-queue.js";
import { available, waiting } from "./queue.js";
import "./waiting.js";

const LONGEST = 1600, QUALITY = 0.85;
const section = document.getElementById("photo-queue"), words = section.dataset, { owner } = words;
const list = section.querySelector("ul"), template = document.getElementById("kept-photo"), status = document.getElementById("photo-state");
const form = available ? document.getElementById("photos") : null;

/* Words -------------------------------------------------------------------- */
const fieldsOf = (name) => [...form.querySelectorAll(`[name=${name}]`)];
const value = (name) => fieldsOf(name).find((field) => field.type !== "radio" || field.checked)?.value ?? "";
const checked = (name) => Boolean(form.elements[name]?.checked);
const share = (percent) => (Number(percent) / 100).toFixed(4);
function read() {
  const marked = words.plan && value("x") !== "" && value("y") !== "";
  return {
    title: value("title"), text: value("text"), language: value("language"), theme: value("theme"), people: value("people"),
    use: value("use"), credit: value("credit").trim(), anonymous: !value("credit").trim(), declared: checked("declared"),
    latitude: value("latitude") || null, longitude: value("longitude") || null,
    plan: marked ? words.plan : null, plan_x: marked ? share(value("x")) : null, plan_y: marked ? share(value("y")) : null,
  };
}
function fill(said) {
  const marks = said.plan_x ? { x: said.plan_x * 100, y: said.plan_y * 100 } : {};
  for (const [name, content] of Object.entries({ ...said, ...marks })) {
    for (const field of fieldsOf(name)) {
      if (field.type === "radio") field.checked = field.value === content;
      else if (typeof content === "boolean") field.checked = content;
      else field.value = content ?? "";
    }
  }
  /* What shows the place draws itself anew. */
  for (const name of ["latitude", "x"]) form.elements[name]?.dispatchEvent(new Event("input"));
}
/* What is said of one photo alone; name, use, theme and language are as with the last one. */
const EMPTY = { title: "", text: "", people: "", latitude: "", longitude: "", x: "", y: "", declared: false };
/* What a photo says: the words of the form, where it has none of its own. */
const OWN = ["title", "text"];
let shared = form ? read() : {};
const merged = (said, now) => ({ ...now, ...Object.fromEntries(OWN.filter((name) => said[name] !== shared[name]).map((name) => [name, said[name]])) });

function problem(text = "", field = undefined) {
  const place = document.getElementById("photo-problem");
  place.hidden = !text;
  place.querySelector("p").textContent = text;
  if (text) (field ?? place).focus();
}
/* The first thing that is missing, as the server would say it. */
function missing(said) {
  const first = (name) => fieldsOf(name)[0], long = ["title", "text", "credit"].map(first).find(tooLong);
  if (long) return [tooLong(long), long];
  if (!said.theme) return [words.theme, first("theme")];
  if (!said.use) return [words.use, first("use")];
  return said.declared ? [] : [words.declared, first("declared")];
}

/* Pictures ----------------------------------------------------------------- */
/* At most as large as it is kept in the end; undefined where the browser cannot read it (HEIC) or nothing is gained. */
async function smaller(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made && made.size < file.size ? made : undefined;
  } catch {
    return undefined;
  } finally {
    bitmap?.close();
  }
}
/* The picture as it came is on the device first: making it smaller takes a moment in which phones close pages. */
async function take(files) {
  problem();
  for (const file of files) {
    try {
      const whole = new Blob([await file.arrayBuffer()], { type: file.type });
      const photo = await keepPhoto({ owner, url: words.send, changes: words.changes }, whole, file.name || "photo", read());
      const made = document.getElementById("shrink").checked && (await smaller(whole));
      if (made) await writePhoto(photo.uuid, { file: made, taken: await takenAt(whole) });
    } catch {
      return problem(words.full);
    }
  }
}

/* The list ----------------------------------------------------------------- */
const rows = new Map();
function stateOf(photo) {
  if (photo.sent) return photo.late ? "Late" : "Sent";
  if (photo.refused) return "Refused";
  return photo.ready ? "Waiting" : "Draft";
}
function build(photo) {
  const row = template.content.firstElementChild.cloneNode(true), image = row.querySelector("img");
  image.alt = words.preview;
  image.addEventListener("error", () => shows(row, false));
  for (const field of row.querySelectorAll("[data-field]")) {
    field.value = (photo.later ?? photo.words)[field.dataset.field];
    field.addEventListener("input", () => writePhoto(photo.uuid, { words: { [field.dataset.field]: field.value } }));
  }
  row.querySelector("[data-drop]").addEventListener("click", async () => {
    await takeBack(photo.uuid);
    section.focus();
  });
  row.querySelector("[data-again]").addEventListener("click", async () => {
    await writePhoto(photo.uuid, { ready: true });
    sendNow();
  });
  rows.set(photo.uuid, row);
  list.append(row);
  return row;
}
function picture(row, file) {
  const image = row.querySelector("img");
  if (!file || image.dataset.size === String(file.size)) return;
  if (image.src) URL.revokeObjectURL(image.src);
  image.dataset.size = file.size;
  image.src = URL.createObjectURL(file);
  shows(row, true);
}
/* What was sent leaves this device, and not every browser can show every picture: then its title stands in its place. */
function shows(row, there) {
  row.querySelector("img").hidden = !there;
  row.querySelector(".no-picture").hidden = there;
}
function named(image) {
  const name = document.createElement("span");
  name.className = "no-picture";
  name.dir = "auto";
  name.textContent = image.dataset.title || image.alt;
  image.replaceWith(name);
}
async function draw() {
  /* The drafts of another activity are finished on its own page. */
  const photos = (await photosOf(owner)).filter((photo) => photo.ready || photo.url === words.send), there = new Set(photos.map((photo) => photo.uuid));
  for (const [key, row] of rows) if (!there.has(key)) rows.delete(key), row.remove();
  for (const photo of photos) {
    const row = rows.get(photo.uuid) ?? build(photo), said = photo.later ?? photo.words;
    picture(row, photo.file);
    row.querySelector(".no-picture").textContent = said.title || words.preview;
    row.querySelector("[data-state]").textContent = words[`is${stateOf(photo)}`];
    row.querySelector("[data-problem]").hidden = !photo.refused;
    row.querySelector("[data-problem] span").textContent = photo.refused;
    row.querySelector("[data-again]").hidden = !photo.refused;
    row.querySelector("[data-drop]").hidden = Boolean(photo.sent);
    for (const field of row.querySelectorAll("[data-field]")) {
      if (field !== document.activeElement) field.value = said[field.dataset.field];
    }
  }
  section.hidden = !photos.length;
  /* That all is saved is said only where nothing waits here and nothing was refused. */
  const { answers, photos: left } = await waiting(owner);
  status.hidden = status.dataset.state === "ready" || (status.dataset.state === "saved" && answers + left > 0);
  const sent = photos.some((photo) => photo.sent);
  document.getElementById("sent-now").hidden = !sent;
  document.getElementById("no-photos")?.toggleAttribute("hidden", sent);
}

/* Beginning ---------------------------------------------------------------- */
const drafts = async () => (await photosOf(owner)).filter((photo) => !photo.ready && photo.url === words.send);
async function spread() {
  const now = read(), waiting = await drafts();
  const changed = waiting.map((photo) => [photo.uuid, merged(photo.words, now)]);
  shared = now;
  for (const [key, said] of changed) await writePhoto(key, { words: said });
}
/* What is typed goes along when the page comes back in another language. */
const TYPED = `integra:typed:${owner}`;
function keepTyped() {
  const said = read();
  /* Words that nobody has typed yet are in the language of the next page. */
  if (!said.title && !said.text) delete said.language;
  try {
    sessionStorage.setItem(TYPED, JSON.stringify(said));
  } catch { /* private windows may refuse it */ }
}
function typedBefore() {
  try {
    const said = JSON.parse(sessionStorage.getItem(TYPED));
    sessionStorage.removeItem(TYPED);
    return said ?? undefined;
  } catch {
    return undefined;
  }
}
let work = Promise.resolve();
const after = (step) => (work = work.then(step, step));

if (form) {
  for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
  const [first] = await drafts(), said = typedBefore() ?? first?.words;
  if (said && !touched(form)) fill(said);
  shared = read();
  for (const link of document.querySelectorAll(".langs a")) link.addEventListener("click", keepTyped);
  form.addEventListener("input", (event) => event.target.type !== "file" && event.target.id !== "shrink" && after(spread));
  for (const name of ["camera", "files"]) {
    const input = form.elements[name];
    const taken = () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) after(() => take(files));
    };
    input.addEventListener("change", taken);
    taken();
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem();
    await after(spread);
    const waiting = await drafts();
    const [text, field] = waiting.length ? missing(read()) : [words.none, form.elements.files];
    if (text) return problem(text, field);
    for (const photo of waiting) await writePhoto(photo.uuid, { ready: true });
    fill(EMPTY);
    shared = read();
    section.focus();
    sendNow();
  });
}
/* A page that the phone has kept shows no pictures of the server without a connection. */
for (const image of document.querySelectorAll("#own img")) {
  image.addEventListener("error", () => named(image));
  if (image.complete && !image.naturalWidth) named(image);
}
/* What a page of the server shows by now, has no place in this list. */
for (const photo of await photosOf(owner)) {
  const shown = photo.sent < Number(words.rendered) || document.querySelector(`#own a[href*="${photo.uuid}"]`);
  if (photo.sent && shown && !photo.later) await dropPhoto(photo);
}
document.addEventListener("integra:kept", draw);
await draw();
const sendNow = sendPhotos(owner, ({ state, message }) => {
  status.dataset.state = state === "away" ? "unsent" : state;
  status.querySelector("span").textContent = message || status.dataset[state];
  draw();
});
sendLeftovers("", owner);
