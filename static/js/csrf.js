/* The token that a changing request has to carry. Signing in in another window gives a new one, so it is read from the
   cookie when something is sent, and not from the page that was opened before. */
const COOKIE = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/;
export const csrfToken = () =>
  document.cookie.match(COOKIE)?.[1] ?? JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

document.addEventListener("submit", (event) => {
  const field = event.target.elements.namedItem("csrfmiddlewaretoken");
  if (field) field.value = csrfToken();
});
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrfToken(); });
