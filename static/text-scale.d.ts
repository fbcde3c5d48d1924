import type {} from "./vydno.js";

/** A+ A A−: three buttons that size the page's text in percent of the visitor's own font size, and what they led to in words. At either end a button stays in the order of Tab and is `aria-disabled`. The result is announced when the visitor changed it here, and not when another tab did. */
export interface TextScaleElement extends HTMLElement {}

/** The attributes of `<text-scale>`, read when it draws itself. */
export interface TextScaleAttributes {
  /** the buttons, words of `larger reset smaller` */
  "order"?: string;
  /** the group's name */
  "label"?: string;
  /** the name of A+ */
  "larger"?: string;
  /** the name of A */
  "reset"?: string;
  /** the name of A− */
  "smaller"?: string;
  /** what is said after a press; `{}` stands for the number of percent */
  "size"?: string;
  /** the same at the largest size */
  "largest"?: string;
  /** the same at the smallest size */
  "smallest"?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "text-scale": TextScaleElement;
  }
}
