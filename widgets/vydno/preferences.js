import PREFERENCES from "./preferences.json" with { type: "json" };
import { check, initial } from "./values.js";
import { stored } from "./cookie.js";

const root = document.documentElement;
const names = Object.keys(PREFERENCES);
const attribute = (name) => "data-" + name;

/**
 * The value of a preference: the attribute on `<html>`, or the default where that is absent.
 * @param {string} name
 * @returns {string} `""` means that the site or the system decides
 */
export function get(name) {
  check(name, names, "name");
  const value = root.getAttribute(attribute(name));
  return PREFERENCES[name].includes(value) ? value : initial(name);
}

/**
 * Choose a value: ask, write the attribute and the cookie, tell the other tabs, report.
 * @param {string} name
 * @param {string} value `""` for the default
 * @param {EventTarget} [target] where the two events start
 */
export function set(name, value, target = root) {
  const previousValue = get(name);
  value = `${value || initial(name)}`;
  if (value) check(value, PREFERENCES[name], name);
  if (value === previousValue) return;
  const detail = { name, value, previousValue };
  const fire = (type, cancelable) =>
    target.dispatchEvent(new CustomEvent(type, { bubbles: true, cancelable, detail }));
  if (!fire("preference-change", true)) return;
  write(name, value);
  store(name, value);
  channel?.postMessage([name, value]);
  fire("preference-changed");
}

/**
 * Take one preference, or all of them, back to the default.
 * @param {string} [name]
 */
export function reset(name) {
  for (const each of name ? [name] : names) set(each, "");
}

/**
 * Be told of every change, wherever it came from: a control, a script, another tab.
 * @param {() => void} callback
 * @returns {() => void} ends the subscription
 */
export function subscribe(callback) {
  const observer = new MutationObserver(() => callback());
  observer.observe(root, { attributeFilter: names.map(attribute) });
  return () => observer.disconnect();
}

// The default, and whatever is no value, is the absence of the attribute.
function write(name, value) {
  if (value !== initial(name) && PREFERENCES[name].includes(value)) root.setAttribute(attribute(name), value);
  else root.removeAttribute(attribute(name));
}

// The cookie is read again before it is written: another tab may have changed another preference.
function store(name, value) {
  const pairs = new URLSearchParams([...stored()]);
  if (value === initial(name)) pairs.delete(name);
  else pairs.set(name, value);
  const age = pairs.size ? 31536000 : 0; // one year, as the server says it; or gone
  const secure = location.protocol === "https:" ? "; Secure" : "";
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is for secure pages only
    document.cookie = `vydno=${pairs}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  } catch {
    // A sandboxed frame: the choice holds for this page.
  }
}

// On load, a page that neither the server nor the early script made right. When it comes back as it
// was left, also what has gone from the cookie since.
function follow({ persisted }) {
  const chosen = new Map(stored());
  for (const name of persisted ? names : chosen.keys()) write(name, chosen.get(name));
}
follow({});
addEventListener("pageshow", follow);

let channel;
try {
  channel = new BroadcastChannel("vydno");
  // What holds already is not written again: a second copy of this module in the page hears the first.
  channel.onmessage = ({ data: [name, value] }) => names.includes(name) && get(name) !== value && write(name, value);
} catch {
  // Storage is blocked: this tab is alone.
}
