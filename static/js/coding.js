/* Coding notes (templates/focusgroups/coding.html). Keys act on the note that has the focus, and nowhere else: arrows
   choose words, C opens the box for the code. Without this script each note has a plain form for the note as a whole. */
import { csrfToken } from "./csrf.js";

const page = document.querySelector("[data-coding]");
const said = document.querySelector("[data-said]");
const options = document.querySelector("#codes");
const names = () => [...options.options].map((option) => option.value);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/* What is chosen in which note; places count UTF-16 units here, and characters where they are sent. */
const chosen = new Map();
const marker = CSS.highlights ? new Highlight() : null;
if (marker) CSS.highlights.set("passage", marker);

const field = (note, name) => note.querySelector(`[data-put] [name=${name}]`);
/* The stretches of a note's text, without the names of codes that stand between them. */
function stretches(note) {
  const walker = document.createTreeWalker(note.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  const found = [];
  let start = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-name]")) continue;
    found.push({ node, start, end: start + node.length });
    start += node.length;
  }
  return found;
}
const textOf = (note) => stretches(note).map(({ node }) => node.data).join("");

function choose(note, passage) {
  chosen.clear();
  marker?.clear();
  for (const other of page.querySelectorAll("[data-passage]")) other.hidden = true;
  if (!passage || passage.start >= passage.end) return;
  chosen.set(note.dataset.note, passage);
  const all = stretches(note);
  const range = document.createRange();
  const first = all.find(({ end }) => passage.start < end);
  const last = all.find(({ end }) => passage.end <= end);
  if (!first || !last) return;
  range.setStart(first.node, passage.start - first.start);
  range.setEnd(last.node, passage.end - last.start);
  marker?.add(range);
  note.querySelector("[data-words]").textContent = textOf(note).slice(passage.start, passage.end);
  note.querySelector("[data-passage]").hidden = false;
}

/* Words by the arrows: from an anchor to the word that moves. */
const WORD = /[\p{L}\p{N}\p{M}'’-]+/gu;
function step(note, by, extend) {
  const words = [...textOf(note).matchAll(WORD)].map((word) => ({ start: word.index, end: word.index + word[0].length }));
  if (!words.length) return;
  const now = chosen.get(note.dataset.note);
  let at = by > 0 ? 0 : words.length - 1;
  let from = at;
  if (now) {
    const head = now.head ?? words.findLastIndex((word) => word.start < now.end);
    at = Math.min(words.length - 1, Math.max(0, head + by));
    from = extend ? now.anchor ?? Math.max(0, words.findIndex((word) => word.end > now.start)) : at;
  }
  const [first, last] = [Math.min(from, at), Math.max(from, at)];
  choose(note, { start: words[first].start, end: words[last].end, anchor: from, head: at });
  said.textContent = textOf(note).slice(words[first].start, words[last].end);
}

/* Words by the mouse or a finger. */
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const note = page?.contains(range.commonAncestorContainer) && range.startContainer.parentElement?.closest("[data-note]");
  const text = note?.querySelector("[data-text]");
  if (!text?.contains(range.startContainer)) return;
  const place = (node, offset) => {
    let length = 0;
    for (const part of stretches(note)) {
      const probe = document.createRange();
      probe.selectNodeContents(part.node);
      if (part.node === node) return part.start + offset;
      if (probe.comparePoint(node, offset) < 0) return part.start;
      length = part.end;
    }
    return length;
  };
  choose(note, { start: place(range.startContainer, range.startOffset), end: place(range.endContainer, range.endOffset) });
});

/* The box for the code: a list that narrows as one types, the last line of which makes a new code. */
const box = (note) => ({ input: field(note, "code"), list: note.querySelector("[role=listbox]"), form: note.querySelector("[data-put]") });
function narrow(note) {
  const { input, list } = box(note);
  const typed = input.value.trim();
  const found = names().filter((name) => fold(typed).split(/\s+/).every((word) => fold(name).includes(word)));
  const lines = found.slice(0, 8).map((name) => ({ name, text: name }));
  if (typed && !names().some((name) => name.toLowerCase() === typed.toLowerCase())) {
    lines.push({ name: typed, text: page.dataset.new.replace("{name}", typed) });
  }
  list.replaceChildren(...lines.map(({ name, text }, place) => {
    const line = document.createElement("li");
    line.role = "option";
    line.id = `${list.id}-${place}`;
    line.dataset.value = name;
    line.dir = "auto";
    line.textContent = text;
    line.setAttribute("aria-selected", "false");
    return line;
  }));
  list.hidden = !lines.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}
