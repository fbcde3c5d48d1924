// What checks look at, measured in one go; and what the audit does to a page. Injected before the
// page's own scripts where the browser can, after them elsewhere.
(() => {
  const KEY = Symbol.for("vydno.audit");
  if (window[KEY]) return;

  const STYLES = [
    "display",
    "position",
    "float",
    "visibility",
    "opacity",
    "color",
    "background-color",
    "background-image",
    "font-size",
    "font-weight",
    "font-style",
    "font-family",
    "line-height",
    "letter-spacing",
    "word-spacing",
    "text-align",
    "text-transform",
    "text-decoration-line",
    "text-indent",
    "text-overflow",
    "-webkit-line-clamp",
    "white-space",
    "direction",
    "writing-mode",
    "overflow-x",
    "overflow-y",
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
    "box-shadow",
    "cursor",
    "clip",
    "clip-path",
    "transform",
    "rotate",
    "filter",
    "mix-blend-mode",
    "animation-name",
    "animation-duration",
    "animation-iteration-count",
    "pointer-events",
    "z-index",
    "list-style-type",
    "list-style-image",
    "order",
    "flex-direction",
    "height",
    "max-height",
    "min-height",
    "width",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "fill",
    "stroke",
    "appearance",
    "forced-color-adjust",
    "mask-image",
    "text-shadow",
    "background-clip",
  ];
  // Nothing in these is drawn as a part of the page.
  const SKIPPED = new Set(["script", "style", "template", "noscript"]);
  const SVG = "http://www.w3.org/2000/svg";
  // Of a drawing only what speaks: shapes are counted in thousands and say nothing.
  const SPEAKING = new Set(["svg", "g", "title", "desc", "text", "tspan", "a", "image", "use", "foreignObject"]);
  // Those whose role and name somebody may ask for.
  const NAMED =
    "a,area,audio,button,canvas,details,dialog,embed,fieldset,figure,footer,form,h1,h2,h3,h4,h5,h6," +
    "header,iframe,img,input,main,aside,meter,nav,object,option,output,progress,section,select," +
    "summary,svg,table,td,textarea,th,video,[role],[tabindex],[aria-label],[aria-labelledby]," +
    "[contenteditable],[onclick]";

  // The elements of the last measurement, by their number.
  let nodes = [];

  function measure({ limit, names = true }) {
    nodes = [];
    const rows = [];
    const styles = new Map();
    const left = window.scrollX;
    const top = window.scrollY;
    const todo = [[document.documentElement, -1, 0]];
    const named = names ? startNaming() : NAMELESS;
    while (todo.length && rows.length < limit) {
      const [element, parent, inherited] = todo.pop();
      const number = nodes.push(element) - 1;
      const row = look(element, parent, inherited, styles, left, top, named);
      rows.push(row);
      const inside = [...element.children];
      if (element.shadowRoot) inside.unshift(...element.shadowRoot.children);
      for (let index = inside.length; index--; )
        if (isWanted(inside[index])) todo.push([inside[index], number, row[8] & INHERITED]);
    }
    named.stop();
    const root = document.documentElement;
    return JSON.stringify({
      rows,
      styles: [...styles.keys()],
      names: STYLES,
      complete: todo.length === 0,
      title: document.title,
      url: location.href,
      viewport: [innerWidth, innerHeight],
      size: [root.scrollWidth, root.scrollHeight],
      mode: document.compatMode,
      focus: nodes.indexOf(document.activeElement),
    });
  }

  const isWanted = (element) =>
    !SKIPPED.has(element.localName) && (element.namespaceURI !== SVG || SPEAKING.has(element.localName));

  const RENDERED = 1; // has a box
  const VISIBLE = 2; // can be seen
  const CONCEALED = 4; // clipped to nothing, with all that is in it
  const IGNORED = 8; // aria-hidden or inert, with all that is in it
  const HOST = 16; // has a shadow root
  const INHERITED = CONCEALED | IGNORED;

  function look(element, parent, inherited, styles, left, top, named) {
    const attributes = {};
    for (const { name, value } of element.attributes) attributes[name] = value.slice(0, 2000);
    const text = ownText(element);
    const rendered = element.checkVisibility({ visibilityProperty: true });
    let flags = inherited | (rendered && RENDERED) | (element.shadowRoot && HOST);
    if (element.ariaHidden === "true" || element.inert) flags |= IGNORED;
    const box = element.getBoundingClientRect();
    const row = [parent, element.localName, attributes, text, 0, 0, 0, 0, 0, -1];
    if (rendered) {
      row[4] = round(box.x + left);
      row[5] = round(box.y + top);
      row[6] = round(box.width);
      row[7] = round(box.height);
      const style = getComputedStyle(element);
      row[9] = intern(STYLES.map((name) => style.getPropertyValue(name)).join("\n"), styles);
      if (isConcealing(style, box)) flags |= CONCEALED;
      const scrolls = [element.scrollWidth, element.scrollHeight, element.clientWidth, element.clientHeight];
      const seen =
        !(flags & CONCEALED) &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        row[4] + row[6] > 0 &&
        row[5] + row[7] > 0;
      if (seen && (box.width > 0 || scrolls[0] > 0)) flags |= VISIBLE;
      row.push(scrolls, text ? lines(element, left, top) : [], drawn(element, "::before"), drawn(element, "::after"));
      row.push(tabIndex(element), element.matches(NAMED) ? named.of(element) : ["", ""]);
    }
    row[8] = flags;
    return row;
  }

  // Chromium says 0 of links without an address, which no key reaches.
  const tabIndex = (element) =>
    element.matches("a:not([href], [tabindex], [contenteditable]), area:not([href])") ? -1 : element.tabIndex;

  const round = (number) => Math.round(number * 100) / 100;

  function intern(values, styles) {
    if (!styles.has(values)) styles.set(values, styles.size);
    return styles.get(values);
  }

  // The ways in which people hide text from eyes and not from listeners.
  function isConcealing(style, box) {
    if (style.position !== "static" && /^rect\((0|1)?[a-z]*,? ?(0|1)/.test(style.clip)) return true;
    if (/^inset\((50|100)%/.test(style.clipPath)) return true;
    return style.overflowX !== "visible" && box.width <= 1 && box.height <= 1;
  }

  function ownText(element) {
    let text = "";
    for (let node = element.firstChild; node; node = node.nextSibling)
      if (node.nodeType === 3) text += ` ${node.data}`;
    return text.replace(/\s+/g, " ").trim().slice(0, 5000);
  }

  /** The boxes of the lines of the element's own text, in the window. */
  function* lineBoxes(element) {
    const range = document.createRange();
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (node.nodeType !== 3 || !node.data.trim()) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width) yield box;
    }
  }

  // The same in the page, a hundred at most.
  function lines(element, left, top) {
    const found = [];
    for (const box of lineBoxes(element)) {
      found.push([round(box.x + left), round(box.y + top), round(box.width), round(box.height)]);
      if (found.length === 100) break;
    }
    return found;
  }

  function drawn(element, pseudo) {
    const { content } = getComputedStyle(element, pseudo);
    return content === "none" || content === "normal" ? "" : content.slice(0, 200);
  }

  const NAMELESS = { of: () => ["", ""], stop() {} };

  // axe computes roles and names as the specification says, in every browser alike.
  function startNaming() {
    const { axe } = window;
    try {
      axe.setup(document.documentElement);
    } catch {
      axe?.teardown?.();
      try {
        axe.setup(document.documentElement);
      } catch {
        return NAMELESS;
      }
    }
    const { aria, text } = axe.commons;
    return {
      of(element) {
        try {
          const node = axe.utils.getNodeFromTree(element);
          return [aria.getRole(node) ?? "", text.accessibleTextVirtual(node).slice(0, 1000)];
        } catch {
          return ["", ""];
        }
      },
      stop: () => axe.teardown(),
    };
  }

  // Where an element is, for people and for tools. ------------------------------------------------

  /** Of each number or selector: selector, the element's start, box; null for what is gone. */
  const describe = (wanted) =>
    wanted.map((one) => {
      const element = typeof one === "number" ? nodes[one] : find(one);
      if (!element?.isConnected) return null;
      return { target: path(element), html: start(element), box: place(element) };
    });

  /** Its box in the page; of what is in a frame, as much as the frame shows. */
  function place(element) {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let view = element.ownerDocument.defaultView; view && view !== window; view = view.parent) {
      const frame = view.frameElement;
      const around = frame.getBoundingClientRect();
      const style = getComputedStyle(frame);
      const x = around.left + frame.clientLeft + Number.parseFloat(style.paddingLeft);
      const y = around.top + frame.clientTop + Number.parseFloat(style.paddingTop);
      [left, right] = [left, right].map((side) => x + Math.min(Math.max(side, 0), view.innerWidth));
      [top, bottom] = [top, bottom].map((side) => y + Math.min(Math.max(side, 0), view.innerHeight));
    }
    return [left + scrollX, top + scrollY, right - left, bottom - top].map(round);
  }

  function find(selector) {
    let element = null;
    for (const part of selector.split(" >>> ")) {
      const root = element ? (element.shadowRoot ?? element.contentDocument) : document;
      element = root?.querySelector(part);
    }
    return element;
  }

  function path(element) {
    const root = element.getRootNode();
    const own = selector(element, root);
    const frame = root.defaultView && root.defaultView !== window ? root.defaultView.frameElement : null;
    const around = root.host ?? frame;
    return around ? `${path(around)} >>> ${own}` : own;
  }

  function selector(element, root) {
    const steps = [];
    for (let at = element; at && at !== root; at = at.parentElement) {
      const unique = unambiguous(at, root);
      if (unique) return [unique, ...steps].join(" > ");
      steps.unshift(step(at));
    }
    return steps.join(" > ");
  }

  function unambiguous(element, root) {
    if (element === document.documentElement || element === document.body) return element.localName;
    const { id } = element;
    if (!id || /\d{4}|[\s:]/.test(id)) return null; // made by a machine, and another one tomorrow
    const found = `#${CSS.escape(id)}`;
    return root.querySelectorAll(found).length === 1 ? found : null;
  }

  function step(element) {
    const name = CSS.escape(element.localName);
    const alike = element.parentNode
      ? [...element.parentNode.children].filter((other) => other.localName === element.localName)
      : [element];
    return alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(element) + 1})` : name;
  }

  function start(element) {
    const copy = element.cloneNode(false);
    copy.textContent = element.textContent.replace(/\s+/g, " ").trim().slice(0, 200);
    return copy.outerHTML.slice(0, 300);
  }

  // What the audit does to a page. ----------------------------------------------------------------

  function sheet(css) {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    return made;
  }
  // In the middle of a transition a colour is neither the old nor the new one.
  const STILL = `*, ::before, ::after {
    transition: none !important; animation-play-state: paused !important; scroll-behavior: auto !important }
    ::-webkit-slider-thumb { transition: none !important } ::-webkit-slider-runnable-track { transition: none !important }
    ::-moz-range-thumb { transition: none !important } ::-moz-range-track { transition: none !important }
    ::file-selector-button { transition: none !important } ::placeholder { transition: none !important }`;
  // The overrides of criterion 1.4.12.
  const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`;
  // For whoever waits for the end of a transition, which must not take long.
  const BRIEF = `*, ::before, ::after { transition-duration: 1ms !important; transition-delay: 0s !important;
    animation-duration: 1ms !important; animation-delay: 0s !important; scroll-behavior: auto !important }`;
  const SHEETS = { brief: BRIEF, still: STILL, spaced: SPACED };
  const sheets = {};

  const SOON = 5000;

  /** What fades or slides in once is looked at as it is in the end. */
  function finishEntrances() {
    for (const one of document.getAnimations()) {
      const time = one.effect?.getComputedTiming();
      if (time?.iterations === 1 && time.endTime <= SOON && one.playState === "running") one.finish();
    }
  }

  /** Put one of the style sheets on every root, or take it off. */
  function put(name, on) {
    if (name === "still" && on) finishEntrances();
    for (const root of roots()) {
      const adopted = root.adoptedStyleSheets;
      sheets[name] ??= sheet(SHEETS[name]);
      const has = adopted.includes(sheets[name]);
      if (on && !has) root.adoptedStyleSheets = [...adopted, sheets[name]];
      if (!on && has) root.adoptedStyleSheets = adopted.filter((other) => other !== sheets[name]);
    }
  }

  function* roots() {
    yield document;
    for (const element of document.querySelectorAll("*")) if (element.shadowRoot) yield element.shadowRoot;
  }

  /** Whether anything changed by it. */
  function wear(attributes) {
    const root = document.documentElement;
    const other = Object.entries(attributes).filter(([name, value]) => root.getAttribute(name) !== value);
    for (const [name, value] of other)
      if (value === null) root.removeAttribute(name);
      else root.setAttribute(name, value);
    return other.length > 0;
  }

  /** Whether the page's text follows Vydno's attribute. */
  function hasTextScale() {
    const root = document.documentElement;
    const was = root.getAttribute("data-text-scale");
    const size = () => Number.parseFloat(getComputedStyle(root).fontSize);
    root.removeAttribute("data-text-scale");
    const before = size();
    root.setAttribute("data-text-scale", "200");
    const after = size();
    if (was === null) root.removeAttribute("data-text-scale");
    else root.setAttribute("data-text-scale", was);
    return after > before * 1.5;
  }

  const frame = () =>
    new Promise((done) => {
      // A page in the background draws no frames.
      const late = setTimeout(done, 200);
      requestAnimationFrame(() => {
        clearTimeout(late);
        done();
      });
    });

  /** Until fonts are there and a frame went by in which nothing changed; 2 s at most. */
  async function settle() {
    const end = performance.now() + 2000;
    await Promise.race([document.fonts?.ready, new Promise((done) => setTimeout(done, 2000))]);
    let changed = false;
    const observer = new MutationObserver(() => {
      changed = true;
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    do {
      changed = false;
      await frame();
      // The first drawing may be what asks for a font.
    } while ((changed || document.fonts?.status === "loading") && performance.now() < end);
    observer.disconnect();
  }

  const REARRANGED = 300;

  /** The same when the window is of another size: scripts that listen put off what they do. */
  async function resettle() {
    const heard = window.onresize || window[Symbol.for("vydno.early")].listened(window).includes("resize");
    if (heard) await new Promise((done) => setTimeout(done, REARRANGED));
    await settle();
  }

  // Where the page wanted to go by itself, or when something in it was pressed.
  const left = [];

  /** From now on the page stays where it is; what it wanted is noted. */
  function stay() {
    window.navigation?.addEventListener("navigate", (event) => {
      if (!event.cancelable || event.hashChange || event.downloadRequest !== null) return;
      left.push({ url: event.destination.url, form: event.formData !== null, user: event.userInitiated });
      event.preventDefault();
    });
  }

  /** Once the page is there: what it is, and it stays. */
  async function arrive() {
    await settle();
    stay();
    return facts();
  }

  const facts = () => ({
    type: document.contentType,
    status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
    url: location.href,
    title: document.title,
    elements: document.querySelectorAll("*").length,
  });

  /** The links of the page, for a crawl. */
  const links = () => [...document.links].map((link) => link.href);

  const api = { measure, describe, lineBoxes, put, wear, hasTextScale, settle, resettle, arrive, stay, facts, left, links, path, nodes: () => nodes };
  Object.defineProperty(window, KEY, { value: Object.freeze(api) });
})();
