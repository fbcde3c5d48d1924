// What style sheets show only while the pointer is over something. Evaluated after operate.js.
(() => {
  const KEY = Symbol.for("vydno.hover");
  if (window[KEY]) return;
  const { early, isSeen, isTabbable, listened, node, number, upward } = window[Symbol.for("vydno.keyboard")];
  const { scene } = window[Symbol.for("vydno.operate")];
  const { lineBoxes } = window[Symbol.for("vydno.audit")];

  const REVEALS = /^(display|visibility|opacity|height|max-height|left|right|top|bottom|inset|transform|clip|clip-path|width|max-width|margin-left|scale|translate|grid-template-rows)/;
  const MOST = 20_000;
  const FOREIGN = 1_000_000;
  const [SHORT, LONG] = [1500, 10_000]; // milliseconds

  /** `[trigger, target]` selectors of the rules that show one thing while another is hovered. */
  function rules() {
    const found = new Map();
    let count = 0;
    const todo = [...document.styleSheets, ...document.adoptedStyleSheets].map((sheet) => [sheet, ""]);
    while (todo.length && count < MOST) {
      const [holder, outer] = todo.pop();
      for (const rule of listed(holder)) {
        if (++count > MOST) break;
        const selector = rule.selectorText ? nested(rule.selectorText, outer) : outer;
        if (rule.cssRules?.length) todo.push([rule, selector]);
        if (rule.media && !matchMedia(rule.media.mediaText).matches) todo.length -= rule.cssRules?.length ? 1 : 0;
        if (!rule.style || !selector.includes(":hover")) continue;
        if (![...rule.style].some((name) => REVEALS.test(name))) continue;
        for (const one of split(selector)) {
          const parts = divided(one);
          if (parts) found.set(parts.join(" -> "), parts);
        }
      }
    }
    return [...found.values()];
  }

  function listed(holder) {
    try {
      return holder.cssRules ?? [];
    } catch {
      return []; // another origin's
    }
  }

  const nested = (selector, outer) =>
    !outer ? selector : selector.includes("&") ? selector.replaceAll("&", `:is(${outer})`) : `:is(${outer}) ${selector}`;

  /** A list of selectors at its outermost commas. */
  function split(text) {
    const found = [];
    let depth = 0;
    let from = 0;
    for (let index = 0; index <= text.length; index++) {
      const letter = text[index];
      if (letter === "(" || letter === "[") depth++;
      else if (letter === ")" || letter === "]") depth--;
      else if (index === text.length || (letter === "," && !depth)) {
        found.push(text.slice(from, index).trim());
        from = index + 1;
      }
    }
    return found;
  }

  /** `.menu:hover .list` is `[".menu", ".menu .list"]`; null where nothing else is styled. */
  function divided(selector) {
    const at = selector.indexOf(":hover");
    if (at < 0) return null;
    const rest = selector.slice(at + 6);
    const combinator = rest.search(/[\s>+~]/);
    if (combinator < 0 || /:not\([^)]*:hover/.test(selector)) return null;
    const trigger = selector.slice(0, at) + rest.slice(0, combinator);
    const target = selector.replaceAll(":hover", "").replace(/::?(before|after)\s*$/, "");
    return [trigger.trim() || "*", target.trim() || "*"];
  }

  const found = (selector, root = document) => {
    try {
      return [...root.querySelectorAll(selector)];
    } catch {
      return [];
    }
  };

  const HOVERS = ["mouseover", "mouseenter", "pointerover", "pointerenter"];

  /** The places to go to with the pointer: by style sheets and by scripts, one of each kind. */
  function places(elements) {
    const wanted = new Map();
    for (const [trigger, target] of rules()) {
      const targets = found(target).filter((each) => !isShown(each));
      if (!targets.length) continue;
      for (const each of found(trigger)) {
        const scope = upward(each) ?? each;
        const own = targets.filter((one) => scope.contains(one) && one !== each);
        if (own.length && number(each) >= 0 && number(each) < FOREIGN && isSeen(each) && own.some(matters)) {
          wanted.set(each, true);
          break;
        }
      }
    }
    const kinds = new Set();
    for (const each of elements.map(node)) {
      const kind = [each.localName, each.getAttribute("class"), each.getAttribute("onmouseover"), each.getAttribute("onmouseenter")].join("|");
      if (kinds.has(kind) || number(each) < 0 || !isSeen(each) || !HOVERS.some((type) => listened(each).has(type))) continue;
      kinds.add(kind);
      if (!wanted.has(each)) wanted.set(each, false);
    }
    const left = document.documentElement.scrollHeight;
    return [...wanted].map(([each, sheet]) => ({ number: number(each), sheet, point: pointOf(each), left }));
  }

  const matters = (element) => element.textContent.trim() !== "" || element.querySelector("img, svg, a, button, input") !== null;

  function isShown(element) {
    if (!isSeen(element) || !element.checkVisibility({ opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    for (let at = upward(element); at && at !== document.documentElement; at = upward(at)) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const around = at.getBoundingClientRect();
      if (box.right <= around.left || box.left >= around.right || box.bottom <= around.top || box.top >= around.bottom) return false;
    }
    return true;
  }

  function pointOf(element) {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    return [box.x + Math.min(box.width / 2, 200), box.y + Math.min(box.height / 2, 100)];
  }

  let before = new Set();
  let shown = [];

  function shownNow() {
    const now = new Set();
    for (const element of scene()) if (isShown(element)) now.add(element);
    return now;
  }

  /** Remember what is visible; where the element is now. */
  function begin(wanted) {
    const point = pointOf(node(wanted));
    before = shownNow();
    shown = [];
    early.defer(true);
    return point;
  }

  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /** What the pointer brought. */
  async function brought(wanted) {
    const element = node(wanted);
    for (const pause of [20, 100]) {
      await wait(pause);
      shown = [...shownNow()].filter((each) => !before.has(each));
      if (shown.length || !listened(element).size) break;
    }
    // Many wait a little before they show something.
    if (!shown.length && early.hurry(SHORT)) {
      await wait(20);
      shown = [...shownNow()].filter((each) => !before.has(each));
    }
    const among = new Set(shown);
    shown = shown.filter((each) => {
      for (let at = upward(each); at; at = upward(at)) if (among.has(at)) return false;
      return true;
    });
    const main = shown.filter(matters).sort((one, other) => size(other) - size(one))[0];
    if (!main) return null;
    shown = [main, ...shown.filter((each) => each !== main)];
    const box = main.getBoundingClientRect();
    const from = element.getBoundingClientRect();
    return {
      text: main.innerText?.trim().slice(0, 200) ?? "",
      controls: [...main.querySelectorAll("*"), main].filter(isTabbable).length,
      point: [Math.min(innerWidth - 1, box.x + Math.min(box.width / 2, 60)), box.y + Math.min(box.height / 2, 20)],
      apart: gap(from, box),
      inWindow: box.x < innerWidth && box.y < innerHeight && box.right > 0 && box.bottom > 0,
      within: element.contains(main),
      obscures: obscures(main, element, box),
      name: `${element.getAttribute("aria-label") ?? ""} ${element.innerText ?? ""}`.trim().slice(0, 300),
    };
  }

  const size = (element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height;
  };
  const gap = (one, other) =>
    Math.max(0, other.left - one.right, one.left - other.right, other.top - one.bottom, one.top - other.bottom);

  /** Whether what came lies over other text. */
  function obscures(main, element, box) {
    let floats = false;
    for (const at of [main, ...main.querySelectorAll("*")]) if (/^(absolute|fixed)$/.test(getComputedStyle(at).position)) floats = true;
    for (let at = upward(main); at && !at.contains(element); at = upward(at)) if (/^(absolute|fixed)$/.test(getComputedStyle(at).position)) floats = true;
    if (!floats) return false;
    for (const other of before) {
      if (other.contains(main) || main.contains(other) || !other.innerText?.trim() || other.children.length > 3) continue;
      for (const line of lineBoxes(other)) if (line.right > box.left + 1 && line.left < box.right - 1 && line.bottom > box.top + 1 && line.top < box.bottom - 1) return true;
    }
    return false;
  }

  /** Whether it is still there when all is done that was put off since, the pointer on its place. */
  async function lasts() {
    const hurried = early.hurry(LONG);
    early.defer(false);
    if (!hurried) return true;
    await wait(30);
    return shown[0]?.isConnected && isShown(shown[0]);
  }

  /** Whether what the pointer brought is still there, after a moment for it to go. */
  async function stays() {
    await wait(60);
    return shown[0]?.isConnected && isShown(shown[0]);
  }

  /** Whether the focus brings the same: of the element, of what is in it, and of what it is in. */
  async function byFocus(wanted) {
    const element = node(wanted);
    const [main] = shown;
    if (!main) return { tried: 0, brings: false };
    await wait(30);
    // What does not go when the pointer goes needs no focus to be brought again.
    const kept = main.isConnected && isShown(main);
    const around = [];
    for (let at = upward(element); at && around.length < 3; at = upward(at)) if (isTabbable(at)) around.push(at);
    const beside = [...(upward(element)?.children ?? [])].filter((each) => each.matches("a, button, [tabindex]"));
    const tried = [...new Set([element, ...element.querySelectorAll("*"), ...around, ...beside])].filter((each) => isTabbable(each) && !main.contains(each)).slice(0, 6);
    if (isTabbable(main) || main.querySelector("a, button, input")) tried.push(...[main, ...main.querySelectorAll("a, button, input")].filter(isTabbable).slice(0, 1));
    let brings = kept;
    early.defer(true);
    for (const each of tried) {
      if (brings) break;
      each.focus({ preventScroll: true, focusVisible: true });
      await wait(20);
      const comes = () => (main.isConnected ? isShown(main) : newer());
      brings = comes();
      if (!brings && early.hurry(SHORT)) {
        await wait(20);
        brings = comes();
      }
      each.blur();
    }
    early.defer(false);
    return { tried: tried.length, brings };
  }

  const newer = () => [...shownNow()].some((each) => !before.has(each) && matters(each));
  Object.defineProperty(window, KEY, { value: { begin, brought, byFocus, lasts, places, stays } });
})();
