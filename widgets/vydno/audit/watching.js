// Watches for a while what scripts change by themselves. `options`: the time in ms, the numbers of
// elements whose scrolling is looked at, and the ms between what happens seldom and is not waited for.
async ([nodes, { time, scrolled, seldom }]) => {
  const numbers = new Map(nodes.map((element, number) => [element, number]));
  const number = (node) => {
    for (let at = node; at; at = at.parentNode ?? at.host) {
      const found = numbers.get(at);
      if (found !== undefined) return found;
    }
    return -1;
  };
  const { advance, ticks } = window[Symbol.for("vydno.early")];
  const SOON = 60; // milliseconds after a timer in which what changes is its doing
  const found = new Map();
  const start = performance.now();
  const note = (node, what) => {
    const at = number(node);
    const fact = found.get(at) ?? { number: at, count: 0, ticked: 0, what: [], flips: [], shade: "" };
    fact.count++;
    if (ticks.some((tick) => performance.now() - tick < SOON)) fact.ticked++;
    if (!fact.what.includes(what)) fact.what.push(what);
    if (node.nodeType === 1 && fact.count < 200) flip(node, fact);
    found.set(at, fact);
  };
  /** When its colour changed, or whether it is there; not when it moved. */
  const flip = (node, fact) => {
    const style = getComputedStyle(node);
    const shade = ["backgroundColor", "backgroundImage", "opacity", "visibility", "display"].map((name) => style[name]).join();
    if (fact.shade && shade !== fact.shade) fact.flips.push(Math.round(performance.now() - start));
    fact.shade = shade;
  };
  /** What a canvas shows, in a frame in which it was drawn. */
  const print = (canvas) =>
    new Promise((done) => {
      setTimeout(done, 200, "");
      requestAnimationFrame(() => {
        const small = document.createElement("canvas");
        const tool = small.getContext("2d", { willReadFrequently: true });
        try {
          tool.drawImage(canvas, 0, 0, 48, 48);
          done(String(tool.getImageData(0, 0, 48, 48).data));
        } catch {
          done(""); // of another site
        }
      });
    });
  const observer = new MutationObserver((records) => {
    for (const record of records)
      note(record.target, record.type === "attributes" ? record.attributeName : record.type === "childList" ? "children" : "text");
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["style", "class", "hidden", "src", "transform", "aria-hidden"],
  });
  advance(time, seldom);
  const places = scrolled.map((at) => [nodes[at], nodes[at].scrollLeft, nodes[at].scrollTop]);
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const drawn = nodes.filter((node) => node.localName === "canvas" && node.clientWidth * node.clientHeight > 2500).slice(0, 4);
  await pause(time / 2);
  const before = await Promise.all(drawn.map(print));
  await pause(time / 2);
  const after = await Promise.all(drawn.map(print));
  drawn.forEach((canvas, index) => {
    if (before[index] !== after[index]) note(canvas, "drawing");
  });
  observer.disconnect();
  for (const [element, left, top] of places)
    if (Math.abs(element.scrollLeft - left) + Math.abs(element.scrollTop - top) > 4) note(element, "scrolling");
  return JSON.stringify([...found.values()].slice(0, 200));
};
