import en from "./locales/en.json" with { type: "json" };
import uk from "./locales/uk.json" with { type: "json" };

const catalogues = { __proto__: null, en, uk };

/**
 * Add a language; what it lacks is English. Elements that are drawn from then on speak it.
 * @param {string} language a BCP 47 tag, in lower case
 * @param {Record<string, string>} catalogue key to text
 */
export function translate(language, catalogue) {
  catalogues[language] = { ...en, ...catalogue };
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
  return element.getAttribute(key) ?? catalogues[tag || "en"][key] ?? key;
}
