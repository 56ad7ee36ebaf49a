/* After a failed save the focus goes to the error summary, on a whole page and in a part that htmx put in.
   Where htmx gets no usable answer, the page says so; the line stays until the next request. */
import "./csrf.js";

const summary = (within) => within.querySelector("#errors")?.focus();
summary(document);
document.addEventListener("htmx:afterSettle", (event) => summary(event.detail.elt));

export function failed(status) {
  const line = document.getElementById(status === 401 ? "failure-signed-out" : "failure-other");
  document.getElementById("failure").replaceChildren(line.content.cloneNode(true));
}
document.addEventListener("htmx:beforeRequest", () => document.getElementById("failure").replaceChildren());
document.addEventListener("htmx:responseError", (event) => failed(event.detail.xhr.status));
document.addEventListener("htmx:sendError", () => failed(0));
