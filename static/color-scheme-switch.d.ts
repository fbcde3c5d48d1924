import type {} from "./vydno.js";

/** Light, dark, or as the system says: a radio for each, that looks like the page as it would be. */
export interface ColorSchemeSwitchElement extends HTMLElement {}

/** The attributes of `<color-scheme-switch>`, read when it draws itself. */
export interface ColorSchemeSwitchAttributes {
  /** which values, in which order: words of `light dark` */
  "values"?: string;
  /** what rules while nothing is chosen: one of the values, or `system`, for which there is one more radio */
  "default"?: "light" | "dark" | "system";
  /** the group's name */
  "label"?: string;
  /** the visible name of `system` */
  "system"?: string;
  /** the visible name of `light` */
  "light"?: string;
  /** the visible name of `dark` */
  "dark"?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "color-scheme-switch": ColorSchemeSwitchElement;
  }
}
