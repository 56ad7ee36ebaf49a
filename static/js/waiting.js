/* What is on this device alone: how much waits to be sent, and what the server would not take, with its words, until the
   person deletes it; and that something went because it was taken back elsewhere. */
import { discard } from "./changes.js";
import { all, waiting } from "./queue.js";

const line = document.querySelector("[data-waiting]"), undecided = document.querySelector("[data-undecided]");
const list = document.querySelector("[data-refused]");
function build({ uuid, refused, content }) {
  const row = document.getElementById("refused-change").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-why]").textContent = refused;
  row.querySelector("[data-what]").textContent = ["title", "text", "comment", "suggestion", "location"]
    .map((name) => content[name]).filter(Boolean).join(" · ") || String(content.value ?? "");
  row.querySelector("button").addEventListener("click", async () => {
    await discard(uuid);
    list.parentElement.focus();
  });
  return row;
}
async function draw() {
  const owner = line.dataset.waiting, { answers, photos, refused: photosRefused } = await waiting(owner);
  line.hidden = !answers && !photos;
  for (const [name, number] of Object.entries({ answers, photos })) {
    const place = line.querySelector(`[data-${name}]`);
    place.hidden = !number;
    place.querySelector("b").textContent = number;
  }
  undecided.hidden = !photosRefused;
  undecided.querySelector("b").textContent = photosRefused;
  const refused = (await all("changes").catch(() => [])).filter((change) => change.owner === owner && change.refused);
  if (list.children.length !== refused.length) list.replaceChildren(...refused.map(build));
  list.parentElement.hidden = !refused.length;
}
const gone = document.querySelector("[data-gone]");
document.addEventListener("integra:gone", ({ detail }) => {
  if (!gone || !detail) return;
  gone.hidden = false;
  gone.textContent = detail;
});
if (line) {
  document.addEventListener("integra:kept", draw);
  draw();
}
