// What moves by itself: animations of style sheets, of scripts and in drawings, and images with
// frames. The audit's own sheet holds them still; it is put off and on again, within one turn.
async ([nodes, api, wanted]) => {
  const numbers = new Map(nodes.map((element, number) => [element, number]));
  const number = (element) => {
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const found = numbers.get(at);
      if (found !== undefined) return found;
    }
    return -1;
  };
  const MOST = 300;
  const QUIET = new Set(["offset", "computedOffset", "easing", "composite"]);

  /** The properties that its keyframes change, with the values they take. */
  function changes(effect, element, pseudo) {
    const frames = effect.getKeyframes();
    const now = getComputedStyle(element, pseudo);
    const found = {};
    for (const frame of frames)
      for (const [name, value] of Object.entries(frame)) {
        if (QUIET.has(name)) continue;
        found[name] ??= [];
        found[name].push(value);
      }
    for (const [name, values] of Object.entries(found)) {
      if (values.length < frames.length && values.length < 2) values.unshift(String(now[name] ?? ""));
      if (new Set(values).size < 2) delete found[name];
    }
    return found;
  }

  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  }

  function animation(one) {
    const { effect } = one;
    const element = effect?.target;
    if (!element || one.playState !== "running") return null;
    const time = effect.getComputedTiming();
    const found = changes(effect, element, effect.pseudoElement);
    if (!Object.keys(found).length || !(time.duration > 0)) return null;
    const colour = getComputedStyle(element, effect.pseudoElement).backgroundColor;
    return {
      number: number(element),
      name: one.animationName ?? one.id ?? "",
      pseudo: effect.pseudoElement ?? "",
      duration: time.duration / 1000,
      total: Number.isFinite(time.activeDuration) ? (time.activeDuration + time.delay) / 1000 : null,
      alternates: time.direction.startsWith("alternate"),
      changes: Object.fromEntries(Object.entries(found).map(([name, values]) => [name, values.slice(0, 40)])),
      own: colour,
      ground: ground(element.parentElement ?? element),
    };
  }

  function animations() {
    api.put("still", false);
    try {
      return document.getAnimations().slice(0, MOST).map(animation).filter(Boolean);
    } finally {
      api.put("still", true);
    }
  }

  /** Drawings that are animated by elements of their own (SMIL). */
  function drawings() {
    const found = [];
    for (const element of [...document.querySelectorAll("animate, animateTransform, animateMotion")].slice(0, MOST)) {
      const seconds = Number.parseFloat(element.getAttribute("dur")) * (/ms\s*$/.test(element.getAttribute("dur")) ? 0.001 : 1);
      const endless = element.getAttribute("repeatCount") === "indefinite";
      const starts = !/click|begin\b|\.end|indefinite/.test(element.getAttribute("begin") ?? "0");
      const times = endless ? Number.POSITIVE_INFINITY : Number(element.getAttribute("repeatCount") ?? 1);
      if (seconds > 0 && starts && seconds * times > 5) found.push({ number: number(element), seconds: endless ? null : seconds * times });
    }
    return found;
  }

  const ANIMATED = [
    (text) => text.startsWith("GIF8") && text.split("!\xf9\x04").length > 2,
    (text) => text.startsWith("\x89PNG") && text.slice(0, 400).includes("acTL"),
    (text) => text.startsWith("RIFF") && text.slice(0, 120).includes("ANIM"),
  ];

  async function picture([at, url]) {
    const address = url || nodes[at].currentSrc || nodes[at].src || "";
    if (!/\.(gif|a?png|webp)(\?|#|$)|^data:image\/(gif|a?png|webp)/i.test(address)) return null;
    const where = new URL(address, document.baseURI);
    if (where.origin !== location.origin && where.protocol !== "data:") return null;
    try {
      const response = await fetch(address, { cache: "force-cache", signal: AbortSignal.timeout(500) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (!response.ok || bytes.length > 4_000_000) return null;
      let text = "";
      for (let from = 0; from < bytes.length; from += 8192)
        text += String.fromCharCode(...bytes.subarray(from, from + 8192));
      return ANIMATED.some((is) => is(text)) ? { number: at, file: btoa(text) } : null;
    } catch {
      return null;
    }
  }

  const found = { animations: animations(), drawings: drawings(), pictures: [] };
  const pictures = await Promise.all(wanted.map(picture));
  found.pictures = pictures.filter(Boolean).slice(0, 6);
  return JSON.stringify(found);
};
