import { PreferenceElement, make } from "./preference_element.js";
import PREFERENCES from "./preferences.json" with { type: "json" };
import { text } from "./strings.js";

/**
 * One of several values, as radios. Each radio wears what it stands for.
 *
 * A member names its `preference`, and what `decides` while nothing is
 * chosen: the site, or the system.
 */
export class ChoiceElement extends PreferenceElement {
  controls() {
    const values = this.words("values", PREFERENCES[this.preference]);
    const [initial] = this.words("default", [this.decides, ...values]);
    return (values.includes(initial) ? values : [initial, ...values]).map((each) => {
      const value = each === initial ? "" : each;
      const radio = Object.assign(make("input"), { name: this.preference, type: "radio", value });
      radio.setAttribute("data-" + this.preference, each);
      return make("label", radio, text(this, each));
    });
  }

  /** @param {Event} event */
  choose({ target }) {
    // A submit, by Enter in a radio, has nothing to add.
    if (target.name === this.preference) this.set(target.value);
  }

  /** @param {string} value */
  render(value) {
    for (const radio of this.querySelectorAll("input[type=radio]")) {
      radio.checked = value ? radio.getAttribute("data-" + this.preference) === value : !radio.value;
    }
  }
}
