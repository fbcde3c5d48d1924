const catalogues = {};

/**
 * Add texts. Elements that are drawn from then on speak them.
 * @param {Record<string, Record<string, string>>} texts language to key to text; a language is a
 *   BCP 47 tag in lower case
 */
export function translate(texts) {
  for (const tag in texts) catalogues[tag] = { ...catalogues[tag], ...texts[tag] };
}

/**
 * A text of an element: its attribute of that name, or one of the catalogue nearest to its language:
 * along the tag from its end, then English. What no catalogue has is its own text: a new theme's name.
 * @param {Element} element
 * @param {string} key
 */
export function text(element, key) {
  let tag = element.closest("[lang]")?.lang.toLowerCase();
  while (tag && !catalogues[tag]) tag = tag.replace(/-?[^-]*$/, "");
  return element.getAttribute(key) ?? catalogues[tag]?.[key] ?? catalogues.en[key] ?? key;
}
