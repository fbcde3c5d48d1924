// Watches for a while what scripts change by themselves. `options`: the time in ms, and the numbers
// of elements whose scrolling is looked at.
async ([nodes, { time, scrolled }]) => {
  const numbers = new Map(nodes.map((element, number) => [element, number]));
  const number = (node) => {
    for (let at = node; at; at = at.parentNode ?? at.host) {
      const found = numbers.get(at);
      if (found !== undefined) return found;
    }
    return -1;
  };
  const found = new Map();
  const start = performance.now();
  const note = (node, what) => {
    const at = number(node);
    const fact = found.get(at) ?? { number: at, count: 0, what: [], flips: [], shade: "" };
    fact.count++;
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
  const places = scrolled.map((at) => [nodes[at], nodes[at].scrollLeft, nodes[at].scrollTop]);
  await new Promise((done) => setTimeout(done, time));
  observer.disconnect();
  for (const [element, left, top] of places)
    if (Math.abs(element.scrollLeft - left) + Math.abs(element.scrollTop - top) > 4) note(element, "scrolling");
  return JSON.stringify([...found.values()].slice(0, 200));
};
