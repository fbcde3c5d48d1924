// Every text with the ground that it stands on, and the rings and edges of what is used.
const channels = (colour) => {
  const found = colour.match(/[\d.e-]+/g).map(Number);
  const scale = colour.startsWith("color(") ? 255 : 1;
  return [...found.slice(0, 3).map((each) => each * scale), found[3] ?? 1];
};
const over = ([r, g, b, a], below) => [r, g, b].map((each, i) => each * a + below[i] * (1 - a));
const luminance = (colour) => {
  const [r, g, b] = colour.map((each) => {
    const part = Math.round(each) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const grounds = new Map();
const ground = (element) => {
  if (!element) return [255, 255, 255];
  if (!grounds.has(element)) {
    const style = getComputedStyle(element);
    let colour = over(channels(style.backgroundColor), ground(element.parentElement));
    // Bootstrap paints the cells of its tables with a shadow inside of them.
    const inside = style.boxShadow.match(/((?:rgba?|color)\([^)]*\)) 0px 0px 0px 9999px inset/);
    if (inside) colour = over(channels(inside[1]), colour);
    grounds.set(element, colour);
  }
  return grounds.get(element);
};
const opacity = (element) => (element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1);
const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, .sr-only, option");
const name = (element) => `${element.localName}.${[...element.classList].join(".")}`;

const pairs = [];
const add = (element, what, ink, below) => {
  const part = ink[3] * opacity(element);
  // A placeholder that a floating label stands in for.
  if (part === 0) return;
  pairs.push([`${name(element)} ${what}`, contrast(over([...ink.slice(0, 3), part], below), below)]);
};
for (const element of document.body.querySelectorAll("*")) {
  if (!shown(element) || element.matches("script, style")) continue;
  const style = getComputedStyle(element);
  const typed = element.matches("input:not([type=checkbox], [type=radio], [type=range]), select, textarea");
  if (typed || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
    add(element, "text", channels(style.color), ground(element));
  }
  if (element.placeholder) {
    add(element, "placeholder", channels(getComputedStyle(element, "::placeholder").color), ground(element));
  }
  if (element.matches("input, select, textarea") && !element.matches("[type=range], [type=file], :disabled, .btn-check")) {
    const around = ground(element.parentElement);
    const edge = Math.max(
      contrast(over(channels(style.borderBlockEndColor), around), around),
      contrast(ground(element), around),
    );
    pairs.push([`${name(element)} edge`, edge]);
  }
  if (ring && style.outlineStyle === "solid" && element.matches("a, button, input, select, textarea, summary")) {
    const below = ground(element.parentElement);
    const gap = style.boxShadow.match(/((?:rgba?|color)\([^)]*\)) 0px 0px 0px 2px/);
    const colour = channels(style.outlineColor).slice(0, 3);
    const told = Math.max(contrast(colour, below), gap ? contrast(colour, channels(gap[1]).slice(0, 3)) : 1);
    pairs.push([`${name(element)} ring`, told]);
  }
}
return pairs;
