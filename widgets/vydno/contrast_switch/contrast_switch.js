import { ChoiceElement } from "../choice_element.js";
import { define } from "../preference_element.js";
import { translate } from "../strings.js";
import CONTRAST_SWITCH from "../locale/vydno.pot" with { type: "gettext" };

/** `<contrast-switch>`: more contrast, normal contrast, or as the system says. */
class ContrastSwitchElement extends ChoiceElement {
  preference = "contrast";
  decides = "system";
}

translate(CONTRAST_SWITCH);
define("contrast-switch", ContrastSwitchElement);
