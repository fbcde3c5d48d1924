// What the page's scripts listen to, noted from their first line on; and a guard that lets nothing
// leave while the audit presses what there is to press. Injected with measure.js.
(() => {
  const KEY = Symbol.for("vydno.early");
  if (window[KEY]) return;

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const heard = new WeakMap();

  function note(target, type, listener) {
    if (!heard.has(target)) heard.set(target, new Map());
    const types = heard.get(target);
    if (!types.has(type)) types.set(type, new Set());
    types.get(type).add(listener);
  }

  Object.assign(EventTarget.prototype, {
    addEventListener(type, listener, ...rest) {
      // Called bare, it is the window's.
      const target = this ?? window;
      if (listener) note(target, `${type}`, listener);
      return add.call(target, type, listener, ...rest);
    },
    removeEventListener(type, listener, ...rest) {
      const target = this ?? window;
      heard.get(target)?.get(`${type}`)?.delete(listener);
      return remove.call(target, type, listener, ...rest);
    },
  });

  /** The types of events that scripts listen to on the target. */
  function listened(target) {
    const found = [];
    for (const [type, listeners] of heard.get(target) ?? []) if (listeners.size) found.push(type);
    return found;
  }

  // What scripts do later, again and again, or for the ears alone. ---------------------------------

  const LATE = 20_000; // milliseconds from which a single timer is a limit rather than a delay
  const SLOW = 400; // and less often does what people can follow happen
  const MOST = 200;
  const timers = new Map(); // by number: `{ delay, repeats, source, run }`
  const ticks = []; // when a timer that repeats did something
  const sounds = new Set();
  const { setInterval: repeat, setTimeout: delayed, clearInterval: clear, requestAnimationFrame: frame } = window;
  let frames = 0;

  const sourceOf = (handler) => String(handler).slice(0, 500);

  window.setInterval = function setInterval(handler, delay, ...rest) {
    const ran = function ran(...given) {
      if (delay >= SLOW && ticks.length < MOST) ticks.push(performance.now());
      return handler.apply(this, given);
    };
    const number = repeat.call(window, typeof handler === "function" ? ran : handler, delay, ...rest);
    if (timers.size < MOST) timers.set(number, { delay: Number(delay) || 0, repeats: true, source: sourceOf(handler), run: ran });
    return number;
  };
  const [BRIEF, LONG] = [150, 10_000]; // milliseconds between which people notice a wait, and still wait
  let noting = false;
  const waiting = new Map(); // what was put off while it was noted, by number: `{ delay, run }`

  window.setTimeout = function setTimeout(handler, delay, ...rest) {
    const isNoted = noting && typeof handler === "function" && delay >= BRIEF && delay <= LONG;
    const run = isNoted ? once(handler) : handler;
    const number = delayed.call(window, run, delay, ...rest);
    if (isNoted) waiting.set(number, { delay, run: () => run.apply(window, rest) });
    if (delay >= LATE && timers.size < MOST) timers.set(number, { delay, repeats: false, source: sourceOf(handler) });
    return number;
  };
  for (const name of ["clearInterval", "clearTimeout"])
    window[name] = (number) => {
      timers.delete(number);
      waiting.delete(number);
      clear.call(window, number);
    };
  window.requestAnimationFrame = (callback) => {
    frames++;
    return frame.call(window, callback);
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function played() {
    sounds.add(this);
    return play.call(this);
  };

  function once(handler) {
    let done = false;
    return function run(...given) {
      if (done) return;
      done = true;
      handler.apply(this, given);
    };
  }

  /** From now on note what is put off; or do not. */
  function defer(on) {
    noting = on;
    waiting.clear();
  }

  /** Do at once what was put off by so much at most. Says whether there was anything. */
  function hurry(most) {
    const due = [...waiting].filter(([, { delay }]) => delay <= most);
    for (const [number, { run }] of due) {
      waiting.delete(number);
      try {
        run();
      } catch {}
    }
    return due.length > 0;
  }

  const LEAVING = /location|reload|submit|log-?out|sign-?out|window\.open/i;

  /** Let time pass for what repeats so seldom that nobody waits for it. */
  function advance(least, most) {
    for (const { delay, repeats, source, run } of [...timers.values()].slice(0, 10))
      if (repeats && delay > least && delay <= most && !LEAVING.test(source))
        try {
          run();
        } catch {}
  }

  /** What was set going by now: timers, frames, and sounds that are not in the document. */
  const going = () => ({
    timers: [...timers.values()].map(({ delay, repeats, source }) => ({ delay, repeats, source })),
    frames,
    sounds: [...sounds].filter((each) => !each.isConnected && !each.muted && each.volume > 0).map(({ loop, duration }) => ({ loop, seconds: Number.isFinite(duration) ? duration : null })),
  });

  // What the page wanted to do while it was guarded: `{ what, url }`.
  const did = [];
  const MANY = 50;
  let guarded = false;

  function noted(what, url = "") {
    // Whoever asks without end is stopped by an error of its own.
    if (did.length > MANY) throw new Error(`${what} is not answered any more`);
    did.push({ what, url: String(url ?? "").slice(0, 500) });
  }

  const harmless = (method) => /^(get|head|options)$/i.test(method ?? "GET");

  /** From now on no window opens, no form is sent, and nothing but questions is asked of a server. */
  function guard() {
    if (guarded) return;
    guarded = true;
    const { fetch, XMLHttpRequest: Request } = window;
    const methods = new WeakMap();
    const { open, send } = Request.prototype;
    Object.assign(Request.prototype, {
      open(method, ...rest) {
        methods.set(this, method);
        return open.call(this, method, ...rest);
      },
      send(...body) {
        if (harmless(methods.get(this))) return send.apply(this, body);
        return noted("request");
      },
    });
    window.fetch = (resource, options) => {
      if (harmless(options?.method ?? resource?.method)) return fetch(resource, options);
      noted("request", resource?.url ?? resource);
      return new Promise(() => {});
    };
    navigator.sendBeacon = () => true;
    window.open = (url) => {
      noted("window", url);
      return null;
    };
    window.print = () => noted("print");
    window.alert = (text) => noted("alert", text);
    window.confirm = (text) => {
      noted("confirm", text);
      return false;
    };
    window.prompt = (text) => {
      noted("prompt", text);
      return null;
    };
    for (const name of ["submit", "requestSubmit"])
      HTMLFormElement.prototype[name] = function sent() {
        noted("submit", this.action);
      };
    for (const name of ["back", "forward", "go"]) History.prototype[name] = () => noted("history", name);
    // Written into once it is there, a document is another one.
    for (const name of ["open", "write", "writeln"]) {
      const plain = Document.prototype[name];
      Document.prototype[name] = function written(...parts) {
        if (this !== document || document.readyState === "loading") return plain.apply(this, parts);
        noted("document", name);
        return this;
      };
    }
    add.call(window, "submit", (event) => {
      if (event.defaultPrevented) return;
      noted("submit", event.target?.action);
      event.preventDefault();
    });
  }

  const api = {
    listened,
    going,
    advance,
    defer,
    hurry,
    ticks,
    did,
    guard,
    listen: (target, ...how) => add.call(target, ...how),
    unlisten: (target, ...how) => remove.call(target, ...how),
  };
  Object.defineProperty(window, KEY, { value: Object.freeze(api) });
})();
