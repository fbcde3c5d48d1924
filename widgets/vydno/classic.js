// All four elements, as a classic script: browsers load no module from a file:// address.
import "./color_scheme_switch/color_scheme_switch.js";
import "./contrast_switch/contrast_switch.js";
import "./text_scale/text_scale.js";
import "./theme_switch/theme_switch.js";
