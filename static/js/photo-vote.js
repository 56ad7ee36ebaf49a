/* Sorting photos on a phone: says when there is no connection, before the browser leaves the page and what was written
   there, and takes what was written along into another language. Without this module the form is an ordinary one. */
const notice = document.getElementById("no-connection");
const PATIENCE = 5_000;

/* A page of some other network does not carry the server's own mark. */
async function connected() {
  try {
    const answer = await fetch(notice.dataset.probe, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.headers.has("X-Integra");
  } catch {
    return false;
  }
}

let sure = false;
document.addEventListener("submit", async (event) => {
  const form = event.target, { submitter } = event;
  if (sure || !form.matches("[data-online]")) return;
  event.preventDefault();
  notice.hidden = true;
  if (await connected()) {
    sure = true;
    form.requestSubmit(submitter);
    sure = false;
  } else {
    notice.hidden = false;
    notice.focus();
  }
});

const box = document.querySelector("[data-online] textarea"), WRITTEN = `integra:remark:${location.pathname}`;
try {
  box.value ||= sessionStorage.getItem(WRITTEN) ?? "";
  sessionStorage.removeItem(WRITTEN);
  for (const link of document.querySelectorAll(".langs a")) {
    link.addEventListener("click", () => sessionStorage.setItem(WRITTEN, box.value));
  }
} catch { /* private windows may refuse it */ }
