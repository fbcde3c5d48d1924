// What `import "vydno"` means where a framework draws its pages on a server: the same functions, and
// no visitor. Elements draw themselves in the browser, or come drawn from a door.
import { check, initial } from "./values.js";
import PREFERENCES from "./preferences.json" with { type: "json" };

export function get(name) {
  check(name, Object.keys(PREFERENCES), "name");
  return initial(name);
}

export function set(name) {
  throw new Error(`${name}: a server has nobody to choose for; set the cookie, or call this in the browser`);
}

export function reset(name = "reset") {
  set(name);
}

export function subscribe() {
  return () => {};
}

export function translate() {}
