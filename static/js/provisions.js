/* Further rows for provisions: each is named by an identifier of its own, so that saving twice writes it once
   (deskresearch/forms/assessment.py). Without this script there are two empty rows after each save. */
const list = document.querySelector("[data-provisions]");
const more = document.querySelector("[data-more]");
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const identifier = () =>
  crypto.randomUUID?.() ??
  /* Only pages that came over https have randomUUID. */
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );

const add = () => {
  const row = list.lastElementChild.cloneNode(true);
  const fresh = identifier();
  for (const one of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for"]) {
      const value = one.getAttribute(name);
      if (value) one.setAttribute(name, value.replace(UUID, fresh));
    }
    for (const name of ["aria-invalid", "aria-describedby"]) one.removeAttribute(name);
  }
  for (const one of row.querySelectorAll(".invalid-feedback, .form-check, .state")) one.remove();
  for (const one of row.querySelectorAll("input, textarea")) one.value = "";
  for (const one of row.querySelectorAll("textarea")) one.textContent = "";
  row.classList.remove("field-bad");
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, String(list.children.length + 1));
  list.append(row);
  row.querySelector("textarea").focus();
};

more.hidden = false;
more.querySelector("button").addEventListener("click", add);
