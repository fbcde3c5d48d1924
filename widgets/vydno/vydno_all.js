// All four elements.
import "./color_scheme_switch/color_scheme_switch.js";
import "./contrast_switch/contrast_switch.js";
import "./text_scale/text_scale.js";
import "./theme_switch/theme_switch.js";

export { get, reset, set, subscribe } from "./preferences.js";
export { translate } from "./strings.js";
