// Of all scripts of a page: lang/<tag>.js adds to the same, before them or after. Under a symbol,
// for under a name an element of the page could stand.
const place = Symbol.for("vydno");
globalThis[place] ??= {};
const catalogues = globalThis[place];

/**
 * Add texts. Elements that are drawn from then on speak them.
 * @param {Record<string, Record<string, string>>} texts language to key to text; a language is a
 *   BCP 47 tag in lower case
 */
export function translate(texts) {
  for (const tag in texts) catalogues[tag] = { ...catalogues[tag], ...texts[tag] };
}

/**
 * A text of an element: its attribute of that name, or that of the nearest catalogue which has it:
 * along the tag of its language from its end, then English. What none has is its own text: a new
 * theme's name.
 * @param {Element} element
 * @param {string} key
 */
export function text(element, key) {
  let tag = element.closest("[lang]")?.lang.toLowerCase();
  while (tag && !catalogues[tag]?.[key]) tag = tag.replace(/-?[^-]*$/, "");
  return element.getAttribute(key) ?? catalogues[tag]?.[key] ?? catalogues.en[key] ?? key;
}
