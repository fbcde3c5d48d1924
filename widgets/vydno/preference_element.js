import { get, set, subscribe } from "./preferences.js";
import { text } from "./strings.js";
import { check } from "./values.js";

/**
 * Make an element. Text stays text: nothing here is ever parsed as markup.
 * @param {string} name
 * @param {...(Node | string)} children
 */
export function make(name, ...children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

/**
 * A form in the light DOM that shows one preference and changes it. A form that came with the page
 * is kept as it is; an empty element draws its own.
 *
 * A member of the family names its `preference`, draws its `controls()`, shows the present value in
 * `render(value)`, and answers the form's events in `choose(event)`.
 */
export class PreferenceElement extends HTMLElement {
  #unsubscribe;

  connectedCallback() {
    if (!this.querySelector("form")) {
      const legend = make("legend");
      const group = make("fieldset", legend, make("div", ...this.controls()));
      // The group's name, once for the ear and once for the eye: see _form.jinja.
      legend.textContent = group.ariaLabel = this.getAttribute("label") ?? text(this, this.localName);
      legend.ariaHidden = true;
      this.append(make("form", group));
    }
    this.addEventListener("change", this);
    this.addEventListener("submit", this);
    const update = () => this.render(get(this.preference));
    this.#unsubscribe = subscribe(update);
    update();
  }

  disconnectedCallback() {
    this.#unsubscribe();
  }

  /** @param {Event} event */
  handleEvent(event) {
    event.preventDefault(); // of a submit; nothing else here can be prevented
    this.choose(event);
  }

  /**
   * Choose for the visitor, and show what holds now: a listener may have prevented it.
   * @param {string} value
   */
  set(value) {
    set(this.preference, value, this);
    this.render(get(this.preference), true);
  }

  /**
   * The words of an attribute; if it is missing or has a wrong one, all that are allowed.
   * @param {string} name
   * @param {string[]} allowed
   */
  words(name, allowed) {
    const words = this.getAttribute(name)?.match(/\S+/g) ?? allowed;
    try {
      for (const word of words) check(word, allowed, name);
      return words;
    } catch (error) {
      reportError(error);
      return allowed;
    }
  }
}

/**
 * Register an element once the page is read, for until then its form may be on the way; and not
 * where the page has one of that name already.
 * @param {string} name
 * @param {CustomElementConstructor} elementClass
 */
export function define(name, elementClass) {
  const register = () => customElements.get(name) || customElements.define(name, elementClass);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", register);
  else register();
}
