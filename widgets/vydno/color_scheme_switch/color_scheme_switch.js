import { ChoiceElement } from "../choice_element.js";
import { define } from "../preference_element.js";
import { translate } from "../strings.js";
import COLOR_SCHEME_SWITCH from "../locale/vydno.pot" with { type: "gettext" };

/** `<color-scheme-switch>`: light, dark, or as the system says. */
class ColorSchemeSwitchElement extends ChoiceElement {
  preference = "color-scheme";
  decides = "system";
}

translate(COLOR_SCHEME_SWITCH);
define("color-scheme-switch", ColorSchemeSwitchElement);
