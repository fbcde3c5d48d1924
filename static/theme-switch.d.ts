import type {} from "./vydno.js";

/** Blue, green, orange, red: a radio for each theme, in that theme's colour, with its name, and with a tick that is not colour when it is chosen. It applies at once and moves nothing. */
export interface ThemeSwitchElement extends HTMLElement {}

/** The attributes of `<theme-switch>`, read when it draws itself. */
export interface ThemeSwitchAttributes {
  /** which values, in which order: words of `blue green orange red` */
  "values"?: string;
  /** what rules while nothing is chosen: one of the values, or `site`, for which there is one more radio */
  "default"?: "blue" | "green" | "orange" | "red" | "site";
  /** the group's name */
  "label"?: string;
  /** the visible name of `site` */
  "site"?: string;
  /** the visible name of `blue` */
  "blue"?: string;
  /** the visible name of `green` */
  "green"?: string;
  /** the visible name of `orange` */
  "orange"?: string;
  /** the visible name of `red` */
  "red"?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "theme-switch": ThemeSwitchElement;
  }
}
