// What is lost of a page as it is laid out now: one sentence a finding.
//
// Text must stay on the screen from side to side, within every box that cuts it off or frames it,
// and clear of other text and of the controls. Controls must be large enough and on the screen.
() => {
  const SLACK = 1; // px; positions are fractions
  const TARGET = 44; // CSS px (WCAG 2.5.5)
  const screen = document.documentElement.clientWidth;
  const findings = new Set();

  const name = (element) =>
    element.localName + (element.id && `#${element.id}`) + [...element.classList].map((word) => `.${word}`).join("");
  const quote = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 30)}”`;
  const box = (element) => element.getBoundingClientRect();

  // What is drawn for nobody's eyes: the usual clip, not a mistake.
  const forListeners = (element) => {
    const { clipPath, overflow } = getComputedStyle(element);
    return clipPath === "inset(50%)" || (overflow === "hidden" && box(element).width <= 1);
  };
  const ancestors = (element) => {
    const found = [];
    for (let each = element; each && each !== document.body; each = each.parentElement) found.push(each);
    return found;
  };
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !ancestors(element).some(forListeners);

  const frames = (element) => {
    const style = getComputedStyle(element);
    const sides = ["Top", "Right", "Bottom", "Left"];
    return (
      style.overflow !== "visible" ||
      style.backgroundColor !== "rgba(0, 0, 0, 0)" ||
      sides.every((side) => Number.parseFloat(style[`border${side}Width`]) > 0)
    );
  };

  // The part of a line in which letters stand: the rest of its box may lie over the next line's.
  const core = ({ left, right, top, bottom, height }) => ({
    left,
    right,
    top: top + 0.2 * height,
    bottom: bottom - 0.2 * height,
  });
  const outside = (inner, outer) =>
    inner.left < outer.left - SLACK ||
    inner.right > outer.right + SLACK ||
    inner.top < outer.top - SLACK ||
    inner.bottom > outer.bottom + SLACK;
  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK;

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = ancestors(element).filter(frames);
    for (const rect of range.getClientRects()) {
      if (!rect.width || !rect.height) continue;
      const line = core(rect);
      lines.push({ ...line, element, text: node.data });
      if (line.left < -SLACK || line.right > screen + SLACK) findings.add(`off the screen: ${quote(node.data)}`);
      for (const each of boxes)
        if (outside(line, box(each))) findings.add(`out of ${name(each)}: ${quote(node.data)}`);
    }
  }

  const isControl = "button, label:has(> input), input, textarea, select";
  const controls = [...document.querySelectorAll(isControl)].filter((each) => each.type !== "hidden" && seen(each));
  const pictures = [...document.querySelectorAll("img, svg")].filter(seen);
  for (const element of controls) {
    const { left, right, width, height } = box(element);
    if (left < -SLACK || right > screen + SLACK) findings.add(`off the screen: ${name(element)}`);
    if (element.closest("label") && element.localName === "input") continue; // the label is the target
    if (Math.min(width, height) < TARGET - 0.01)
      findings.add(`too small a target: ${name(element)} ${Math.round(width)} × ${Math.round(height)}`);
  }

  const things = [
    ...lines,
    ...[...controls, ...pictures].map((element) => {
      const { left, right, top, bottom } = box(element);
      return { left, right, top, bottom, element, text: "" };
    }),
  ].sort((one, other) => one.top - other.top);
  const nested = (one, other) =>
    !(one.text && other.text) && (one.element.contains(other.element) || other.element.contains(one.element));
  const words = ({ element, text }) => (text ? quote(text) : name(element));
  things.forEach((one, place) => {
    for (let next = place + 1; next < things.length && things[next].top < one.bottom; next++) {
      const other = things[next];
      if (!nested(one, other) && overlap(one, other)) findings.add(`overlap: ${words(one)} and ${words(other)}`);
    }
  });

  if (document.scrollingElement.scrollWidth > screen)
    findings.add(`scrolls sideways: ${document.scrollingElement.scrollWidth} px in ${screen}`);
  return [...findings];
}
