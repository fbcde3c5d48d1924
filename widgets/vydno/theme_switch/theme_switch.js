import { PreferenceElement, define, make } from "../preference_element.js";
import PREFERENCES from "../preferences.json" with { type: "json" };
import { text } from "../strings.js";

/** `<theme-switch>`: blue, green, orange, red. Each radio wears the theme that it stands for. */
class ThemeSwitchElement extends PreferenceElement {
  preference = "theme";

  controls() {
    const themes = this.words("themes", PREFERENCES.theme);
    // What the page wears while nothing is chosen: one of the themes, or what the site has of its own.
    const [initial] = this.words("default", ["site", ...themes]);
    return (themes.includes(initial) ? themes : [initial, ...themes]).map((theme) => {
      const value = theme === initial ? "" : theme;
      const radio = Object.assign(make("input"), { type: "radio", name: this.preference, value });
      radio.dataset.theme = theme;
      return make("label", radio, text(this, theme));
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
      radio.checked = value ? radio.dataset.theme === value : !radio.value;
    }
  }
}

define("theme-switch", ThemeSwitchElement);
