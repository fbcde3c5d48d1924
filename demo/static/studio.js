// A change of a field is asked of the server at once. What comes back replaces what differs, so that
// focus, scroll and whatever stayed the same are left alone; the address says what is shown.
const form = document.querySelector(".settings");
const PARTS = ["views", "hidden", "result"];
const PATIENCE = 120; // ms: while a slider moves, not every step is asked for

/** Text becomes markup nowhere: the browser reads the answer as a document by itself. */
function ask(address) {
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.open("GET", address);
  request.onload = () => request.response && show(request.response);
  request.send();
  return request;
}

function show(page) {
  for (const id of PARTS) morph(document.getElementById(id), page.getElementById(id));
  const { address } = document.getElementById("result").dataset;
  history.replaceState(null, "", address);
  const language = page.querySelector("a.language");
  morph(document.querySelector("a.language"), language);
}

/**
 * Make one node what another is, with as little change as its shape allows.
 * @param {Node} old
 * @param {Node} fresh
 */
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const alike =
    old.nodeName === fresh.nodeName && old.childNodes.length === fresh.childNodes.length && old.nodeName !== "IFRAME";
  if (!alike) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old instanceof Text) {
    old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const pairs = [...old.childNodes].map((child, place) => [child, fresh.childNodes[place]]);
  for (const [child, other] of pairs) morph(child, other);
}

let request;
let timer;

function changed({ target }) {
  const output = form.querySelector(`output[for="${target.id}"]`);
  if (output) output.textContent = new Intl.NumberFormat(document.documentElement.lang).format(target.value);
  clearTimeout(timer);
  timer = setTimeout(send, PATIENCE);
}

function send() {
  if (!form.checkValidity()) return;
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  // Half of a colour that is tried is none yet.
  if (!fields.has("role") || !fields.has("colour")) for (const name of ["role", "colour"]) fields.delete(name);
  request?.abort();
  request = ask(`${form.getAttribute("action")}?${fields}`);
}

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
form.classList.add("is-live");
