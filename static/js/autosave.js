/* Saves a form by itself a moment after the last change (views/saving.py). A form that is marked data-autosave carries
   its version; where somebody else has changed the same field meanwhile, saving stops and the form's own button shows both
   texts. */
import { csrfToken } from "./csrf.js";

const PAUSE = 1500;
const RETRY = 5000;
/* As long as the button waits for a save that is under way. */
const PATIENCE = 10000;
/* Hidden fields that say from which text the page has begun. */
const WITNESSES = ["version", "shown"];

class Saving {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-savestate]");
    this.sent = this.content();
    this.timer = null;
    this.running = null;
    this.leaving = false;
    this.again = PAUSE;
    this.stopped = "unsaved" in form.dataset;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.leave(event));
  }

  /* Files wait for the button: they are no text that could be lost. */
  data() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") data.append(name, value);
    return data;
  }

  content() {
    const data = this.data();
    for (const name of WITNESSES) data.delete(name);
    data.delete("csrfmiddlewaretoken");
    return data.toString();
  }

  /* The form itself is sent. A save that is under way comes first: else it would be somebody else's, and a conflict. */
  leave(event) {
    this.stopped = true;
    clearTimeout(this.timer);
    if (!this.running) return;
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = true;
    this.over().then(() => {
      this.running = null;
      this.form.requestSubmit(event.submitter);
    });
  }

  /* Resolves when the save that is under way is over; it is not waited for longer than PATIENCE. */
  over() {
    return Promise.race([this.running, new Promise((done) => setTimeout(done, PATIENCE))]);
  }

  /* Sends what waits, after what is under way. */
  async send() {
    if (this.running) await this.over();
    this.now();
    if (this.running) await this.over();
  }

  get waiting() {
    return !this.stopped && this.content() !== this.sent;
  }

  say(state, text) {
    this.state.hidden = false;
    this.state.dataset.state = state;
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  changed() {
    if (this.waiting && this.state.dataset.state === "saved") this.say("changed", "");
    this.later();
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    if (this.waiting) this.timer = setTimeout(() => this.now(), pause);
  }

  now() {
    clearTimeout(this.timer);
    if (this.running || !this.waiting) return;
    const running = this.save().finally(() => {
      if (this.running === running) this.running = null;
      if (this.again) this.later(this.again);
    });
    this.running = running;
  }

  async save() {
    this.again = PAUSE;
    const words = this.state.dataset;
    const content = this.content();
    this.say("saving", words.saving);
    try {
      const body = this.data();
      const response = await fetch(this.form.getAttribute("action") || location.href, {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
        body,
        keepalive: content.length < 20000,
      });
      const json = response.headers.get("Content-Type")?.includes("json");
      const said = json ? await response.json() : {};
      if (response.ok && said.version) {
        this.sent = content;
        for (const name of WITNESSES) if (this.form.elements[name] && name in said) this.form.elements[name].value = said[name];
        if (this.stopped) return;
        /* What was typed meanwhile is not saved yet. */
        if (this.content() !== content) return this.say("changed", "");
        const kept = said.message ? ` ${said.message}` : "";
        this.say("saved", words.saved.replace("{time}", said.time) + kept);
        this.form.dispatchEvent(new CustomEvent("autosaved"));
      } else if (this.stopped) {
        return;
      } else if (response.status === 409) {
        this.stopped = true;
        this.say("error", said.message);
      } else if (response.status === 422) {
        this.sent = content;
        this.say("error", said.errors.join(" "));
      } else {
        this.say("error", response.redirected || [401, 403].includes(response.status) ? words.signedOut : words.failed);
        this.again = 0;
      }
    } catch {
      this.say("unsent", words.unsent);
      this.again = RETRY;
    }
  }
}

const all = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Saving(form));

/* Another form of the page waits for what is typed here: else the page that follows would not have it yet. What cannot
   be saved goes on being a draft (drafts.js). */
let sending = false;
let sent = false;
document.addEventListener("submit", (event) => {
  const open = all.filter((one) => one.form !== event.target && (one.running || one.waiting));
  if (event.defaultPrevented || sent || !(sending || open.length)) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  Promise.all(open.map((one) => one.send())).then(() => {
    sending = false;
    sent = true;
    event.target.requestSubmit(event.submitter);
    sent = false;
  });
});

addEventListener("online", () => all.forEach((one) => one.now()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const one of all) one.now();
});
addEventListener("beforeunload", (event) => {
  if (all.some((one) => one.waiting)) event.preventDefault();
});
