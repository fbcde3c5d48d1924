// What a reader meets in order, and what only the live document knows: texts between elements,
// addresses, labels, the page's own scripts. Numbers are those of the last measurement.
(nodes) => {
  const numbers = new Map(nodes.map((element, number) => [element, number]));
  const number = (element) => numbers.get(element) ?? -1;
  const BLANK = /^[ \t\n\f\r]*$/;

  const contents = {};
  const raw = {};
  const hrefs = {};
  const labels = {};
  const forms = {};
  const allowed = {};
  const { aria } = window.axe?.commons ?? {};

  let isReady = false;
  const prepare = () => {
    try {
      window.axe.setup(document.documentElement);
    } catch {
      return false; // it runs already, or is not there
    }
    return true;
  };

  // A role that the element may not have, by axe's table of what HTML allows.
  const isAllowed = (element) => {
    try {
      return !aria.getElementUnallowedRoles(window.axe.utils.getNodeFromTree(element), true).length;
    } catch {
      return true;
    }
  };

  nodes.forEach((element, at) => {
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      if (element.localName === "a" && element.href) hrefs[at] = String(element.href.baseVal);
      return;
    }
    const items = [];
    let speaks = false;
    for (let node = element.firstChild; node && items.length < 2000; node = node.nextSibling) {
      if (node.nodeType === 3) {
        if (!BLANK.test(node.data)) speaks = true;
        items.push(node.data.slice(0, 4000).replace(/[ \t\n\f\r]+/g, " "));
      } else if (node.nodeType === 1 && numbers.has(node)) items.push(numbers.get(node));
    }
    if (speaks) contents[at] = items;
    if (element.localName === "pre" && element.textContent.length < 20_000) raw[at] = element.textContent;
    if (element.localName === "a" && element.hasAttribute("href")) hrefs[at] = element.href;
    if (element.localName === "label" && element.control) {
      // `labels` of each field would walk the whole document each time.
      labels[number(element.control)] ??= [];
      labels[number(element.control)].push(at);
    }
    if (element.form) forms[at] = number(element.form);
    if (element.hasAttribute("role")) {
      isReady ||= prepare();
      allowed[at] = isAllowed(element);
    }
  });
  if (isReady) window.axe.teardown();
  const scripts = [...document.scripts]
    .filter((script) => !script.src && /^$|javascript|module/.test(script.type))
    .map((script) => script.textContent.slice(0, 50_000));
  const names = [...document.querySelectorAll("a[name]")].map((anchor) => anchor.name);
  return JSON.stringify({ contents, raw, hrefs, labels, forms, allowed, scripts, names, going: window[Symbol.for("vydno.early")].going() });
};
