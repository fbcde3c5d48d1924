// Everything about the controls that a host could take, as the browser works it out.
const root = document.documentElement;
const channels = (colour) => {
  const found = colour.match(/[\d.]+/g).map(Number);
  const scale = colour.startsWith("color(") ? 255 : 1;
  return [...found.slice(0, 3).map((each) => each * scale), found[3] ?? 1];
};
const over = ([r, g, b, a], below) => [r, g, b].map((each, i) => each * a + below[i] * (1 - a));
const luminance = (colour) => {
  const [r, g, b] = colour.map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const behind = (element) => {
  if (!element) return [255, 255, 255];
  const style = getComputedStyle(element);
  const below = behind(element.parentElement);
  return over(channels(style.backgroundColor), below);
};
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const text = (element) => {
  const style = getComputedStyle(element);
  const background = behind(element);
  const ink = channels(style.color);
  return contrast(over([...ink.slice(0, 3), ink[3] * style.opacity], background), background);
};

const elements = "text-scale, theme-switch, color-scheme-switch, contrast-switch";
for (const panel of document.querySelectorAll("details")) panel.open = true;
const targets = [...document.querySelectorAll(`:is(${elements}) :is(button, label), summary`)];
const result = { targets: [], swatches: [], apply: 0, texts: [], slow: 0 };
for (const element of targets) {
  if (element.matches("button") && !element.closest("text-scale")) {
    result.apply += shown(element) ? 1 : 0;
    continue;
  }
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const found = {
    name: element.textContent.trim(),
    width: box.width,
    height: box.height,
    size: parseFloat(style.fontSize),
    border: style.borderBlockStartStyle === "none" ? 0 : parseFloat(style.borderBlockStartWidth),
    contrast: text(element),
    left: box.left,
    right: box.right,
  };
  // A key was pressed before, so what gets the focus shows it.
  (element.querySelector("input") ?? element).focus();
  const ring = getComputedStyle(element);
  const gap = ring.boxShadow.match(/(?:rgba?|color)\([^)]*\)(?= 0px 0px 0px 2px)/)?.[0];
  found.ring = ring.outlineStyle === "solid" ? parseFloat(ring.outlineWidth) : 0;
  found.offset = parseFloat(ring.outlineOffset);
  found.twoTone = gap ? contrast(channels(ring.outlineColor).slice(0, 3), channels(gap).slice(0, 3)) : 1;
  result.targets.push(found);
}
document.activeElement.blur();
for (const input of document.querySelectorAll(`:is(${elements}) label input`)) {
  const box = input.getBoundingClientRect();
  const style = getComputedStyle(input);
  const unchecked = getComputedStyle(input, "::before").content;
  result.swatches.push({
    width: box.width,
    height: box.height,
    opacity: Number(style.opacity),
    marked: input.checked === (unchecked !== "none"),
  });
}
for (const element of document.querySelectorAll(`:is(${elements}) :is(*)`)) {
  const slow = getComputedStyle(element).transitionDuration.split(",").map(parseFloat);
  result.slow = Math.max(result.slow, ...slow);
}
for (const element of document.querySelectorAll("text-scale p:not(:empty), :not(text-scale) > form legend")) {
  result.texts.push({ size: parseFloat(getComputedStyle(element).fontSize), contrast: text(element) });
}
result.root = parseFloat(getComputedStyle(root).fontSize);
return result;
