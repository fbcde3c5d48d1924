// The elements in the templates of Vue 3: import type {} from "vydno/vue";
import type { HTMLAttributes, PublicProps } from "vue";
import type { PreferenceEvent } from "./vydno.js";
import type { ColorSchemeSwitchAttributes } from "./color-scheme-switch.js";
import type { ContrastSwitchAttributes } from "./contrast-switch.js";
import type { TextScaleAttributes } from "./text-scale.js";
import type { ThemeSwitchAttributes } from "./theme-switch.js";

interface Events {
  /** before the choice holds; `preventDefault()` keeps things as they are */
  "onPreferenceChange"?: (event: PreferenceEvent) => void;
  /** after */
  "onPreferenceChanged"?: (event: PreferenceEvent) => void;
}

type Component<Attributes> = new () => { $props: HTMLAttributes & PublicProps & Attributes & Events };

declare module "vue" {
  interface GlobalComponents {
    "color-scheme-switch": Component<ColorSchemeSwitchAttributes>;
    "contrast-switch": Component<ContrastSwitchAttributes>;
    "text-scale": Component<TextScaleAttributes>;
    "theme-switch": Component<ThemeSwitchAttributes>;
  }
}
