/* The token that a changing request made by script has to carry. htmx reads the same attribute by itself. */
export const csrfToken = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

/* fetch() for a change: JSON in, with the token. */
export const send = (url, body, method = "POST") =>
  fetch(url, {
    method,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
  });
