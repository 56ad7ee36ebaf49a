/* Keeps what is typed into a form until it is saved: in this window alone, under the person's own key. A session that
   ended in the middle of a text must not cost the text.
   A page that is reached after a save carries #saved or the comment's own fragment (views/texts.py, comments.py).
   A form whose rows are made by its page (data-draft-restore) is put back by the server, hidden fields included. */
const SENT = "draft-sent";
const store = sessionStorage;
const nameOf = (form) => `draft:${form.dataset.draft}`;
const typed = (form) =>
  [...form.elements].filter(
    (one) =>
      one.name && one.type !== "submit" && one.name !== "csrfmiddlewaretoken" &&
      (one.type !== "hidden" || form.dataset.draftRestore),
  );
const contentOf = (form) =>
  JSON.stringify(
    typed(form)
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => [one.name, one.value]),
  );

/* As if the form as it was had been sent with the button of that name. */
const ask = (form, content) => {
  const again = document.createElement("form");
  again.method = "post";
  again.hidden = true;
  const fields = [...content, ["csrfmiddlewaretoken", ""], [form.dataset.draftRestore, "1"]];
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    again.append(field);
  }
  document.body.append(again);
  again.requestSubmit();
};

const putBack = (form, content) => {
  if (form.dataset.draftRestore) return ask(form, content);
  for (const one of typed(form)) {
    const values = content.filter(([name]) => name === one.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(one.type)) one.checked = values.includes(one.value);
    else one.value = values[0] ?? "";
  }
};

const offer = (form, draft) => {
  const note = form.querySelector("[data-draft-note]");
  if (!note) return;
  /* Browsers take plain "en" for American. */
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  note.querySelector("[data-draft-time]").textContent = new Date(draft.at).toLocaleString(language, {
    dateStyle: "long",
    timeStyle: "short",
  });
  const close = () => {
    note.hidden = true;
    typed(form).find((one) => one.type !== "hidden").focus();
  };
  note.querySelector("[data-draft-keep]").addEventListener("click", () => {
    putBack(form, JSON.parse(draft.content));
    close();
  });
  note.querySelector("[data-draft-drop]").addEventListener("click", () => {
    store.removeItem(nameOf(form));
    close();
  });
  note.hidden = false;
};

/* Going back, browsers put back what was typed, but not the identifier that it was sent with (SentOnceForm): saved again,
   the same would be a second one. So the identifier is put back too, wherever something was typed beside it. */
const sentAs = (form) => `sent:${form.dataset.draft}`;
const identifiers = (form) => [...form.elements].filter((one) => one.type === "hidden" && /(^|-)uuid$/.test(one.name));
const changed = (one) =>
  one.options
    ? [...one.options].some((option) => option.selected !== option.defaultSelected)
    : one.checked !== one.defaultChecked || one.value !== one.defaultValue;
const recognise = (form) => {
  const sent = JSON.parse(store.getItem(sentAs(form)) ?? "{}");
  for (const one of identifiers(form)) {
    const prefix = one.name.slice(0, -"uuid".length);
    const beside = typed(form).filter((other) => other.name.startsWith(prefix));
    if (sent[one.name] && beside.some(changed)) one.value = sent[one.name];
  }
};
const wentBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
/* Some put it back after the page is loaded. */
if (wentBack) addEventListener("pageshow", () => document.querySelectorAll("form[data-draft]").forEach(recognise));

if (/^#(saved|comment-\d+)$/.test(location.hash)) store.removeItem(store.getItem(SENT));
store.removeItem(SENT);

for (const form of document.querySelectorAll("form[data-draft]")) {
  /* A page that gives back what was refused is itself the last that was typed, and is not saved anywhere else. */
  const unsaved = "unsaved" in form.dataset;
  let saved = unsaved ? null : contentOf(form);
  const keep = () => {
    const content = contentOf(form);
    if (content === saved) store.removeItem(nameOf(form));
    else store.setItem(nameOf(form), JSON.stringify({ content, at: Date.now() }));
  };
  const draft = JSON.parse(store.getItem(nameOf(form)));
  if (unsaved) keep();
  else if (draft && draft.content !== saved) offer(form, draft);
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  /* autosave.js has sent all that stands there. */
  form.addEventListener("autosaved", () => {
    saved = contentOf(form);
    keep();
  });
  form.addEventListener("submit", () => {
    store.setItem(SENT, nameOf(form));
    store.setItem(sentAs(form), JSON.stringify(Object.fromEntries(identifiers(form).map((one) => [one.name, one.value]))));
  });
}
