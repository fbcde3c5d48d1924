// Blocking, in the <head> after the early script, on a page that does not follow some preferences:
// <html data-vydno-fixed="theme">. Whoever writes such a one, a script, another tab or the visitor,
// it is gone before the next paint, and its controls say that it cannot be changed here.
import PREFERENCES from "./preferences.json" with { type: "json" };
import { text, translate } from "./strings.js";
import STRINGS from "./locale/vydno.pot" with { type: "gettext" };

translate(STRINGS);

const page = document.documentElement;
const names = Object.keys(PREFERENCES);
const given = page.getAttribute("data-vydno-fixed")?.match(/\S+/g) ?? [];
const fixed = given.filter((name) => names.includes(name));
if (fixed.length < given.length) {
  reportError(new RangeError(`data-vydno-fixed="${given.join(" ")}": use ${names}`));
}
let count = 0;

function say(fieldset) {
  const sentence = document.createElement("p");
  sentence.id = `vydno-fixed-${++count}`;
  sentence.textContent = text(fieldset.closest("text-scale, theme-switch, color-scheme-switch, contrast-switch"), "fixed");
  fieldset.append(sentence);
  fieldset.setAttribute("aria-describedby", sentence.id);
  fieldset.disabled = true;
}

function hold() {
  for (const name of fixed) {
    page.removeAttribute(`data-${name}`);
    document.querySelectorAll(`:is(${name}, ${name}-switch) fieldset:enabled`).forEach(say);
  }
}

if (fixed.length) {
  hold();
  new MutationObserver(hold).observe(page, {
    attributeFilter: fixed.map((name) => `data-${name}`),
    childList: true,
    subtree: true,
  });
  addEventListener("preference-change", (event) => fixed.includes(event.detail.name) && event.preventDefault(), true);
}
