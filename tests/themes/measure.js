// The colours that a browser really gives to the text, the edges and the focus rings of a page: each
// once, with what lies behind it, as lists.
() => {
  const hex = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    if (alpha === 0) return "";
    const byte = (value) => Math.round(value).toString(16).padStart(2, "0");
    return alpha === 1 ? `#${byte(red)}${byte(green)}${byte(blue)}` : colour;
  };
  const name = (element) => {
    const { localName, className, type = "" } = element;
    return [localName, type && `[${type}]`, className && `.${className}`].join("").replaceAll(" ", ".");
  };
  const behind = (element) => hex(getComputedStyle(element).backgroundColor) || behind(element.parentElement);
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });

  // An island of another theme, scheme or contrast is measured as what it is.
  const said = (element, attribute) => element.closest(`[${attribute}]`).getAttribute(attribute);
  const worn = (element) => {
    const more = said(element, "data-contrast") === "more" ? "-more" : "";
    return [said(element, "data-theme"), said(element, "data-color-scheme") + more];
  };

  function* letters() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !isSeen(element)) continue;
      yield [...worn(element), hex(getComputedStyle(element).color), behind(element), name(element)];
    }
  }

  // What tells a control from the page; other lines are there to please.
  function* edges() {
    for (const element of document.querySelectorAll("button, label, select, summary, input")) {
      const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
      const isDrawn = borderTopStyle !== "none" && Number.parseFloat(borderTopWidth) > 0;
      if (!isDrawn || !isSeen(element) || element.type === "radio") continue;
      yield [...worn(element), hex(borderTopColor), behind(element.parentElement), name(element)];
    }
  }

  function* rings() {
    const met = new Set();
    for (const element of document.querySelectorAll("a[href], button, summary, input, select")) {
      if (!isSeen(element) || met.has(name(element))) continue;
      met.add(name(element));
      element.focus({ preventScroll: true });
      const ringed = element.type === "radio" ? element.closest("label") : element;
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset, boxShadow } = getComputedStyle(ringed);
      const thick = outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth);
      const outside = behind(ringed.parentElement);
      // A gap is painted as the shadow next to the element; else one looks through it.
      const shadows = boxShadow.split(/,(?![^(]*\))/);
      const gap = shadows.find((shadow) => shadow.includes(outlineOffset) && !shadow.includes("inset"));
      const colours = [hex(outlineColor), gap ? hex(gap.match(/rgba?\([^)]*\)/)[0]) : outside, outside];
      yield [...worn(ringed), ...colours, thick, name(element)];
    }
  }

  const unique = (lists) => [...new Map([...lists].map((list) => [list.join(), list])).values()];
  return { letters: unique(letters()), edges: unique(edges()), rings: unique(rings()) };
}
