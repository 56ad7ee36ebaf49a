/* Offers the sources of the kind of evidence that is chosen, and those alone. The kinds without sources in this audit
   have no list. Without the script all stand there, in groups. */
const select = document.querySelector("[data-kinds]");
const apps = JSON.parse(select.dataset.kinds);
const form = select.form;

const narrow = () => {
  const kind = form.elements.kind.value;
  const chosen = select.value;
  for (const group of select.querySelectorAll("optgroup")) {
    const own = [...group.children].map((option) => option.value);
    const fits = own.includes(chosen) || own.some((value) => value.startsWith(`${apps[kind]}:`));
    group.hidden = group.disabled = !fits;
  }
  document.querySelector("#sources").hidden = !(kind in apps || chosen);
};

form.addEventListener("change", narrow);
narrow();