function point(note, by) {
  const { input, list } = box(note);
  if (list.hidden) narrow(note);
  const lines = [...list.children];
  if (!lines.length) return;
  const now = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
  const next = (now + by + lines.length + (now < 0 && by < 0 ? 1 : 0)) % lines.length;
  for (const [place, line] of lines.entries()) line.setAttribute("aria-selected", String(place === next));
  lines[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", lines[next].id);
}
function close(note) {
  const { input, list } = box(note);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function prepare(note) {
  const { input, list } = box(note);
  /* Our own list stands in the place of the browser's. */
  input.removeAttribute("list");
  input.role = "combobox";
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
}
page?.querySelectorAll("[data-note]").forEach(prepare);
document.querySelector("[data-keys]")?.removeAttribute("hidden");

function complain(note, text) {
  const place = note.querySelector("[data-error]");
  place.textContent = text;
  place.hidden = !text;
}

async function send(note, form, data) {
  complain(note, "");
  form.ariaBusy = "true";
  try {
    const response = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: data,
    });
    const json = response.headers.get("Content-Type")?.includes("json") && !response.redirected;
    const answer = json ? await response.json() : {};
    if (response.ok && json) {
      options.replaceChildren(...answer.codes.map((name) => Object.assign(document.createElement("option"), { value: name })));
      /* Whoever went on to the next note meanwhile stays there, with the passage chosen and the words typed. */
      if (chosen.has(note.dataset.note)) choose(note, null);
      if (answer.html) {
        const fresh = document.createRange().createContextualFragment(answer.html).querySelector("[data-note]");
        const stays = note.contains(document.activeElement) || document.activeElement === document.body;
        note.replaceWith(fresh);
        prepare(fresh);
        if (stays) fresh.focus();
      }
      said.textContent = answer.said;
    } else if (answer.errors) {
      complain(note, answer.errors.join(" "));
    } else {
      complain(note, response.redirected || [401, 403].includes(response.status) ? page.dataset.signedOut : page.dataset.failed);
    }
  } catch {
    complain(note, page.dataset.failed);
  } finally {
    form.ariaBusy = "false";
  }
}

page?.addEventListener("submit", (event) => {
  const form = event.target;
  const note = form.closest("[data-note]");
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const passage = chosen.get(note.dataset.note);
  if (form.matches("[data-put]") && passage) {
    const text = textOf(note);
    const characters = (to) => [...text.slice(0, to)].length;
    data.set("start", characters(passage.start));
    data.set("end", characters(passage.end));
    data.set("quote", text.slice(passage.start, passage.end));
  }
  send(note, form, data);
});

page?.addEventListener("keydown", (event) => {
  const note = event.target.closest("[data-note]");
  if (!note || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === note) {
    const act = {
      ArrowRight: () => step(note, 1, event.shiftKey),
      ArrowLeft: () => step(note, -1, event.shiftKey),
      Escape: () => choose(note, null),
      c: () => field(note, "code").focus(),
      C: () => field(note, "code").focus(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  } else if (event.target.name === "code") {
    const { input, list } = box(note);
    const pointed = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(note, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close(note);
      note.focus();
    } else if (event.key === "Enter" && pointed && !list.hidden) {
      /* Enter sends the form with it. */
      input.value = pointed.dataset.value;
      close(note);
    }
  }
});
page?.addEventListener("input", (event) => {
  if (event.target.name === "code") narrow(event.target.closest("[data-note]"));
});
page?.addEventListener("focusin", (event) => {
  if (event.target.name === "code") narrow(event.target.closest("[data-note]"));
});
page?.addEventListener("focusout", (event) => {
  if (event.target.name === "code") close(event.target.closest("[data-note]"));
});
/* Before the box loses the focus. */
page?.addEventListener("mousedown", (event) => {
  const line = event.target.closest("[role=option]");
  if (!line) return;
  event.preventDefault();
  const { input, form } = box(line.closest("[data-note]"));
  input.value = line.dataset.value;
  form.requestSubmit();
});
