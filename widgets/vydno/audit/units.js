// Which of the elements have a font size that is written in some units, by the style sheets that can
// be read; and whether there are others.
(nodes, pattern) => {
  const units = new RegExp(pattern);
  const found = new Set();
  let unread = false;

  const matches = (node, selector) => {
    try {
      return node.closest(selector) !== null;
    } catch {
      return false; // a selector that only makes sense inside of another rule
    }
  };

  const todo = [];
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets])
    try {
      todo.push(...sheet.cssRules);
    } catch {
      unread = true; // another site's
    }
  while (todo.length) {
    const rule = todo.pop();
    if (rule.cssRules?.length) todo.push(...rule.cssRules);
    if (!rule.selectorText || !units.test(`${rule.style.fontSize} ${rule.style.font}`)) continue;
    for (const [at, node] of nodes.entries()) if (matches(node, rule.selectorText)) found.add(at);
  }
  for (const [at, node] of nodes.entries())
    if (units.test(node.closest("[style*=font]")?.style.fontSize ?? "")) found.add(at);
  return JSON.stringify([[...found], unread]);
};
