// Pressing keys in a page, and noting what comes of it. Evaluated when the first check asks.
(() => {
  const KEY = Symbol.for("vydno.keyboard");
  if (window[KEY]) return;
  const audit = window[Symbol.for("vydno.audit")];
  const early = window[Symbol.for("vydno.early")];

  // Elements by number, and numbers of elements. ---------------------------------------------------

  const FOREIGN = 1_000_000; // and up: what came into the page after it was measured
  const NOWHERE = -1;
  let measured = null;
  let numbers = new Map();
  const foreign = new Map();

  function number(element) {
    if (!element || element === document.body || element === document.documentElement) return NOWHERE;
    if (measured !== audit.nodes()) {
      measured = audit.nodes();
      numbers = new Map(measured.map((node, index) => [node, index]));
    }
    if (numbers.has(element)) return numbers.get(element);
    if (!foreign.has(element)) foreign.set(element, FOREIGN + foreign.size);
    return foreign.get(element);
  }

  const node = (wanted) =>
    wanted < FOREIGN ? audit.nodes()[wanted] : [...foreign.keys()][wanted - FOREIGN];

  function active() {
    let found = document.activeElement;
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    return found;
  }

  function upward(element) {
    const around = element.assignedSlot ?? element.parentElement;
    if (around) return around;
    const root = element.getRootNode();
    return root instanceof ShadowRoot ? root.host : null;
  }

  function holds(outer, inner) {
    for (let at = inner; at; at = upward(at)) if (at === outer) return true;
    return false;
  }

  function isSeen(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  }

  const DISABLED = ":disabled, [inert], [inert] *, a:not([href], [tabindex], [contenteditable]), area:not([href])";

  function isTabbable(element) {
    if (!(element.tabIndex >= 0) || element.matches(DISABLED)) return false;
    return element.checkVisibility({ visibilityProperty: true });
  }

  // Listeners. -------------------------------------------------------------------------------------

  const REACT = /^__react(Props|EventHandlers)\$/;
  const PRESSES = ["click", "mousedown", "mouseup", "pointerdown", "pointerup", "dblclick", "touchstart", "touchend"];
  const HOVERS = ["mouseover", "mouseenter", "pointerover", "pointerenter", "mousemove"];
  const KEYS = ["keydown", "keypress", "keyup"];
  const FOCUSES = ["focus", "focusin", "blur", "focusout"];
  const CHANGES = ["change", "input", "beforeinput"];
  const MOVES = ["mousemove", "pointermove", "touchmove", "dragstart", "drag", "dragover"];
  const OTHERS = ["submit", "devicemotion", "deviceorientation"];
  const HEARD = [...PRESSES, ...HOVERS, ...KEYS, ...FOCUSES, ...CHANGES, ...MOVES, ...OTHERS];

  /** The types of events that something listens to on the element itself. */
  function listened(element) {
    const found = new Set(early.listened(element).filter((type) => HEARD.includes(type)));
    for (const type of HEARD) if (typeof element[`on${type}`] === "function") found.add(type);
    for (const key of Object.keys(element)) if (REACT.test(key)) addReact(element[key], found);
    return found;
  }

  function addReact(props, found) {
    for (const [name, value] of Object.entries(props ?? {}))
      if (/^on[A-Z]/.test(name) && typeof value === "function")
        found.add(name.slice(2).replace(/Capture$/, "").toLowerCase().replace("doubleclick", "dblclick"));
  }

  /** jQuery's delegated listeners: `[holder, selector, type]`. */
  function delegated() {
    const data = window.jQuery?._data;
    const found = [];
    if (typeof data !== "function") return found;
    for (const holder of [document, ...audit.nodes()])
      for (const [type, list] of Object.entries(data(holder, "events") ?? {}))
        for (const { selector } of list) if (selector) found.push([holder, selector, type]);
    return found;
  }

  /** `[number, types]` of every element that something listens to, or that looks as if. */
  function survey() {
    const rows = [];
    const delegations = delegated();
    audit.nodes().forEach((element, index) => {
      const types = listened(element);
      for (const [holder, selector, type] of delegations)
        if (holder.contains(element) && matches(element, selector)) types.add(type);
      if (types.size) rows.push([index, [...types]]);
    });
    const around = new Set(early.listened(window).concat(early.listened(document)));
    for (const type of HEARD)
      if (typeof window[`on${type}`] === "function" || typeof document[`on${type}`] === "function") around.add(type);
    return { rows, around: [...around], shapes: shapes() };
  }

  /** `[number, count]` of drawings in which shapes listen to presses and cannot have the focus. */
  function shapes() {
    return audit
      .nodes()
      .map((element, index) => [element, index])
      .filter(([element]) => element.localName === "svg")
      .map(([element, index]) => [index, [...element.querySelectorAll("*")].slice(0, 300).filter(isBareTarget).length])
      .filter(([, count]) => count);
  }

  function isBareTarget(shape) {
    if (shape.closest("[tabindex], a, button") || !isSeen(shape)) return false;
    const heard = listened(shape);
    return PRESSES.some((type) => heard.has(type));
  }

  function matches(element, selector) {
    try {
      return element.matches(selector);
    } catch {
      return false; // jQuery's own selectors
    }
  }

  // How an element looks. --------------------------------------------------------------------------

  const SIDES = ["top", "right", "bottom", "left"];
  const LOOKS = [
    "background-color",
    "background-image",
    "background-position",
    "background-size",
    "color",
    "text-shadow",
    "opacity",
    "visibility",
    "display",
    "transform",
    "translate",
    "scale",
    "filter",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
    "clip",
    "clip-path",
    "width",
    "height",
    "left",
    "top",
    "margin-left",
    "fill",
    "stroke",
    "stroke-width",
    "text-indent",
    "border-top-left-radius",
  ];
  const CLEAR = /^(transparent|rgba\(\d+, \d+, \d+, 0\)|.*\/ 0\))$/;
  const SHADOWS = /((?:rgba?|oklch|oklab|color|hsla?|lab|lch)\([^)]*\))((?: -?[\d.]+px)+)( inset)?/g;

  /** The nearest colour behind the element that hides what is behind it; "" where it is a picture. */
  function backdrop(element) {
    for (let at = element; at; at = upward(at)) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return "";
      if (/^rgb\(/.test(style.backgroundColor)) return style.backgroundColor;
      if (!CLEAR.test(style.backgroundColor)) return "";
    }
    return "rgb(255, 255, 255)";
  }

  function look(element, pseudo, behind) {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && (style.content === "none" || style.content === "normal")) return ["none"];
    const values = LOOKS.map((name) => style.getPropertyValue(name));
    values.push(pseudo ? style.content : "", outline(style, behind), shadow(style, behind));
    for (const side of SIDES) {
      const width = style.getPropertyValue(`border-${side}-width`);
      const line = style.getPropertyValue(`border-${side}-style`);
      const none = width === "0px" || line === "none" || line === "hidden";
      values.push(none ? "none" : `${width} ${line} ${style.getPropertyValue(`border-${side}-color`)}`);
    }
    const line = style.textDecorationLine;
    values.push(line === "none" ? line : `${line} ${style.textDecorationColor} ${style.textDecorationThickness} ${style.textDecorationStyle}`);
    return values;
  }
  const NAMES = [...LOOKS, "content", "outline", "box-shadow", ...SIDES.map((side) => `border-${side}`), "text-decoration"];

  function outline(style, behind) {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = style;
    if (outlineStyle === "none" || outlineWidth === "0px" || CLEAR.test(outlineColor)) return "none";
    const outside = Number.parseFloat(outlineOffset) >= 0 && outlineStyle !== "auto";
    if (outside && behind && outlineColor === behind) return "none";
    return `${outlineWidth} ${outlineStyle} ${outlineColor} ${outlineOffset}`;
  }

  function shadow(style, behind) {
    const all = [...style.boxShadow.matchAll(SHADOWS)];
    // One without a length, or of no colour, or of the colour behind it, is none.
    const seen = all.filter(([, colour, lengths, inset]) => !CLEAR.test(colour) && (inset || colour !== behind) && /[1-9]/.test(lengths));
    return seen.map(([whole]) => whole).join() || "none";
  }

  // What may show that the element has the focus: itself, what is in it, beside it, and around it.
  function parts(element) {
    const found = [[element, null], [element, "::before"], [element, "::after"]];
    const inside = [...(element.shadowRoot?.querySelectorAll("*") ?? []), ...element.querySelectorAll("*")];
    for (const each of inside.slice(0, 8)) found.push([each, null]);
    for (const each of inside.slice(0, 2)) found.push([each, "::before"], [each, "::after"]);
    const beside = [element.nextElementSibling, element.nextElementSibling?.nextElementSibling, element.previousElementSibling];
    for (const each of new Set([...beside, ...(element.labels ?? [])]))
      if (each) found.push([each, null], [each, "::before"], [each, "::after"], ...[...each.children].slice(0, 2).map((child) => [child, null]));
    let at = upward(element);
    for (let step = 0; at && step < 4 && at !== document.documentElement; step++, at = upward(at)) {
      found.push([at, null]);
      if (step < 2) found.push([at, "::before"], [at, "::after"]);
    }
    return found;
  }

  function looks(element) {
    const behind = backdrop(upward(element) ?? element);
    return parts(element).map(([part, pseudo]) => [part, look(part, pseudo, behind)]);
  }

  /** The names of the properties that differ; `beside` when it is outside of the element, too. */
  function differences(element, before, after) {
    const found = new Set();
    if (before.length !== after.length) found.add("structure");
    for (let index = 0; index < Math.min(before.length, after.length); index++) {
      const [one, other] = [before[index][1], after[index][1]];
      if (before[index][0] !== after[index][0] || one.length !== other.length) found.add("structure");
      else if (one.some((value, at) => value !== other[at]) && !element.contains(after[index][0])) found.add("beside");
      if (one.length === other.length) for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) found.add(NAMES[one.length === 1 ? LOOKS.length : at]);
    }
    return [...found];
  }

  // The walk. --------------------------------------------------------------------------------------

  const MOST = 200;
  let unfocused = new Map();
  let records = [];
  let moves = [];
  let pressed = null;
  let listening = false;
  let floats = false;
  let done = 0;

  /** Get ready: what can be reached, and how it looks without the focus. */
  function start() {
    early.guard();
    if (active() !== document.body) leave();
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    const reachable = audit.nodes().filter(isTabbable);
    unfocused = new Map(someOfEachKind(reachable).map((element) => [element, looks(element)]));
    records = [];
    moves = [];
    done = early.did.length;
    if (!listening) {
      early.listen(window, "keydown", onKeydown, true);
      early.listen(window, "keyup", onKeyup, true);
      early.listen(window, "focus", onFocus, true);
      listening = true;
    }
    floats = audit.nodes().some((element) => /^(fixed|sticky)$/.test(getComputedStyle(element).position) && isSeen(element));
    return {
      left: audit.left.length,
      floats: floats && document.documentElement.scrollHeight > innerHeight,
      reachable: reachable.map((element) => [number(element), kind(element), isSeen(element), group(element)]),
    };
  }

  /** Back to the beginning of the document, with the focus nowhere. */
  function leave() {
    const { body } = document;
    const had = body.getAttribute("tabindex");
    active()?.blur?.();
    body.setAttribute("tabindex", "-1");
    body.focus({ preventScroll: true });
    body.blur();
    if (had === null) body.removeAttribute("tabindex");
    else body.setAttribute("tabindex", had);
  }

  const group = (element) => (element.type === "radio" && element.name ? `${element.form?.id}/${element.name}` : "");
  const own = (element, ...names) => names.map((name) => element?.getAttribute(name) ?? "").join("|");

  /** Equal for elements that style sheets should treat alike. */
  function kind(element) {
    const part = element.closest("header, nav, main, footer, aside, form, [role]:not(a, button, input)");
    const around = upward(element);
    const words = [element.localName, element.type ?? "", own(element, "role", "class", "style"), around?.localName, own(around, "class")];
    return [...words, part?.localName, own(part, "class")].join("|");
  }

  function someOfEachKind(elements) {
    const counts = new Map();
    return elements
      .filter((element) => {
        const count = (counts.get(kind(element)) ?? 0) + 1;
        counts.set(kind(element), count);
        return count <= 2;
      })
      .slice(0, MOST);
  }

  function onKeydown(event) {
    // Out of a frame the key was let go where nobody listened; that was a stop of its own.
    const fromFrame = event.key === "Tab" && moves.length > 0 && document.querySelector("iframe, frame, object");
    if (fromFrame && moves.at(-1) === number(active())) {
      records.push(state(false));
      moves = [];
    }
    pressed = event;
  }

  function onFocus(event) {
    const target = event.composedPath()[0];
    if (target instanceof Element && moves.length < 50) moves.push(number(target));
  }

  function onKeyup(event) {
    if (event.key !== "Tab" && event.key !== "Escape") return;
    records.push(state(pressed?.defaultPrevented ?? false));
    moves = [];
    pressed = null;
  }

  function state(prevented) {
    const element = active();
    const found = { at: number(element), prevented, moves, left: audit.left.length, did: early.did.slice(done) };
    done = early.did.length;
    found.gone = moves.filter((moved) => !node(moved)?.isConnected);
    if (found.at === NOWHERE) return found;
    const box = boxOf(element);
    found.box = [box.x + scrollX, box.y + scrollY, box.width, box.height];
    found.kind = kind(element);
    found.seen = isShown(element, box);
    found.cover = floats ? covering(element, box) : [0, NOWHERE];
    found.tag = element.localName;
    found.text = isText(element);
    if (!unfocused.has(element)) return found;
    const after = looks(element);
    found.changed = differences(element, unfocused.get(element), after);
    const style = getComputedStyle(element);
    found.ring = [outline(style, ""), style.outlineColor, backdrop(upward(element) ?? element), style.boxShadow];
    return found;
  }

  const TEXT = /^(text|search|url|tel|email|password|number|date|month|week|time|datetime-local)$/;
  const isText = (element) =>
    (element.localName === "input" && TEXT.test(element.type)) || element.localName === "textarea" || element.isContentEditable;

  const hasSize = ({ width, height }) => width > 1 && height > 1;

  /** Its box; of what has no size itself, that of what shows in it. */
  function boxOf(element) {
    const box = element.getBoundingClientRect();
    if (hasSize(box) || getComputedStyle(element).overflowX !== "visible") return box;
    return [...element.children].map((child) => child.getBoundingClientRect()).find(hasSize) ?? box;
  }

  /** "" when it can be seen, else why not. */
  function isShown(element, box) {
    if (element.localName === "iframe" || element.localName === "area") return "";
    if (!element.checkVisibility({ visibilityProperty: true })) return "it is not rendered";
    if (!element.checkVisibility({ opacityProperty: true })) return "it is transparent";
    if (box.width <= 1 || box.height <= 1) return "it has no size";
    const beyond = box.x >= Math.max(innerWidth, document.documentElement.scrollWidth - scrollX);
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0 || beyond) return "it lies outside of the page";
    // What is placed by another box is not clipped by the ones between.
    let position = "static";
    for (let at = element; at && at !== document.body; at = upward(at)) {
      const style = getComputedStyle(at);
      if (style.position !== "static" && /^rect\((0|1)?[a-z]*,? ?(0|1)/.test(style.clip)) return "it is clipped to nothing";
      if (/^inset\((50|100)%/.test(style.clipPath)) return "it is clipped to nothing";
      const free = position === "fixed" || (position === "absolute" && style.position === "static");
      const outer = at === element || free || style.overflowX === "visible" ? null : at.getBoundingClientRect();
      if (at === element || !free) position = style.position;
      if (outer && (outer.width <= 1 || outer.height <= 1)) return "what is around it has no size";
      if (outer && apart(outer, box) && style.display !== "contents") return "it lies outside of the box around it";
    }
    return "";
  }

  const apart = (one, other) => one.right <= other.left || one.left >= other.right || one.bottom <= other.top || one.top >= other.bottom;

  /** What covers the element: the share of nine points, and the number of what covers most. */
  function covering(element, box) {
    const counts = new Map();
    let points = 0;
    let covered = 0;
    for (const across of [0.1, 0.5, 0.9])
      for (const down of [0.1, 0.5, 0.9]) {
        const x = box.x + box.width * across;
        const y = box.y + box.height * down;
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        points += 1;
        const cover = coverer(element, x, y);
        if (!cover) continue;
        covered += 1;
        counts.set(cover, (counts.get(cover) ?? 0) + 1);
      }
    if (!covered) return [points ? 0 : -1, NOWHERE];
    const [most] = [...counts].sort((one, other) => other[1] - one[1])[0];
    return [covered / points, number(most)];
  }

  function coverer(element, x, y) {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    if (!hit || holds(element, hit) || holds(hit, element)) return null;
    if (element.labels && [...element.labels].some((label) => holds(label, hit))) return null;
    // Only what floats over the page hides it by accident.
    for (let at = hit; at && !holds(at, element); at = upward(at))
      if (/^(fixed|sticky)$/.test(getComputedStyle(at).position)) return at;
    return null;
  }

  /** After a moment in which a script may have sent the focus elsewhere: where it is then. */
  async function later() {
    await new Promise((done) => setTimeout(done, 25));
    const last = records.at(-1);
    if (!last || last.at === number(active())) return;
    const { prevented } = last;
    moves = [...last.moves, ...moves];
    records[records.length - 1] = { ...state(prevented), left: last.left, did: last.did };
    moves = [];
  }

  /** What was noted since the last call. */
  function taken() {
    const found = records;
    records = [];
    return found;
  }

  /** The focus on the element as if by a key. */
  function focus(wanted) {
    node(wanted)?.focus?.({ focusVisible: true });
    moves = [];
    return number(active());
  }

  /** The end of the walk: the page as it was found. */
  function end() {
    if (listening) {
      early.unlisten(window, "keydown", onKeydown, true);
      early.unlisten(window, "keyup", onKeyup, true);
      early.unlisten(window, "focus", onFocus, true);
      listening = false;
    }
    leave();
    scrollTo({ left: 0, top: 0, behavior: "instant" });
    return { left: audit.left.map(({ url }) => url), did: early.did };
  }

  /** Of a set that the focus does not leave: the modal that it is in, and whether it has a way out. */
  function around(wanted) {
    const inside = wanted.map(node).filter(Boolean);
    const modal = inside[0]?.closest("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]");
    const stuck = !!modal && !inside.some(closes) && [...modal.querySelectorAll("*")].some((each) => isCross(each) && !isTabbable(each));
    const buttons = !stuck && inside.some((each) => each.matches("button, [role=button], a[href], input[type=submit], input[type=button]"));
    return { modal: !!modal && inside.every((each) => modal.contains(each)), buttons };
  }

  const CLOSE = /close|dismiss|cancel|закри|скасув|^\s*[x×✕✖]\s*$/i;
  const closes = (element) => [element.getAttribute("aria-label"), element.title, element.textContent].some((said) => CLOSE.test(said ?? ""));

  /** Whether it is what a pointer closes something with. */
  function isCross(element) {
    const pressed = listened(element);
    return element.childElementCount < 3 && closes(element) && isSeen(element) && PRESSES.some((type) => pressed.has(type));
  }

  const api = {
    active, around, early, end, focus, holds, isSeen, isTabbable, isText, later, leave, listened, looks, differences, node, number,
    start, survey, taken, upward,
  };
  Object.defineProperty(window, KEY, { value: api });
})();
