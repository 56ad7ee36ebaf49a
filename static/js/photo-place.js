/* Fills in where a photo is taken, when the person presses the button. The place leaves the phone rounded to three
   decimals of a degree, about 100 metres; without this module no place is asked for. */
const place = document.querySelector("[data-place]");
const set = place.querySelector("[data-place-set]"), drop = place.querySelector("[data-place-drop]");
const said = place.querySelector("[data-place-said]");
const fields = ["latitude", "longitude"].map((name) => document.getElementById(`id_${name}`));

function draw(words = "") {
  const there = fields.every((field) => field.value !== "");
  set.hidden = there || !("geolocation" in navigator);
  drop.hidden = !there;
  said.textContent = there ? place.dataset.set : words;
}
function fill(...values) {
  fields.forEach((field, index) => {
    field.value = values[index];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

for (const field of fields) field.addEventListener("input", () => draw());
set.addEventListener("click", () => {
  set.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      fill(coords.latitude.toFixed(3), coords.longitude.toFixed(3));
      set.disabled = false;
      draw();
      drop.focus();
    },
    () => {
      set.disabled = false;
      draw(place.dataset.failed);
    },
    { timeout: 20_000, maximumAge: 60_000 },
  );
});
drop.addEventListener("click", () => {
  fill("", "");
  draw();
  set.focus();
});
draw();
