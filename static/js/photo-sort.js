/* Sorts a photo by its list or by a number key, without a page load, with Undo. The keys act on the
   photo that has the focus, not where something is chosen or typed. Without this module each list has its button. */
import { csrfToken } from "./csrf.js";

const grid = document.getElementById("to-sort"), toasts = document.getElementById("toasts");
const left = document.getElementById("left"), more = document.getElementById("more");

/* Somebody else has put it elsewhere meanwhile, or it was taken back. */
const MOVED = 409, MOVED_OR_GONE = [MOVED, 410];

if (grid) {
  let total = Number(left.dataset.total);
  document.getElementById("keys").hidden = false;

  const tell = () => {
    const shown = grid.querySelectorAll(".photo").length;
    left.textContent = left.dataset.words.replace("{shown}", shown).replace("{total}", total);
    more.hidden = shown > 0 || total === 0;
    if (!more.hidden) more.querySelector("a").focus();
  };
  const sum = (slot, by) => {
    const figure = slot.closest(".slot").querySelector("[data-sum]");
    figure.textContent = Number(figure.textContent) + by;
    const nothing = slot.closest(".slot").querySelector("[data-nothing]");
    if (nothing) nothing.hidden = Number(figure.textContent) > 0;
  };
  const say = (words, undo) => {
    const line = document.createElement("div"), text = document.createElement("span");
    line.className = "toast-line";
    text.textContent = words;
    line.append(text);
    if (undo) {
      const button = document.createElement("button");
      button.className = "btn btn-quiet btn-sm";
      button.type = "button";
      button.textContent = toasts.dataset.undo;
      button.addEventListener("click", undo);
      line.append(button);
    }
    toasts.replaceChildren(line);
  };
  const send = async (form, values) => {
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(values) });
    const said = await answer.json();
    if (answer.ok || MOVED_OR_GONE.includes(answer.status)) return { ...said, status: answer.status };
    throw new Error(said.message);
  };
  /* Shows the photo in the group in which it is by now, and remembers that it was seen there. */
  const settle = (photo, said) => {
    const mini = document.querySelector(`.mini[data-photo="${photo.dataset.photo}"]`);
    if (mini) {
      sum(mini, -1);
      mini.remove();
    }
    const slot = said.slot && document.querySelector(`[data-slot="${said.slot}"]`);
    if (slot) {
      slot.insertAdjacentHTML("beforeend", said.html);
      sum(slot, 1);
    }
    photo.querySelector(".sorter").elements.shown.value = said.slot ?? "";
  };
  /* What is on its way is not sent twice. */
  const busy = new Set();
  const put = async (photo, category) => {
    const form = photo.querySelector(".sorter");
    if (!category) return form.elements.category.focus();
    if (busy.has(photo)) return;
    busy.add(photo);
    try {
      const before = form.elements.shown.value;
      const said = await send(form, { category, shown: before });
      settle(photo, said);
      if (said.status === MOVED) return say(said.message);
      const place = photo.nextElementSibling, onward = place ?? photo.previousElementSibling;
      photo.remove();
      total -= 1;
      tell();
      onward?.focus();
      if (MOVED_OR_GONE.includes(said.status)) return say(said.message);
      say(said.message, async () => {
        try {
          const to = before ? { category: before } : { undo: "1" };
          const back = await send(form, { ...to, shown: form.elements.shown.value });
          settle(photo, back);
          if (back.slot === "") {
            grid.insertBefore(photo, place?.parentElement === grid ? place : null);
            form.reset();
            total += 1;
            tell();
            photo.focus();
          }
          say(back.message);
        } catch {
          say(toasts.dataset.failed);
        }
      });
    } catch {
      say(toasts.dataset.failed);
    } finally {
      busy.delete(photo);
    }
  };
  grid.addEventListener("submit", (event) => {
    event.preventDefault();
    put(event.target.closest(".photo"), event.target.elements.category.value);
  });
  grid.addEventListener("keydown", (event) => {
    const photo = event.target.closest(".photo");
    if (!photo || event.target.matches("select, input, textarea") || !/^[1-9]$/.test(event.key)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const option = photo.querySelector(".sorter").elements.category.options[Number(event.key)];
    if (!option) return;
    event.preventDefault();
    put(photo, option.value);
  });
}
