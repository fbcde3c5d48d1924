import { PreferenceElement, define, make } from "../preference_element.js";
import { get } from "../preferences.js";
import PREFERENCES from "../preferences.json" with { type: "json" };
import { text, translate } from "../strings.js";
import TEXT_SCALE from "../locale/vydno.pot" with { type: "gettext" };

const LETTERS = { larger: "A+", reset: "A", smaller: "A−" };

/** The size that each command leads to from `value`; none at the end. */
function sizes(value) {
  const values = PREFERENCES["text-scale"];
  const index = values.indexOf(value);
  return { larger: values[index + 1], reset: "100", smaller: values[index - 1] };
}

/** `<text-scale>`: A+ A A−. The buttons are commands; what they led to stands beside them. */
class TextScaleElement extends PreferenceElement {
  preference = "text-scale";

  controls() {
    const buttons = this.words("order", Object.keys(LETTERS)).map((value) =>
      Object.assign(make("button", LETTERS[value]), { name: this.preference, value, ariaLabel: text(this, value) }),
    );
    return [...buttons, make("p"), make("p")];
  }

  /** @param {SubmitEvent} event */
  choose({ submitter }) {
    const value = get(this.preference);
    this.set(sizes(value)[submitter?.value] ?? value);
  }

  /**
   * @param {string} value percent
   * @param {boolean} [spoken] whether the visitor did it here: nobody else's change is announced
   */
  render(value, spoken) {
    const next = sizes(value);
    const [shown, announced] = this.querySelectorAll("p");
    const phrase = next.larger ? (next.smaller ? "size" : "smallest") : "largest";
    const said = text(this, phrase).replace("{}", value);
    for (const button of this.querySelectorAll("button")) button.ariaDisabled = !next[button.value];
    if (!spoken && shown.textContent + announced.textContent === said) return;
    // One of the two has the words. A region that becomes live when its text changes is not heard in
    // Firefox, and one that has text from the start is read out by Chromium while the page loads.
    announced.ariaLive = "polite";
    announced.textContent = spoken ? said : "";
    shown.textContent = spoken ? "" : said;
  }
}

translate(TEXT_SCALE);
define("text-scale", TextScaleElement);
