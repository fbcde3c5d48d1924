/**
 * @param {string} given
 * @param {string[]} allowed
 * @param {string} what
 * @throws {RangeError} that lists what is allowed
 */
export function check(given, allowed, what) {
  if (!allowed.includes(given)) throw new RangeError(`${what}="${given}": use ${allowed}`);
}

/**
 * What the absence of the attribute means: the visitor's own text size, the site's or system's own.
 * @param {string} name
 */
export const initial = (name) => (name === "text-scale" ? "100" : "");
