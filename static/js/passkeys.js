/* Says on the page that no key came: the person closed the browser's question, or the device knows no key. */
const failed = document.getElementById("key-failed");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("main .flash-bad")?.remove();
  document.querySelector("main h1").after(failed.content.cloneNode(true));
});
