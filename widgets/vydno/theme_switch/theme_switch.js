import { ChoiceElement } from "../choice_element.js";
import { define } from "../preference_element.js";
import { translate } from "../strings.js";
import THEME_SWITCH from "../locale/vydno.pot" with { type: "gettext" };

/** `<theme-switch>`: blue, green, orange, red. */
class ThemeSwitchElement extends ChoiceElement {
  preference = "theme";
  decides = "site";
}

translate(THEME_SWITCH);
define("theme-switch", ThemeSwitchElement);
