/* Somebody took everything back on another phone: then what this one still keeps of them is deleted too, and the page says
   so. Only the server's word that it was erased counts: a code that is dead for another reason deletes nothing. */
import { forget, owners } from "./queue.js";

const settings = document.querySelector("meta[name=integra-worker]")?.dataset;
const here = document.querySelector("[data-owner]")?.dataset.owner;

async function answerFor(owner) {
  try {
    const response = await fetch(settings.erased, { cache: "no-store", headers: { "X-Owner": owner } });
    /* The page of some network that wants to be signed in to is no answer. */
    return response.ok && response.headers.has("X-Integra") ? await response.json() : {};
  } catch {
    return {};
  }
}
function say(owner, message) {
  const note = document.getElementById("erased");
  note.textContent = message;
  note.hidden = false;
  /* Nothing more can be given on a page of theirs. */
  const others = [...note.parentElement.children, ...document.querySelectorAll(".phonebar")].filter((one) => one !== note);
  if (owner === here) for (const other of others) other.hidden = true;
  note.focus();
}

/* Asks whether this person took everything back, and then deletes all that is kept of them here. Resolves to whether. */
export async function letGo(owner) {
  if (!owner || !settings?.erased) return false;
  const { erased, message } = await answerFor(owner);
  if (erased !== true) return false;
  await forget(owner);
  say(owner, message);
  return true;
}

/* Those whose page this is not: nothing of theirs is sent from here, so nothing else would tell. */
async function letOthersGo() {
  for (const owner of await owners()) if (owner !== here) await letGo(owner);
}
addEventListener("online", letOthersGo);
letOthersGo();
