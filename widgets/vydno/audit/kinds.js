// What of a page cannot have changed from one variant to the next, so that axe need not be asked
// again: a fingerprint of its layout, and the kinds of coloured text.
(() => {
  const KEY = Symbol.for("vydno.kinds");
  if (window[KEY]) return;

  // FNV-1a: short, quick, and even enough to tell a few thousand texts apart.
  const START = 0x811c9dc5;
  function mix(hash, text) {
    let mixed = hash;
    for (let index = 0; index < text.length; index++)
      mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
    return mixed;
  }

  /** Equal for two variants in which every element is the same, as large, and in the same place. */
  function layout() {
    let first = START;
    let second = 0;
    let count = 0;
    let simple = true;
    for (const element of document.querySelectorAll("*")) {
      count++;
      if (element.shadowRoot || element.localName === "iframe" || element.localName === "frame") simple = false;
      const { x, y, width, height } = element.getBoundingClientRect();
      const seen = element.checkVisibility({ visibilityProperty: true });
      const text = `${element.localName} ${x} ${y} ${width} ${height} ${seen}`;
      first = mix(first, text);
      second = mix(second, `${text}${element.attributes.length}`);
    }
    return { simple, print: `${count} ${first} ${second}` };
  }

  const COLOURS = [
    "color",
    "backgroundColor",
    "backgroundImage",
    "opacity",
    "filter",
    "mixBlendMode",
    "textShadow",
    "fontSize",
    "fontWeight",
    "textDecorationLine",
    "textDecorationColor",
    "borderBottomStyle",
    "borderBottomColor",
    "outlineStyle",
  ];
  const CONTROLS = "input,select,textarea,button";

  /** Of each kind of coloured text one element's selector. Texts of a kind have the same colours,
   * and so has all that lies behind them. */
  function kinds({ known }) {
    const hashes = new Map();
    const placed = [];
    const found = new Map();
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const own = COLOURS.map((name) => style[name]).join("|");
      const hash = mix(hashes.get(element.parentElement) ?? START, own);
      hashes.set(element, hash);
      if (style.position !== "static" || style.float !== "none") placed.push([element, own]);
      if (hasText(element) || element.matches(CONTROLS)) found.set(element, hash);
    }
    groups = new Map();
    for (const [element, hash] of found) {
      const kind = `${mix(hash, behind(element, placed))} ${element.localName}`;
      if (!groups.has(kind)) groups.set(kind, []);
      groups.get(kind).push(element);
    }
    const fresh = [...groups].filter(([kind]) => !known.includes(kind));
    return fresh.map(([kind, [first]]) => [kind, path(first)]);
  }

  // Those of the last call.
  let groups = new Map();
  const path = (element) => window[Symbol.for("vydno.audit")].path(element);

  /** The selectors of all that is of a kind with what the selectors find. */
  function alike(selectors) {
    const wanted = new Set(selectors.map((selector) => document.querySelector(selector)));
    return [...groups.values()].filter((group) => group.some((element) => wanted.has(element))).flat().map(path);
  }

  function hasText(element) {
    for (let node = element.firstChild; node; node = node.nextSibling)
      if (node.nodeType === 3 && node.data.trim()) return true;
    return false;
  }

  // What is placed by itself may lie under or over what it does not contain.
  function behind(element, placed) {
    const box = element.getBoundingClientRect();
    let colours = "";
    for (const [other, own] of placed) {
      const there = other.getBoundingClientRect();
      if (there.left < box.right && there.right > box.left && there.top < box.bottom && there.bottom > box.top)
        colours += own;
    }
    return colours;
  }

  Object.defineProperty(window, KEY, { value: Object.freeze({ layout, kinds, alike }) });
})();
