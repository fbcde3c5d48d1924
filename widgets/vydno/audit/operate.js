// What happens in a page when its controls are used, one after the other, each put back afterwards.
// Evaluated after keyboard.js.
(() => {
  const KEY = Symbol.for("vydno.operate");
  if (window[KEY]) return;
  const audit = window[Symbol.for("vydno.audit")];
  const { active, early, holds, isSeen, isTabbable, isText, listened, node, number, upward } = window[Symbol.for("vydno.keyboard")];

  // Time. ------------------------------------------------------------------------------------------

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const frame = () =>
    new Promise((done) => {
      const late = setTimeout(done, 100);
      requestAnimationFrame(() => {
        clearTimeout(late);
        done();
      });
    });

  // The page at one moment. ------------------------------------------------------------------------

  const MOST = 4000;

  function* all(root = document) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  }

  function scene() {
    const seen = new Set();
    let count = 0;
    for (const element of all()) {
      if (count++ > MOST) break;
      if (isSeen(element)) seen.add(element);
    }
    return seen;
  }

  const FIELDS = "input, select, textarea, details, dialog, [aria-checked], [aria-selected], [aria-pressed], [aria-valuenow]";
  const STATES = ["aria-checked", "aria-selected", "aria-pressed", "aria-valuenow", "aria-activedescendant"];

  function states() {
    const found = [];
    for (const each of document.querySelectorAll(FIELDS))
      found.push(each.checked, each.type === "password" ? "" : each.value, each.open, ...STATES.map((name) => each.getAttribute(name)));
    return found.join("\n");
  }

  function moment() {
    const seen = scene();
    return {
      seen,
      written: written(seen),
      states: states(),
      text: document.body.textContent,
      scroll: [scrollX, scrollY],
      left: audit.left.length,
      did: early.did.length,
      active: active(),
      url: location.href,
    };
  }

  let listening = false;
  const mutated = new Set();
  const noisy = new Set();
  const observer = new MutationObserver(collect);

  const worded = new Map(); // the text that an element had before it was written anew

  function collect(records) {
    for (const { target, type, oldValue, removedNodes } of records) {
      const changed = type === "characterData" ? target.parentElement : target;
      if (!changed || noisy.has(changed)) continue;
      mutated.add(changed);
      if (type === "attributes" || worded.has(changed)) continue;
      worded.set(changed, type === "characterData" ? oldValue : [...removedNodes].map((each) => each.textContent).join(""));
    }
  }

  /** What changes without anybody doing anything is not what a press did. */
  async function listen() {
    // Nothing takes long, and whoever waits for the end of a transition hears of it.
    audit.put("still", false);
    audit.put("brief", true);
    const effects = window.jQuery?.fx;
    if (effects) effects.off = true;
    if (listening) return;
    listening = true;
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true, characterDataOldValue: true });
    await pause(60);
    collect(observer.takeRecords());
    for (const target of mutated) noisy.add(target);
    mutated.clear();
  }

  const WAITS = [0, 10];

  /** Do it, wait for what comes of it, and say what that is. */
  async function effect(doing) {
    collect(observer.takeRecords());
    mutated.clear();
    worded.clear();
    const before = moment();
    let error = "";
    try {
      doing();
    } catch (thrown) {
      error = String(thrown).slice(0, 100);
    }
    collect(observer.takeRecords());
    before.prompt = mutated.size > 0;
    for (const wait of WAITS) {
      await pause(wait);
      if (mutated.size) break;
    }
    if (mutated.size || active() !== before.active) {
      await frame();
    }
    collect(observer.takeRecords());
    return { before, error, ...compared(before, isStill(before) ? again(before) : moment()) };
  }

  /** Whether nothing happened that could change what is seen. */
  const isStill = (before) => !mutated.size && active() === before.active && states() === before.states;
  const again = (before) => ({ ...before, scroll: [scrollX, scrollY], left: audit.left.length, did: early.did.length });

  function compared(before, after) {
    const shown = [...after.seen].filter((element) => !before.seen.has(element));
    const hidden = [...before.seen].filter((element) => !after.seen.has(element));
    const strong =
      shown.length > 0 ||
      hidden.length > 0 ||
      after.states !== before.states ||
      after.text.length !== before.text.length ||
      // A clock writes as many letters as before, and not because of a press.
      (before.prompt && after.text !== before.text) ||
      after.left > before.left ||
      after.did > before.did ||
      after.scroll.some((at, index) => Math.abs(at - before.scroll[index]) > 2);
    return { after, shown: outermost(shown), hidden: outermost(hidden), strong, weak: mutated.size > 0 };
  }

  function outermost(elements) {
    const among = new Set(elements);
    return elements.filter((element) => {
      for (let at = upward(element); at; at = upward(at)) if (among.has(at)) return false;
      return true;
    });
  }

  /** The page as other checks know it. */
  function end() {
    audit.put("brief", false);
    audit.put("still", true);
    document.activeElement?.blur?.();
  }

  // Doing. -----------------------------------------------------------------------------------------

  function click(element, double = false) {
    const box = element.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, composed: true, view: window, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"])
      element.dispatchEvent(new (type.startsWith("p") ? PointerEvent : MouseEvent)(type, at));
    if (element.click) element.click();
    else element.dispatchEvent(new MouseEvent("click", at));
    if (double) element.dispatchEvent(new MouseEvent("dblclick", at));
  }

  const CODES = { Enter: 13, " ": 32, Escape: 27, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Home: 36, End: 35 };

  function press(element, key) {
    const code = CODES[key] ?? key.toUpperCase().charCodeAt(0);
    const how = { key, code: codeOf(key), keyCode: code, which: code, bubbles: true, cancelable: true, composed: true, view: window };
    const going = element.dispatchEvent(new KeyboardEvent("keydown", how));
    if (going && (key.length === 1 || key === "Enter")) {
      const letter = key === "Enter" ? 13 : key.charCodeAt(0);
      element.dispatchEvent(new KeyboardEvent("keypress", { ...how, charCode: letter, keyCode: letter, which: letter }));
    }
    element.dispatchEvent(new KeyboardEvent("keyup", how));
  }

  const codeOf = (key) => (key === " " ? "Space" : /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key);

  // Putting back. ----------------------------------------------------------------------------------

  let dirty = false;
  const CLOSE = /close|dismiss|cancel|закри|скасув|^\s*[x×✕✖]\s*$/i;
  const nameOf = (element) =>
    [element.getAttribute("aria-label"), element.title, element.textContent, element.getAttribute("class")].join(" ").slice(0, 200);

  /** What is seen, in words: elements that were made anew, and are as they were, are the same. */
  function written(seen) {
    let text = "";
    for (const element of seen) text += `${element.localName}${element.childElementCount ? "" : element.textContent.slice(0, 20)} `;
    return text;
  }

  const isAsBefore = (before) => states() === before.states && written(scene()) === before.written;

  async function isBack(before) {
    for (const wait of [0, 10, 100]) {
      await pause(wait);
      if (isAsBefore(before)) return true;
      collect(observer.takeRecords());
      if (!mutated.size && wait) return false;
    }
    return false;
  }

  /** Undo what a press did. Says how: `again` when the same press took it back. */
  async function undo(element, { before, shown, strong }, again) {
    if (location.href !== before.url) history.replaceState(history.state, "", before.url);
    scrollTo({ left: before.scroll[0], top: before.scroll[1], behavior: "instant" });
    if (!strong || isAsBefore(before)) return "";
    const ways = [
      ["again", again],
      ["escape", () => press(active() ?? document.body, "Escape")],
      ["closed", () => close(shown)],
      ["chosen", () => choose(before)],
    ];
    if (before.chosen?.some((each) => each.isConnected && !isChosen(each))) ways.unshift(ways.pop());
    for (const [way, doing] of ways) {
      if (way === "again" && !element.isConnected) continue;
      collect(observer.takeRecords());
      mutated.clear();
      try {
        if (doing() === false) continue;
      } catch {
        continue;
      }
      if (await isBack(before)) return way;
    }
    dirty = true;
    return "lost";
  }

  function close(shown) {
    for (const each of shown) {
      if (each.matches("dialog[open]")) each.close();
      else if (each.matches(":popover-open")) each.hidePopover();
      else for (const inner of each.querySelectorAll("button, a, [role=button], span, div")) if (CLOSE.test(nameOf(inner)) && inner.children.length < 3) return click(inner);
    }
  }

  /** What was chosen before, chosen again. */
  function choose(before) {
    const was = [...before.chosen];
    for (const each of was) if (each.isConnected && !isChosen(each)) click(each);
    return was.length > 0;
  }
  const isChosen = (element) => element.checked || element.matches(".active, .selected") || STATES.some((name) => element.getAttribute(name) === "true");
  const chosen = () => [...document.querySelectorAll("[aria-selected=true], [aria-checked=true], [aria-pressed=true], :checked, .active, .selected")];

  // A control. -------------------------------------------------------------------------------------

  const MODAL = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
  const NAMED_MODAL = /modal|dialog|lightbox|popup|overlay/i;

  /** The dialog among what a press brought, and how sure that it is one; else null. */
  function dialogOf(shown) {
    for (const each of shown) {
      const known = each.matches(MODAL) ? each : each.querySelector(MODAL);
      if (known && isSeen(known)) return { element: known, sure: true, modal: isModal(known, shown), native: known.matches(":modal") };
    }
    for (const each of shown) {
      const box = each.getBoundingClientRect();
      const { position } = getComputedStyle(each);
      const large = box.width * box.height > 0.15 * innerWidth * innerHeight;
      const named = NAMED_MODAL.test(`${each.id} ${each.getAttribute("class")}`);
      const menu = each.matches("ul, ol, nav, [role=menu], [role=listbox], [role=tooltip], [role=status], [role=alert]");
      if (!menu && (position === "fixed" || (position === "absolute" && named)) && (large || named) && box.height > 60 && each.textContent.trim())
        return { element: each, sure: false, modal: isModal(each, shown), native: false };
    }
    return null;
  }

  function isModal(element, shown) {
    if (element.ariaModal === "true" || element.matches(":modal")) return true;
    const layers = [...shown, ...[...shown].flatMap((each) => [...each.children]), element];
    return layers.some((each) => {
      const box = each.getBoundingClientRect();
      return getComputedStyle(each).position === "fixed" && box.width >= innerWidth * 0.95 && box.height >= innerHeight * 0.95;
    });
  }

  const insideOf = (element) => [...element.querySelectorAll("*")].filter((each) => isTabbable(each) && isSeen(each));

  function told(element, done) {
    const { shown, hidden, before, after } = done;
    const dialog = dialogOf(shown);
    return {
      strong: done.strong,
      weak: done.weak,
      error: done.error,
      shown: shown.slice(0, 10).map(described),
      hidden: hidden.length,
      left: audit.left.slice(before.left).map(({ url }) => url),
      did: early.did.slice(before.did),
      focus: number(after.active),
      lost: after.active === document.body || !after.active?.isConnected,
      gone: !element.isConnected || !isSeen(element),
      dialog: dialog && { sure: dialog.sure, modal: dialog.modal },
      told: rewritten(element, before),
    };
  }

  const LONGEST = 120;

  /** Short texts outside of the control that were seen before, and say something else now. */
  function rewritten(control, before) {
    const found = [];
    for (const each of mutated) {
      if (found.length > 4 || !worded.has(each) || !before.seen.has(each) || !isSeen(each)) continue;
      if (holds(control, each) || holds(each, control) || each.childElementCount > 2) continue;
      const text = each.innerText?.trim() ?? "";
      const old = worded.get(each).trim();
      if (text && text.length <= LONGEST && text !== old) found.push({ ...described(each), old: old.slice(0, LONGEST) });
    }
    return found;
  }

  const LIVE = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive], output";

  function described(element) {
    return {
      number: number(element),
      tag: element.localName,
      role: element.getAttribute("role") ?? "",
      hint: `${element.id} ${element.getAttribute("class") ?? ""}`.slice(0, 100),
      text: element.innerText?.trim().slice(0, 200) ?? "",
      controls: insideOf(element).length,
      live: !!element.closest(LIVE) || !!element.querySelector(LIVE),
      position: getComputedStyle(element).position,
    };
  }

  const expanded = (element) => element.closest("[aria-expanded]")?.getAttribute("aria-expanded") ?? null;
  const NATIVE = "a[href], area[href], button, input, select, textarea, summary, option, label";

  /** Use each of the controls; stops where one leaves a change that cannot be undone. */
  async function operate(wanted) {
    await listen();
    const found = [];
    for (const each of wanted) {
      const element = node(each);
      if (!element?.isConnected || !isSeen(element) || element.closest("[inert]")) continue;
      found.push(await one(element));
      if (dirty) break;
    }
    end();
    return { found, dirty };
  }

  async function one(element) {
    const focusable = isTabbable(element);
    const double = listened(element).has("dblclick");
    const row = { number: number(element), focusable, native: element.matches(NATIVE), expanded: [expanded(element)], name: [label(element)] };
    element.focus?.({ preventScroll: true });
    const selected = chosen();
    const pressed = () => click(element, double);
    const faces = [face(element)];
    row.said = [saidState(element)];
    const done = await effect(pressed);
    done.before.chosen = selected;
    faces.push(face(element));
    row.said.push(saidState(element));
    if (done.shown.length && dialogOf(done.shown) && !holds(dialogOf(done.shown).element, active())) await pause(350);
    if (element.matches(":disabled") || !isSeen(element)) await frame().then(frame);
    Object.assign(row, told(element, { ...done, after: { ...done.after, active: active() } }));
    row.expanded.push(expanded(element));
    row.name.push(label(element));
    row.undone = await undo(element, done, pressed);
    row.turned = !dirty && (await turns(element, faces, done.strong, pressed));
    if (dirty || row.native || !focusable || !(done.strong || done.weak)) return row;
    row.keys = {};
    row.lost = false;
    for (const key of ["Enter", " "]) {
      element.focus?.({ preventScroll: true });
      const tried = await effect(() => press(element, key));
      tried.before.chosen = selected;
      row.keys[key] = tried.strong || (!done.strong && tried.weak) || (tried.weak && tried.shown.length > 0);
      row.lost ||= tried.strong && tried.after.active === document.body;
      await undo(element, tried, pressed);
      if (dirty) break;
    }
    return row;
  }

  const LOOKS = ["color", "backgroundColor", "backgroundImage", "fill", "stroke", "borderTopColor", "fontWeight", "transform", "translate", "display", "opacity", "left", "marginLeft"];

  /** Brief as they are, transitions that have just begun show what was before. */
  function landed() {
    // What inherits a colour begins its own when that of the outer one is over.
    for (let round = 0; round < 4; round++) {
      const going = document.getAnimations().filter((one) => one instanceof CSSTransition);
      if (!going.length) break;
      for (const one of going) one.finish();
    }
    return true;
  }

  /** What a control looks like, in words. */
  function face(element) {
    landed();
    const parts = [element, ...element.querySelectorAll("*")].slice(0, 12).map((each) => {
      const style = getComputedStyle(each);
      const own = each.childElementCount ? "" : each.textContent.trim().slice(0, 40);
      return [...LOOKS.map((name) => style[name]), getComputedStyle(each, "::before").content, own, each.getAttribute("src"), each.getAttribute("d")].join();
    });
    return parts.join("|");
  }

  const saidState = (element) => ["aria-checked", "aria-pressed"].map((name) => element.getAttribute(name) ?? "").join();

  /** Whether one press gives the control another look, and the next takes it back. */
  async function turns(element, [before, after], strong, again) {
    if (before === after || !element.isConnected) return false;
    if (!strong) await effect(again);
    return face(element) === before;
  }

  const label = (element) => (element.getAttribute("aria-label") ?? element.innerText ?? "").trim().slice(0, 100);

  // Fields. ----------------------------------------------------------------------------------------

  /** Change the value of a field as its user would, and put it back. */
  async function change(wanted) {
    await listen();
    const found = [];
    for (const each of wanted) {
      const field = node(each);
      if (!field?.isConnected) continue;
      field.focus({ preventScroll: true });
      const restore = remember(field);
      const done = await effect(() => alter(field));
      const { before, after } = done;
      const moved = after.active !== field && after.active !== before.active;
      found.push({
        number: each,
        left: audit.left.slice(before.left).map(({ url }) => url),
        did: early.did.slice(before.did),
        moved: moved && after.active !== document.body ? number(after.active) : -1,
        lost: moved && after.active === document.body,
        dialog: !!dialogOf(done.shown),
      });
      restore();
      close(done.shown);
      if (!(await isBack(before))) dirty = true;
      if (dirty) break;
    }
    end();
    return { found, dirty };
  }

  function remember(field) {
    const { value, checked, selectedIndex } = field;
    const peers = field.type === "radio" ? [...document.getElementsByName(field.name)].filter((peer) => peer.checked) : [];
    return () => {
      if (field.localName === "select") field.selectedIndex = selectedIndex;
      else if (/^(radio|checkbox)$/.test(field.type)) field.checked = checked;
      else field.value = value;
      for (const peer of peers) peer.checked = true;
      for (const type of ["input", "change"]) (peers[0] ?? field).dispatchEvent(new Event(type, { bubbles: true }));
    };
  }

  function alter(field) {
    if (/^(radio|checkbox)$/.test(field.type)) return field.click();
    if (field.localName === "select") {
      const next = [...field.options].findIndex((option, index) => index !== field.selectedIndex && !option.disabled && index > 0);
      field.selectedIndex = next < 0 ? 0 : next;
    } else {
      press(field, "1");
      const full = field.maxLength > 0 && field.maxLength < 6 ? "1".repeat(field.maxLength) : "1";
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, full);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, data: "1", inputType: "insertText" }));
      field.dispatchEvent(new KeyboardEvent("keyup", { key: "1", code: "Digit1", keyCode: 49, bubbles: true }));
    }
    if (field.localName === "select") field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Forms. -----------------------------------------------------------------------------------------

  const EDGES = ["borderTopColor", "borderBottomColor", "borderLeftColor", "borderTopWidth", "borderBottomWidth", "backgroundColor", "boxShadow", "outlineColor", "outlineStyle"];
  const edges = (field) => landed() && EDGES.map((name) => getComputedStyle(field)[name]);
  const UNFILLED = /^(hidden|submit|button|image|reset)$/;
  const fieldsOf = (form) => [...form.elements].filter((each) => /^(input|select|textarea)$/.test(each.localName) && !UNFILLED.test(each.type) && isSeen(each));
  const senderOf = (form) => [...form.elements].find((each) => each.matches("button:not([type=button], [type=reset]), input[type=submit], input[type=image]") && isSeen(each) && !each.disabled);

  /** Send each of the forms as it is; what a script says to it. The first that changes the page is the last. */
  async function send(wanted) {
    await listen();
    const found = [];
    for (const each of wanted) {
      const form = node(each);
      const button = form?.isConnected && senderOf(form);
      const fields = button ? fieldsOf(form) : [];
      // What the browser itself refuses it tells to everybody.
      if (!fields.length || !(form.noValidate || button.formNoValidate || fields.every((field) => field.validity.valid))) continue;
      const before = fields.map(edges);
      button.focus({ preventScroll: true });
      const done = await effect(() => click(button));
      const at = active();
      const row = { ...told(button, done), number: each, heard: heardFrom(at, [...done.shown, ...mutated]).map(number) };
      at?.blur?.();
      row.marked = fields.flatMap((field, index) => {
        const now = edges(field);
        const names = EDGES.filter((_, place) => now[place] !== before[index][place]);
        return names.length ? [{ number: number(field), invalid: field.ariaInvalid === "true", colours: names.every((name) => !/Width|Style/.test(name)) }] : [];
      });
      found.push(row);
      dirty = done.strong || done.weak;
      if (dirty) break;
    }
    end();
    return { found, dirty };
  }

  /** Of the texts those that whoever is at the element hears: it is in them, or refers to them. */
  function heardFrom(at, texts) {
    const names = ["aria-describedby", "aria-errormessage", "aria-labelledby", "aria-details"];
    const ids = names.flatMap((name) => (at?.getAttribute?.(name) ?? "").split(/\s+/)).filter(Boolean);
    const heard = [at, ...ids.map((id) => document.getElementById(id)), ...(at?.labels ?? [])].filter((each) => each && each !== document.body);
    return texts.filter((text) => heard.some((each) => holds(text, each) || holds(each, text)));
  }

  // Keys. ------------------------------------------------------------------------------------------

  /** The keys that do something when nothing has the focus. */
  async function shortcuts(keys) {
    await listen();
    document.activeElement?.blur?.();
    const found = [];
    // What any key does, such as noting that somebody uses the keyboard, is no shortcut.
    await effect(() => press(document.body, "F13"));
    const acting = [];
    const touched = new Set();
    const done = await effect(() => {
      for (const key of keys) if (acts(key, touched)) acting.push(key);
      for (const target of touched) mutated.add(target);
    });
    if (acted(done)) {
      const some = acting.length ? acting.slice(0, 5) : keys;
      await unpress(done, some);
      found.push(...(acting.length ? some : await late(keys)));
    }
    end();
    return { found, dirty };
  }

  const acted = (done) => done.strong || done.after.active !== done.before.active;
  function pressAll(keys) {
    for (const key of keys) press(document.body, key);
  }

  function unpress(done, keys) {
    done.before.chosen = [];
    return undo(document.body, { ...done, strong: true }, () => pressAll(keys));
  }

  /** The key that does something a little later, found by halves: it must do it again, since a page changes by itself, too. */
  async function late(keys) {
    for (let among = keys; !dirty; ) {
      const some = among.slice(0, Math.ceil(among.length / 2));
      const done = await effect(() => pressAll(some));
      if (acted(done)) await unpress(done, some);
      if (among.length === 1) return acted(done) ? among : [];
      among = acted(done) ? some : among.slice(some.length);
    }
    return [];
  }

  /** Whether pressing the key does something at once. */
  function acts(key, touched) {
    collect(observer.takeRecords());
    mutated.clear();
    const [at, left, did] = [active(), audit.left.length, early.did.length];
    press(document.body, key);
    collect(observer.takeRecords());
    for (const target of mutated) touched.add(target);
    return mutated.size > 0 || active() !== at || audit.left.length > left || early.did.length > did;
  }

  /** Whether arrow keys do anything in widgets: `[container, item]` each. */
  async function arrows(pairs) {
    await listen();
    const found = [];
    for (const [outer, inner] of pairs) {
      const [container, item] = [node(outer), node(inner)];
      if (!container?.isConnected || !item?.isConnected) continue;
      let acted = false;
      for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
        item.focus({ preventScroll: true });
        const held = remembered(container);
        const done = await effect(() => press(active() ?? item, key));
        acted = done.strong || active() !== done.before.active || remembered(container) !== held;
        done.before.chosen = [];
        if (done.strong) await undo(item, done, () => press(active() ?? item, opposite(key)));
        if (acted || dirty) break;
      }
      found.push([outer, acted]);
      if (dirty) break;
    }
    end();
    return { found, dirty };
  }

  const remembered = (element) => [element, ...element.querySelectorAll("*")].slice(0, 300).map((each) => [...STATES.map((name) => each.getAttribute(name)), each.getAttribute("tabindex")]).join();
  const opposite = (key) => ({ ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight", ArrowUp: "ArrowDown", ArrowDown: "ArrowUp" })[key];

  // With real keys, one step at a time. ------------------------------------------------------------

  let mark = null;
  let opened = null;

  /** Get ready for a real key on the element. */
  async function ready(wanted) {
    await listen();
    const element = node(wanted);
    element?.focus({ preventScroll: true });
    collect(observer.takeRecords());
    mutated.clear();
    mark = { ...moment(), chosen: chosen() };
    mark.held = element && remembered(element.parentElement ?? element);
    return number(active());
  }

  /** Whether the key did something since; and put it back. */
  async function came(wanted) {
    await pause(30);
    const element = node(wanted);
    const done = { before: mark, ...compared(mark, moment()) };
    const acted = done.strong || active() !== mark.active || mutated.size > 0 || remembered(element.parentElement ?? element) !== mark.held;
    await undo(element, done, () => click(element));
    end();
    return { acted, dirty };
  }

  const LISTS = "[role=menu], [role=listbox], [role=tree], [role=grid]";
  let hung = null;

  /** The menu or the list that is seen since. */
  function listOf(opener, before) {
    const named = ["aria-controls", "aria-owns"].map((name) => document.getElementById(opener.getAttribute(name) ?? ""));
    const every = [...named.filter((each) => each?.matches(LISTS)), ...document.querySelectorAll(LISTS)];
    return every.find((each) => isSeen(each) && (!before.seen.has(each) || named.includes(each)) && itemsOf(each).some(isSeen));
  }

  const itemsOf = (list) => [...list.querySelectorAll("[role^=menuitem], [role=option], [role=treeitem], [role=gridcell]")];

  /** Open what a control brings, by a click or by typing; what is known of it then. */
  async function popup(wanted) {
    await listen();
    const opener = node(wanted);
    opener.focus({ preventScroll: true });
    const typed = isText(opener);
    const restore = typed ? remember(opener) : () => {};
    const done = await effect(() => click(opener));
    done.before.chosen = chosen();
    let list = listOf(opener, done.before);
    for (const letter of typed && !list ? letters(opener) : []) {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(opener), "value")?.set?.call(opener, letter);
      opener.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter, inputType: "insertText" }));
      await pause(50);
      list = listOf(opener, done.before);
      if (list) break;
    }
    if (!list) {
      restore();
      await undo(opener, { ...done, strong: true }, () => click(opener));
      end();
      return { role: "", dirty };
    }
    hung = { opener, done, list, restore };
    collect(observer.takeRecords());
    mutated.clear();
    hung.mark = marked();
    return { role: list.getAttribute("role"), reachable: itemsOf(list).filter(isSeen).every(isTabbable), dirty };
  }

  function letters(opener) {
    const controlled = document.getElementById(opener.getAttribute("aria-controls") ?? opener.getAttribute("aria-owns") ?? "");
    const first = controlled ? itemsOf(controlled).map((each) => each.textContent.trim()[0]) : [];
    return [...new Set([...first.filter(Boolean).slice(0, 2), "a", "о"])];
  }

  const marked = () => [number(active()), hung.opener.getAttribute("aria-activedescendant"), hung.opener.value, remembered(hung.list)].join();

  /** Whether a key did something to it. */
  async function stirred() {
    await pause(30);
    collect(observer.takeRecords());
    return marked() !== hung.mark || mutated.size > 0;
  }

  /** Put away what is open. */
  async function fold() {
    press(active() ?? hung.opener, "Escape");
    await pause(10);
    hung.restore();
    await undo(hung.opener, { ...hung.done, strong: true }, () => click(hung.opener));
    end();
    return { dirty };
  }

  /** Open the dialog behind a control; what is known of it then. */
  async function open(wanted) {
    await listen();
    const opener = node(wanted);
    opener.focus({ preventScroll: true });
    const done = await effect(() => click(opener));
    done.before.chosen = chosen();
    const dialog = dialogOf(done.shown);
    opened = { opener, done, dialog };
    if (!dialog) return null;
    for (const wait of [30, 100, 300]) {
      if (holds(dialog.element, active())) break;
      await pause(wait);
    }
    const inside = insideOf(dialog.element);
    return {
      sure: dialog.sure,
      modal: dialog.modal,
      native: dialog.native,
      entered: holds(dialog.element, active()),
      inside: inside.length,
      stuck: closers(dialog.element).length > 0 && !inside.some((each) => CLOSE.test(nameOf(each))),
      hint: described(dialog.element).hint,
    };
  }

  /** What closes a dialog by a click, and is not reached by Tab. */
  const closers = (element) =>
    [...element.querySelectorAll("*")].filter(
      (each) => CLOSE.test(nameOf(each)) && !isTabbable(each) && !each.closest(NATIVE) && (listened(each).size > 0 || getComputedStyle(each).cursor === "pointer") && isSeen(each),
    );

  const inDialog = () => holds(opened.dialog.element, active());
  const enter = () => void (insideOf(opened.dialog.element)[0] ?? opened.dialog.element).focus({ preventScroll: true });
  const onPage = () => active() === document.body;

  /** After Escape: whether it is closed, and where the focus went; what is open is closed then. */
  async function closed() {
    const { opener, done, dialog } = opened;
    for (const wait of [0, 50, 350]) {
      await pause(wait);
      if (!isSeen(dialog.element)) break;
    }
    const escaped = !isSeen(dialog.element);
    if (!escaped) {
      const within = insideOf(dialog.element);
      const button = within.find((each) => CLOSE.test(nameOf(each))) ?? closers(dialog.element)[0];
      if (button) {
        button.focus?.({ preventScroll: true });
        click(button);
        await pause(50);
        if (isSeen(dialog.element)) await pause(350);
      }
    }
    const shut = !isSeen(dialog.element);
    await frame();
    await frame();
    const at = active();
    const back = shut && (at === opener || holds(opener, at));
    const lost = shut && (at === document.body || !at?.isConnected);
    await undo(opener, done, () => close([dialog.element]));
    end();
    return { escaped, shut, back, lost, at: number(at), dirty };
  }

  const api = { arrows, came, change, click, closed, effect, fold, inDialog, insideOf, listen, moment, onPage, open, enter, operate, pause, popup, ready, scene, send, shortcuts, stirred };
  Object.defineProperty(window, KEY, { value: api });
})();
