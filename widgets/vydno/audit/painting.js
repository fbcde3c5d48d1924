// What elements would be painted with: asked of the browser by `painting.py`, one trip a question.
({ ask, ...asked }) => {
  const nodes = window[Symbol.for("vydno.audit")].nodes();
  const PROPERTIES = [
    "display",
    "visibility",
    "opacity",
    "color",
    "background-color",
    "background-image",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
    "border-top-style",
    "border-right-style",
    "border-bottom-style",
    "border-left-style",
    "border-top-color",
    "border-right-color",
    "border-bottom-color",
    "border-left-color",
    "outline-style",
    "outline-width",
    "outline-color",
    "outline-offset",
    "box-shadow",
    "text-decoration-line",
    "font-weight",
    "font-style",
    "transform",
    "translate",
    "rotate",
    "scale",
    "filter",
    "clip-path",
    "mask-image",
    "appearance",
    "forced-color-adjust",
    "fill",
    "stroke",
    "stroke-width",
    "content",
    "position",
    "width",
    "height",
    "left",
    "top",
    "margin-left",
  ];

  function look(element, pseudo, names = PROPERTIES) {
    const style = getComputedStyle(element, pseudo);
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
  }

  // Colours. --------------------------------------------------------------------------------------

  /** Red, green, blue (0 to 255) and alpha of each colour; null for what is none. */
  function convert({ texts }) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return texts.map((text) => {
      if (!CSS.supports("color", text)) return null;
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = text;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    });
  }

  // Properties that take a colour, show none here, and keep it when colours are forced.
  const PROBE = ":root { flood-color: Canvas !important; stop-color: CanvasText !important }";

  /** The colours of the page's ground and of text on it. */
  const canvas = () =>
    adopting(PROBE, () => {
      const style = getComputedStyle(document.documentElement);
      return [style.floodColor, style.stopColor];
    });

  const INKLESS = `*, *::before, *::after { -webkit-text-fill-color: transparent !important;
      -webkit-text-stroke-color: transparent !important; text-decoration-color: transparent !important;
      caret-color: transparent !important }
    text, tspan { fill: transparent !important; stroke: transparent !important }`;

  /** Take the ink off all letters, their shadows left; or put it back. */
  function bare({ on }) {
    for (const root of roots()) {
      const others = [...root.adoptedStyleSheets].filter((sheet) => !sheet[BARE]);
      if (on) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(INKLESS);
        sheet[BARE] = true;
        others.push(sheet);
      }
      root.adoptedStyleSheets = others;
    }
  }
  const BARE = Symbol.for("vydno.bare");

  // What is in and about an element. --------------------------------------------------------------

  const PSEUDO = ["::before", "::after"];

  /** The element and each pseudo-element that has a box, as [pseudo, properties]. */
  function parts(element) {
    const found = [["", look(element)]];
    for (const pseudo of PSEUDO) {
      const { content } = getComputedStyle(element, pseudo);
      if (content !== "none" && content !== "normal") found.push([pseudo, look(element, pseudo)]);
    }
    return found;
  }

  const text = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");

  // Lines of two points each have no inside, whatever they are said to be filled with.
  const NUMBER = "[\\s,]*-?[\\d.]+";
  const STRAIGHT = new RegExp(`^(?:\\s*m${NUMBER}${NUMBER}\\s*(?:l${NUMBER}${NUMBER}|[hv]${NUMBER}))+\\s*$`, "i");
  const isStraight = (element) =>
    element.localName === "line" || (element.localName === "path" && STRAIGHT.test(element.getAttribute("d") ?? ""));

  const one = (element) => ({
    tag: element.localName,
    text: text(element),
    straight: isStraight(element),
    parts: parts(element),
  });

  /** Of each number: the element and all in it, the shapes of drawings too. */
  const inside = ({ numbers, most }) =>
    numbers.map((number) => {
      const all = [nodes[number], ...nodes[number].querySelectorAll("*")];
      return all.slice(0, most).map(one);
    });

  /** Of each number: the properties of the element alone. */
  const alone = ({ numbers }) => numbers.map((number) => look(nodes[number]));

  /** Of each number: some properties of one of its pseudo-elements. */
  const pseudo = ({ numbers, name, properties }) =>
    numbers.map((number) => look(nodes[number], name, properties));

  // What may show that a box is checked: itself, its labels, and what follows it.
  function shows(element) {
    const found = new Set([element, ...(element.labels ?? [])]);
    const label = element.closest("label");
    if (label) found.add(label);
    for (const around of [...found].slice(1)) for (const child of around.querySelectorAll("*")) found.add(child);
    for (let next = element.nextElementSibling; next && found.size < 40; next = next.nextElementSibling) {
      found.add(next);
      for (const child of next.querySelectorAll("*")) found.add(child);
    }
    if (element.parentElement) found.add(element.parentElement);
    return [...found].slice(0, 60);
  }

  /** Of each number of a checkbox or radio: what it and those about it are, unchecked and checked.
      No event tells the page of it, and the box is afterwards as it was. */
  const toggled = ({ numbers }) =>
    numbers.map((number) => {
      const element = nodes[number];
      const group = element.type === "radio" && element.name ? element.getRootNode().querySelectorAll("input") : [];
      const was = [...new Set([...group, element])].map((box) => [box, box.checked, box.indeterminate]);
      const around = shows(element);
      const found = [false, true].map((checked) => {
        element.checked = checked;
        return around.map(one);
      });
      for (const [box, checked, indeterminate] of was) {
        box.checked = checked;
        box.indeterminate = indeterminate;
      }
      return found;
    });

  // States, without bringing an element into one. ------------------------------------------------

  const FOCUSABLE =
    ":where(a[href],area[href],button,input,select,textarea,summary,[tabindex],[contenteditable])";
  // Always true, and as specific as the pseudo-class in whose place it stands.
  const TRUE = ":not([vydno-never])";
  const STATES = {
    hover: [[/:hover(?![-\w])/g, TRUE]],
    focus: [
      [/:focus-visible(?![-\w])/g, FOCUSABLE + TRUE],
      [/:focus-within(?![-\w])/g, TRUE],
      [/:focus(?![-\w])/g, FOCUSABLE + TRUE],
    ],
    active: [
      [/:active(?![-\w])/g, TRUE],
      [/:hover(?![-\w])/g, TRUE],
    ],
    visited: [[/:visited(?![-\w])/g, `:where(a[href],area[href])${TRUE}`]],
  };

  const groups = () => {
    const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
    for (const element of nodes)
      if (element.shadowRoot) sheets.push(...element.shadowRoot.styleSheets, ...element.shadowRoot.adoptedStyleSheets);
    return sheets;
  };

  const STATEFUL = /:(?:hover|focus|active|visited)/;
  const CACHE = Symbol.for("vydno.painting");

  /** The rules about states, as [rule, selector], and the addresses of the sheets that cannot be read. Reading 10,000 rules takes as long as all the rest: once will do. */
  function rules() {
    const sheets = groups();
    const known = window[CACHE];
    if (known?.sheets.length === sheets.length && known.sheets.every((sheet, index) => sheet === sheets[index])) return known;
    const found = { sheets, stateful: [], unread: [] };
    const todo = [...sheets].reverse();
    const seen = new Set();
    while (todo.length && seen.size < 50_000) {
      const group = todo.pop();
      if (!group || seen.has(group)) continue;
      seen.add(group);
      const selector = group.selectorText;
      if (selector && STATEFUL.test(selector)) found.stateful.push([group, selector]);
      if (group.styleSheet) todo.push(group.styleSheet);
      try {
        if (group.cssRules?.length) todo.push(...[...group.cssRules].reverse());
      } catch {
        found.unread.push(group.href ?? "");
      }
    }
    Object.defineProperty(window, CACHE, { value: found, configurable: true });
    return found;
  }

  const change = (selector, state) =>
    STATES[state].reduce((changed, [pattern, to]) => changed.replace(pattern, to), selector);

  /** Call the function while the style sheets hold for the state as if every element were in it.
      The rules stay where they are, so that the cascade decides as it would. */
  function during(state, wanted) {
    const changed = [];
    try {
      for (const [rule, was] of rules().stateful) {
        const is = change(was, state);
        if (is === was) continue;
        rule.selectorText = is;
        changed.push([rule, was]);
      }
      return changed.length ? wanted() : null;
    } finally {
      for (const [rule, was] of changed) rule.selectorText = was;
    }
  }

  const GONE = { display: "none" };

  /** Of each state: by number the parts that the state paints otherwise. */
  function states({ wanted, properties }) {
    const see = properties
      ? (number) => [["", look(nodes[number], "", properties)]]
      : (number) => parts(nodes[number]);
    const found = Object.fromEntries(Object.keys(wanted).map((state) => [state, {}]));
    const ruled = Object.entries(wanted).filter(([state]) =>
      rules().stateful.some(([, selector]) => change(selector, state) !== selector),
    );
    const rest = new Map();
    for (const number of new Set(ruled.flatMap(([, numbers]) => numbers))) rest.set(number, see(number));
    for (const [state, numbers] of ruled) {
      const after = during(state, () => numbers.map(see)) ?? [];
      after.forEach((parts, index) => {
        const changed = differences(rest.get(numbers[index]), parts);
        if (changed) found[state][numbers[index]] = changed;
      });
    }
    return found;
  }

  const MARKER = "@layer vydno { :where(*) { outline: 7.5px ridge } }";

  /** Of each number of a control: what focus changes, and whether the page's own rules decide about
      its outline; without one the browser draws its own. */
  function focused({ numbers }) {
    const see = () => numbers.map((number) => parts(nodes[number]));
    const rest = see();
    const then = marking(() => during("focus", see) ?? see());
    return numbers.map((_, index) => [differences(rest[index], then[index]), isRuled(then[index])]);
  }

  /** Call the function while an outline holds that every rule of the page's own overrules: in the
      first layer of the first sheet that can be changed, or of one of ours. */
  function marking(wanted) {
    const undo = [];
    const bare = [];
    try {
      for (const root of roots()) {
        const sheet = [...root.styleSheets].find(isOpen);
        if (!sheet) bare.push(root);
        else {
          const at = [...sheet.cssRules].findLastIndex(comesFirst) + 1;
          sheet.insertRule(MARKER, at);
          undo.push(() => sheet.deleteRule(at));
        }
      }
      return bare.length ? adopting(MARKER, wanted, bare) : wanted();
    } finally {
      for (const back of undo) back();
    }
  }

  // Nothing may stand before an @import or a @namespace.
  const comesFirst = (rule) => "styleSheet" in rule || "namespaceURI" in rule;

  function isOpen(sheet) {
    try {
      return !!sheet.cssRules && !sheet.disabled && matchMedia(sheet.media.mediaText || "all").matches;
    } catch {
      return false;
    }
  }

  const isRuled = ([[, style]]) => style["outline-style"] !== "ridge" || style.display === "none";

  const roots = () => [document, ...nodes.filter((node) => node.shadowRoot).map((node) => node.shadowRoot)];

  /** Call the function while a sheet of ours holds in the roots. */
  function adopting(css, wanted, where = roots()) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    for (const root of where) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    try {
      return wanted();
    } finally {
      for (const root of where)
        root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other !== sheet);
    }
  }

  /** The style sheets that cannot be read. */
  const unread = () => rules().unread;

  /** Of each part that the state changes: what it was, and what it is then. */
  function differences(before, after) {
    const was = Object.fromEntries(before);
    const is = Object.fromEntries(after);
    const found = {};
    for (const pseudo of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const [old, now] = [was[pseudo] ?? GONE, is[pseudo] ?? GONE];
      if (Object.keys({ ...old, ...now }).some((name) => old[name] !== now[name])) found[pseudo] = [old, now];
    }
    return Object.keys(found).length ? found : null;
  }

  return { convert, canvas, bare, inside, alone, pseudo, toggled, states, focused, unread }[ask](asked);
}
