// Both elements, and the few functions with which a page's own scripts join in.
import "./text_scale/text_scale.js";
import "./theme_switch/theme_switch.js";

export { get, reset, set, subscribe } from "./preferences.js";
export { translate } from "./strings.js";
