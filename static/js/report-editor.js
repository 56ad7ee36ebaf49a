/* The report's texts: an editor over each textarea, and saving by itself with a version check.

   Without this script the textareas and their buttons do the same. The textarea stays the truth: what it holds is
   what is sent. A text that somebody else has saved meanwhile is never overwritten: saving stops, both texts are
   shown, and the writer decides. */
import {
  Blockquote, Bold, BulletList, Document, Editor, HardBreak, Heading, History, Italic, Link, ListItem, OrderedList,
  Paragraph, Table, TableCell, TableHeader, TableRow, Text,
} from "django-prose-editor/editor";
import { csrfToken } from "./csrf.js";

const PAUSE = 1500;
const RETRY = 5000;
const words = JSON.parse(document.getElementById("editor-words").textContent);

/* Saving ---------------------------------------------------------------------------------------------------- */

class Saving {
  constructor(form) {
    this.form = form;
    this.field = form.elements.html;
    this.state = form.querySelector(".savestate");
    this.conflict = form.parentElement.querySelector("[data-conflict]");
    this.count = form.parentElement.querySelector("[data-words]");
    this.sent = this.field.value;
    this.timer = null;
    this.busy = false;
    this.stopped = Boolean(this.conflict.firstElementChild);
    if (this.stopped) this.offer();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.stopped = false;
      this.now();
    });
  }

  get waiting() {
    return this.field.value !== this.sent;
  }

  say(state, text) {
    this.state.hidden = false;
    this.state.dataset.state = state;
    this.state.textContent = text;
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    if (this.stopped || !this.waiting) return;
    this.say("saving", words.changed);
    this.timer = setTimeout(() => this.now(), pause);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.busy || this.stopped) return;
    this.busy = true;
    const text = this.field.value;
    this.say("saving", words.saving);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
        body: new URLSearchParams({ html: text, version: this.form.elements.version.value }),
        keepalive: text.length < 20000,
      });
      const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
      if (response.ok && said.version) {
        this.sent = text;
        this.nowAt(said.version);
        this.count.textContent = words.count.replace("{n}", said.words);
        this.conflict.replaceChildren();
        this.say("saved", words.saved.replace("{time}", said.saved));
      } else if (response.status === 409) {
        this.meet(said);
      } else if (response.status === 422) {
        this.say("error", said.errors.join(" "));
        this.sent = text;
      } else {
        this.say("error", response.ok || response.status === 403 ? words.signedOut : words.failed);
        this.busy = false;
        return;
      }
    } catch {
      this.say("unsent", words.offline);
      this.busy = false;
      this.timer = setTimeout(() => this.now(), RETRY);
      return;
    }
    this.busy = false;
    this.later();
  }

  /* The version that the writer has before the eyes, for saving and for taking the text out. */
  nowAt(version) {
    for (const field of this.form.closest(".block").querySelectorAll("input[name=version]")) field.value = version;
  }

  /* Somebody else has saved: shows that text beside this one. `said.html` is made by our own template. */
  meet(said) {
    this.stopped = true;
    this.conflict.innerHTML = said.html;
    this.nowAt(said.version);
    this.say("error", words.conflict);
    this.offer();
  }

  offer() {
    const keep = this.conflict.querySelector("[data-keep-mine]");
    if (!keep) return;
    keep.hidden = false;
    keep.querySelector("button").addEventListener("click", () => {
      this.stopped = false;
      this.sent = null;
      this.now();
    });
  }
}

/* Editing --------------------------------------------------------------------------------------------------- */

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  heading: (chain) => chain.toggleHeading({ level: 3 }),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const ACTIVE = {
  bold: "bold", italic: "italic", bullets: "bulletList", numbers: "orderedList", quote: "blockquote", link: "link",
};

const empty = (html) => (/^<p>(<br>)?<\/p>$/.test(html) ? "" : html);

function edit(form, saving) {
  const field = form.elements.html;
  const tools = form.querySelector("[data-tools]");
  const place = document.createElement("div");
  place.className = "prose document";
  field.before(place);
  const described = field.getAttribute("aria-describedby");
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: field.value,
    extensions: [
      Document, Paragraph, Text, HardBreak, Bold, Italic, Heading.configure({ levels: [3, 4] }), BulletList, OrderedList,
      ListItem, Blockquote, History, Link.configure({ openOnClick: false, protocols: ["https", "mailto"] }),
      Table.configure({ resizable: false }), TableRow, TableHeader, TableCell,
    ],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": field.getAttribute("aria-labelledby"),
        ...(described ? { "aria-describedby": described } : {}),
        lang: field.lang,
        dir: field.dir,
      },
    },
    onUpdate: ({ editor: changed }) => {
      field.value = empty(changed.getHTML());
      saving.later();
    },
  });
  // What the editor makes of the saved text is no change of the writer's.
  if (!saving.stopped) saving.sent = field.value = empty(editor.getHTML());
  field.hidden = true;
  toolbar(tools, editor);
}

/* One tab stop for all buttons; the arrow keys go from one to the next. */
function toolbar(tools, editor) {
  const buttons = [...tools.querySelectorAll("button")];
  const show = () => {
    for (const button of buttons) {
      const name = button.dataset.do;
      const on = name === "heading" ? editor.isActive("heading", { level: 3 }) : ACTIVE[name] && editor.isActive(ACTIVE[name]);
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(Boolean(on)));
    }
  };
  const focus = (button) => {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    focus(button);
    if (button.dataset.do === "link") link(editor, button.dataset.ask);
    else COMMANDS[button.dataset.do](editor.chain().focus()).run();
  });
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const forward = getComputedStyle(tools).direction === "rtl" ? -step : step;
    const next = buttons[(buttons.indexOf(event.target) + forward + buttons.length) % buttons.length];
    focus(next);
    next.focus();
  });
  editor.on("transaction", show);
  focus(buttons[0]);
  tools.hidden = false;
  show();
}

function link(editor, question) {
  if (editor.isActive("link")) {
    editor.chain().focus().unsetLink().run();
    return;
  }
  const href = window.prompt(question, "https://");
  if (href && /^(https:|mailto:|#)/.test(href)) editor.chain().focus().setLink({ href }).run();
}

const all = [...document.querySelectorAll("form[data-text]")].map((form) => {
  const saving = new Saving(form);
  if (form.hasAttribute("data-plain")) form.elements.html.addEventListener("input", () => saving.later());
  else edit(form, saving);
  return saving;
});

/* Leaving the page: what is not sent yet goes now; the browser asks only where that cannot be. */
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const one of all) if (one.waiting) one.now();
});
window.addEventListener("beforeunload", (event) => {
  if (all.some((one) => one.waiting)) event.preventDefault();
});
