/* A box that narrows a long list of things to tick (templates/components/_folded_choices.html). Each word has to occur,
   in any order, without regard to case and accents. What is ticked stays ticked, shown or not. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

for (const list of document.querySelectorAll("[data-choices]")) {
  const find = list.querySelector("[data-find]");
  if (!find) continue;
  const box = find.querySelector("input");
  const status = find.querySelector("[data-found]");
  const groups = [...list.querySelectorAll("details")].map((group) => ({
    group,
    open: group.open,
    name: plain(group.querySelector("summary").textContent),
    rows: [...group.querySelectorAll("label")].map((row) => ({ row, text: plain(row.textContent) })),
  }));
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);

  const narrow = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { group, open, name, rows } of groups) {
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word) || name.includes(word));
        if (!row.hidden) shown += 1;
      }
      group.hidden = shown === 0;
      group.open = words.length ? shown > 0 : open;
      found += shown;
    }
    status.textContent = words.length
      ? status.dataset.found.replace("{found}", found).replace("{total}", total)
      : "";
  };

  find.hidden = false;
  box.addEventListener("input", narrow);
  /* Enter in the box would send the whole form. */
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
