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

/* A page that one goes back to is fetched anew, while the browser puts back what was typed: the rows that it makes have
   to be the same ones, or they would be made twice. The entry of the history keeps their identifiers. */
for (const form of document.querySelectorAll("form[data-draft]:not([data-unsaved])")) {
  const made = [...form.elements].filter((one) => one.type === "hidden" && /(^|-)uuid$/.test(one.name));
  const kept = history.state?.made;
  for (const one of made) one.value = kept?.[one.name] ?? one.value;
  const names = Object.fromEntries(made.map((one) => [one.name, one.value]));
  if (made.length) history.replaceState({ ...history.state, made: { ...kept, ...names } }, "");
}

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
  form.addEventListener("submit", () => store.setItem(SENT, nameOf(form)));
}
