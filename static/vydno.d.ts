import type {} from "./text-scale.js";
import type {} from "./theme-switch.js";

/** What can be preferred, and the values that a visitor can choose. */
export interface Choices {
  "text-scale": "90" | "100" | "110" | "125" | "150" | "175" | "200";
  "theme": "blue" | "green" | "orange" | "red";
  "color-scheme": "light" | "dark";
  "contrast": "more" | "normal";
}

export type PreferenceName = keyof Choices;

/** What holds: `""` where the site or the system decides. */
export type PreferenceValue<Name extends PreferenceName> = Name extends "text-scale"
  ? Choices[Name]
  : Choices[Name] | "";

/** The `detail` of both events. */
export type PreferenceChange = {
  [Name in PreferenceName]: {
    readonly name: Name;
    readonly value: PreferenceValue<Name>;
    readonly previousValue: PreferenceValue<Name>;
  };
}[PreferenceName];

export type PreferenceEvent = CustomEvent<PreferenceChange>;

/**
 * The value of a preference: the attribute on `<html>`, or the default where that is absent.
 * @returns `""` means that the site or the system decides
 */
export function get<Name extends PreferenceName>(name: Name): PreferenceValue<Name>;

/**
 * Take one preference, or all of them, back to the default.
 */
export function reset(name?: PreferenceName): void;

/**
 * Choose a value: ask, write the attribute and the cookie, tell the other tabs, report.
 * @param value `""` for the default
 * @param target where the two events start
 */
export function set<Name extends PreferenceName>(name: Name, value: Choices[Name] | "", target?: EventTarget): void;

/**
 * Be told of every change, wherever it came from: a control, a script, another tab.
 * @returns ends the subscription
 */
export function subscribe(callback: () => void): () => void;

/**
 * Add texts. Elements that are drawn from then on speak them.
 * @param texts language to key to text; a language is a BCP 47 tag in lower case
 */
export function translate(texts: Record<string, Record<string, string>>): void;

declare global {
  interface GlobalEventHandlersEventMap {
    /** before the choice holds; `preventDefault()` keeps things as they are */
    "preference-change": PreferenceEvent;
    /** after */
    "preference-changed": PreferenceEvent;
  }
}
