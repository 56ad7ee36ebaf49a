/* A participant's photos: kept on the phone as soon as they are chosen, with their words, made smaller where the person
   agrees, and sent when there is a connection. Without this module, and where the device keeps nothing, the page is an
   ordinary form. */
import { sendLeftovers, touched } from "./changes.js";
import { problems } from "./photo-errors.js";
import { drawPhotos, isDraft, overlong, tooLarge } from "./photo-list.js";
import { dropPhoto, keepPhoto, keepWish, photosOf, sendPhotos, wishOf, writeDrafts, writePhoto } from "./photo-queue.js";
import { EMPTY, fill, merged, missing, read } from "./photo-words.js";
import { tooLong } from "./limits.js";
import { available, waiting } from "./queue.js";
import "./waiting.js";

const section = document.getElementById("photo-queue"), words = section.dataset, { owner } = words;
const status = document.getElementById("photo-state"), told = document.getElementById("chosen-said");
const form = available ? document.getElementById("photos") : null, shrink = form?.querySelector("#shrink");
let shared = form ? read() : {};
const drafts = async () => (await photosOf(owner)).filter(isDraft);
const counted = (text, number) => text.replace("{number}", number);

/* The list ----------------------------------------------------------------- */
/* How many photos are being kept, while the page is busy with it. */
let keeping = 0;
async function drawOnce() {
  const photos = await drawPhotos(owner, { shrinks: shrink?.checked, again: sendAgain });
  const inForm = form ? photos.filter(isDraft) : [], large = !shrink?.checked && inForm.some(tooLarge);
  section.hidden = photos.length === inForm.length && status.dataset.state !== "saving";
  const chosen = inForm.length ? counted(words.chosen, inForm.length) : "";
  const now = keeping ? counted(words.keeping, keeping) : [chosen, large && words.large].filter(Boolean).join(". ");
  if (told && told.textContent !== now) told.textContent = now;
  /* That all is saved is said only where nothing waits here and nothing was refused. */
  const { answers, photos: left, refused } = await waiting(owner);
  status.hidden = status.dataset.state === "ready" || (status.dataset.state === "saved" && answers + left + refused > 0);
  const sent = photos.some((photo) => photo.sent);
  document.getElementById("sent-now").hidden = !sent;
  document.getElementById("no-photos")?.toggleAttribute("hidden", sent);
}
/* However often something changes meanwhile, it is drawn once more at the end. */
let drawing, stale = false;
async function drawAll() {
  while (stale) {
    stale = false;
    await drawOnce();
  }
}
function draw() {
  stale = true;
  drawing ??= drawAll().finally(() => (drawing = undefined));
  return drawing;
}
async function sendAgain(key) {
  await writePhoto(key, { ready: true, shrink: shrink?.checked });
  sendNow();
}
function tell(state, message) {
  status.dataset.state = state;
  status.querySelector("span").textContent = message || status.dataset[state];
  draw();
}
function named(image) {
  const name = document.createElement("span");
  name.className = "no-picture";
  name.dir = "auto";
  name.textContent = image.dataset.title || image.alt;
  image.replaceWith(name);
}

/* The form ----------------------------------------------------------------- */
/* The picture as it came is on the device first: making it smaller takes a moment in which phones close pages. */
async function take(files) {
  problems([]);
  keeping = files.length;
  try {
    for (const file of files) {
      const whole = new Blob([await file.arrayBuffer()], { type: file.type });
      await keepPhoto({ owner, url: words.send, changes: words.changes }, whole, file.name || "photo", read());
    }
  } catch {
    problems([{ field: form.elements.files, text: words.full }]);
  }
  keeping = 0;
  await draw();
}
async function spread() {
  const before = shared, now = read();
  shared = now;
  await writeDrafts(await drafts(), (photo) => ({ words: merged(photo.words, before, now) }));
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
/* What stands in the way of sending these photos. */
function lacking(photos) {
  const { files } = form.elements, said = read(), found = missing(said);
  if (!photos.length) found.push({ field: files, text: words.none });
  if (!shrink.checked && photos.some(tooLarge)) found.push({ field: files, text: words.large });
  const own = photos.flatMap(overlong).filter((field) => field.value !== said[field.dataset.field]);
  return [...found, ...own.map((field) => ({ field, text: tooLong(field) }))];
}
async function send() {
  await spread();
  const photos = await drafts(), found = lacking(photos);
  problems(found);
  if (found.length) return;
  tell("saving", counted(words.keeping, photos.length));
  section.hidden = status.hidden = false;
  section.focus();
  await writeDrafts(photos, () => ({ ready: true, shrink: shrink.checked }));
  fill(EMPTY);
  shared = read();
  sendNow();
}
let work = Promise.resolve();
const after = (step) => (work = work.then(step, step));

if (form) {
  for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
  const [first] = await drafts(), said = typedBefore() ?? first?.words;
  if (said && !touched(form)) fill(said);
  shared = read();
  shrink.checked ||= await wishOf(owner);
  shrink.addEventListener("change", () => keepWish(owner, shrink.checked).catch(draw));
  for (const link of document.querySelectorAll(".langs a")) link.addEventListener("click", keepTyped);
  /* Not the words of one photo alone. */
  form.addEventListener("input", ({ target }) => target.name && target.type !== "file" && after(spread));
  for (const name of ["camera", "files"]) {
    const input = form.elements[name];
    input.classList.add("no-name");
    const taken = () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) after(() => take(files));
    };
    input.addEventListener("change", taken);
    taken();
  }
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    await after(send).finally(() => (sending = false));
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
const sendNow = sendPhotos(owner, ({ state, message }) => tell(state === "away" ? "unsent" : state, message));
sendLeftovers("", owner);
