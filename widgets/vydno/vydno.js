// Both elements, and the few functions with which a page's own scripts join in.
import "./theme_switch/theme_switch.js";
import "./text_scale/text_scale.js";

export { get, reset, set, subscribe } from "./preferences.js";
export { translate } from "./strings.js";
