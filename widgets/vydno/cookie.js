import PREFERENCES from "./preferences.json" with { type: "json" };

/**
 * What the cookie `vydno` holds, as pairs of name and value. It is asked for what the list knows,
 * so nothing else can come out of it.
 */
export function* stored() {
  try {
    const pairs = new URLSearchParams(document.cookie.match(/(^|; )vydno=([^;]*)/)[2]);
    for (const name in PREFERENCES) {
      const value = pairs.get(name);
      if (PREFERENCES[name].includes(value)) yield [name, value];
    }
  } catch {
    // No such cookie; or a sandboxed page, where reading any throws.
  }
}
