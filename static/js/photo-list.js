/* The photos on this phone, each in a row of its own: those that were just chosen beside the field of the files, where the
   page has one, those that wait, were sent or not taken below the form. */
import { tellLength, tooLong } from "./limits.js";
import { photosOf, takeBack, writePhoto } from "./photo-queue.js";

const section = document.getElementById("photo-queue"), words = section.dataset, template = document.getElementById("kept-photo");
const list = section.querySelector("ul"), chosen = document.querySelector("#chosen ul"), FEW = 4;
const rows = new Map();

export const isDraft = (photo) => !photo.ready && photo.url === words.send;
export const tooLarge = (photo) => photo.file?.size > Number(words.most);
/* The fields of a photo that hold too much. */
export const overlong = (photo) => [...(rows.get(photo.uuid)?.querySelectorAll("[data-field]") ?? [])].filter(tooLong);

function stateOf(photo) {
  if (photo.sent) return photo.late ? "Late" : "Sent";
  if (photo.refused) return "Refused";
  return photo.ready ? "Waiting" : "Draft";
}
/* The photo may be nowhere else: it goes at a second press alone. */
function asks(row, photo) {
  const drop = row.querySelector("[data-drop]"), question = row.querySelector("[data-question]");
  const ask = (asked) => {
    question.hidden = !asked;
    drop.hidden = asked;
    (asked ? question : drop).focus();
  };
  drop.addEventListener("click", () => ask(true));
  question.querySelector("[data-keep-it]").addEventListener("click", () => ask(false));
  question.querySelector("[data-really]").addEventListener("click", async () => {
    const next = row.nextElementSibling ?? row.previousElementSibling ?? (chosen?.contains(row) ? chosen.closest(".field").querySelector("[name=files]") : section);
    await takeBack(photo.uuid);
    next.focus();
  });
}
function build(photo, again) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector("img").addEventListener("error", () => shows(row, false));
  for (const field of row.querySelectorAll("[data-field]")) {
    field.id = `${field.dataset.field}-${photo.uuid}`;
    field.value = (photo.later ?? photo.words)[field.dataset.field];
    field.addEventListener("input", () => writePhoto(photo.uuid, { words: { [field.dataset.field]: field.value } }));
  }
  asks(row, photo);
  row.querySelector("[data-again]").addEventListener("click", async () => {
    const [long] = overlong(photo);
    row.focus();
    if (!long) return again(photo.uuid);
    row.querySelector("details").open = true;
    tellLength(long);
    long.focus();
  });
  rows.set(photo.uuid, row);
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
function fillIn(row, photo, number, shrinks) {
  const said = photo.later ?? photo.words, name = words.preview.replace("{number}", number);
  const large = isDraft(photo) && tooLarge(photo) && !shrinks ? words.large : "";
  picture(row, photo.file);
  row.querySelector("img").alt = name;
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-title]").textContent = said.title;
  for (const called of row.querySelectorAll("[data-called]")) called.textContent = `: ${[name, said.title].filter(Boolean).join(", ")}`;
  row.querySelector(".no-picture").textContent = said.title || name;
  row.querySelector("[data-state]").textContent = words[`is${stateOf(photo)}`];
  row.querySelector("[data-problem]").hidden = !photo.refused && !large;
  row.querySelector("[data-problem] span").textContent = photo.refused || large;
  row.querySelector("[data-again]").hidden = !photo.refused;
  row.querySelector("[data-drop]").hidden = Boolean(photo.sent) || !row.querySelector("[data-question]").hidden;
  if (photo.sent) row.querySelector("[data-question]").hidden = true;
  for (const field of row.querySelectorAll("[data-field]")) {
    if (field !== document.activeElement) field.value = said[field.dataset.field];
  }
}

/* Many rows would push the questions far down: they are folded, unless the person opens them. */
let before = 0;
function folds(list, drafts) {
  if ((drafts > FEW) !== (before > FEW) || !before) list.open = drafts <= FEW;
  list.hidden = !drafts;
  before = drafts;
}

/* Draws the photos of `owner`, made smaller before they go where the person wants it (`shrinks`), and gives them.
   `again(uuid)` is to send one that was refused. */
export async function drawPhotos(owner, { shrinks, again }) {
  /* The drafts of another activity are finished on its own page. */
  const photos = (await photosOf(owner)).filter((photo) => photo.ready || photo.url === words.send);
  const there = new Set(photos.map((photo) => photo.uuid));
  for (const [key, row] of rows) if (!there.has(key)) rows.delete(key), row.remove();
  for (const [index, photo] of photos.entries()) {
    const row = rows.get(photo.uuid) ?? build(photo, again), place = chosen && isDraft(photo) ? chosen : list;
    fillIn(row, photo, index + 1, shrinks);
    if (row.parentElement !== place) place.append(row);
  }
  if (chosen) folds(chosen.parentElement, chosen.children.length);
  return photos;
}
