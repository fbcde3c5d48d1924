import type {} from "./vydno.js";

/** More contrast, normal contrast, or as the system says. Every theme has a variant of more contrast in light and in dark. */
export interface ContrastSwitchElement extends HTMLElement {}

/** The attributes of `<contrast-switch>`, read when it draws itself. */
export interface ContrastSwitchAttributes {
  /** which values, in which order: words of `more normal` */
  "values"?: string;
  /** what rules while nothing is chosen: one of the values, or `system`, for which there is one more radio */
  "default"?: "more" | "normal" | "system";
  /** the group's name */
  "label"?: string;
  /** the visible name of `system` */
  "system"?: string;
  /** the visible name of `more` */
  "more"?: string;
  /** the visible name of `normal` */
  "normal"?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "contrast-switch": ContrastSwitchElement;
  }
}
