import type {} from "./color-scheme-switch.js";
import type {} from "./contrast-switch.js";
import type {} from "./text-scale.js";
import type {} from "./theme-switch.js";

export * from "./vydno.js";
