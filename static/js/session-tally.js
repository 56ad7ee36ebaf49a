/* The question that is answered on levels: how many said which, counted with two buttons or typed. Sent like the notes. */
export function tallies(changes, words, touched) {
  const forms = [...document.querySelectorAll("[data-tally]")];
  const inputs = forms.flatMap((form) => [...form.querySelectorAll("[data-level]")]);
  const questionOf = (input) => input.form.dataset.tally;
  const partOf = (input) => `tally:${questionOf(input)}:${input.dataset.level}`;
  const seats = document.querySelectorAll("#line [name=seat]:not([value=''])").length;

  /* The number that each field had before somebody counted here: what the server had, or has of us. */
  const seen = new Map(inputs.map((input) => [partOf(input), Number(input.defaultValue)]));
  function say(input, message = "") {
    const place = input.closest(".tally-level").querySelector("[data-said]");
    place.hidden = !message;
    place.textContent = message;
  }
  function total(form) {
    const people = [...form.querySelectorAll("[data-level]")].reduce((sum, input) => sum + (input.valueAsNumber || 0), 0);
    form.querySelector("[data-total]").textContent = words.total.replace("{people}", people).replace("{seats}", seats);
    form.querySelector("[data-too-many]").hidden = people <= seats;
  }
  function put(input) {
    input.value = Math.min(500, Math.max(0, Math.round(input.valueAsNumber) || 0));
    touched();
    say(input);
    const part = partOf(input), level = input.dataset.level;
    changes.put(part, { kind: "tally", question: questionOf(input), level, people: input.valueAsNumber, seen: seen.get(part) });
    total(input.form);
  }
  for (const form of forms) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => put(event.target));
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (!button) return;
      const input = button.parentElement.querySelector("[data-level]");
      input.value = (input.valueAsNumber || 0) + Number(button.dataset.step);
      put(input);
    });
  }
  return {
    start() {
      for (const form of forms) {
        form.querySelector("[data-plain]").hidden = true;
        for (const button of form.querySelectorAll("[data-step]")) button.hidden = false;
      }
      for (const change of changes.pending) {
        const input = inputs.find((one) => partOf(one) === change.part);
        if (input) input.value = change.people;
      }
      forms.forEach(total);
    },
    /* What the server has, except where somebody types just now or the own count is still waiting. */
    show(counts) {
      const waiting = new Set(changes.pending.map((change) => change.part));
      for (const input of inputs) {
        if (input === document.activeElement || waiting.has(partOf(input))) continue;
        input.value = counts[questionOf(input)]?.[input.dataset.level] ?? 0;
        seen.set(partOf(input), input.valueAsNumber);
      }
      forms.forEach(total);
    },
    /* Why a count does not stand, or that it took the place of somebody else's. */
    said(change, outcome, message) {
      const input = inputs.find((one) => partOf(one) === change.part);
      if (!input) return;
      say(input, message);
      if (outcome === "saved") seen.set(change.part, change.people);
    },
  };
}
