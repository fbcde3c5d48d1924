// The elements in the markup of Svelte 5: import type {} from "vydno/svelte";
import type { HTMLAttributes } from "svelte/elements";
import type { PreferenceEvent } from "./vydno.js";
import type { ColorSchemeSwitchAttributes, ColorSchemeSwitchElement } from "./color-scheme-switch.js";
import type { ContrastSwitchAttributes, ContrastSwitchElement } from "./contrast-switch.js";
import type { TextScaleAttributes, TextScaleElement } from "./text-scale.js";
import type { ThemeSwitchAttributes, ThemeSwitchElement } from "./theme-switch.js";

interface Events {
  /** before the choice holds; `preventDefault()` keeps things as they are */
  "onpreference-change"?: (event: PreferenceEvent) => void;
  /** after */
  "onpreference-changed"?: (event: PreferenceEvent) => void;
}

type Props<Element extends EventTarget, Attributes> = HTMLAttributes<Element> & Attributes & Events;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "color-scheme-switch": Props<ColorSchemeSwitchElement, ColorSchemeSwitchAttributes>;
    "contrast-switch": Props<ContrastSwitchElement, ContrastSwitchAttributes>;
    "text-scale": Props<TextScaleElement, TextScaleAttributes>;
    "theme-switch": Props<ThemeSwitchElement, ThemeSwitchAttributes>;
  }
}
