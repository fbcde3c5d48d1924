// What only the live document knows of images: where they came from, how large they are, and whether
// their pixels look like lines of text. `wanted` are [number, url of a background or ""].
async ([nodes, wanted, most]) => {
  const WIDEST = 400;
  const STRONG = 56; // a step of lightness that strokes of letters make
  const seen = new Map();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });

  /** Share of the commonest colour, and the rows that look like text. */
  function rows(image, naturalWidth, naturalHeight) {
    const scale = Math.min(1, WIDEST / naturalWidth, WIDEST / naturalHeight);
    const width = Math.max(1, Math.round(naturalWidth * scale));
    const height = Math.max(1, Math.round(naturalHeight * scale));
    canvas.width = width;
    canvas.height = height;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const light = new Uint8Array(width * height);
    const colours = new Uint32Array(4096);
    for (let at = 0; at < light.length; at++) {
      const [red, green, blue] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
      light[at] = (red * 54 + green * 183 + blue * 19) >> 8;
      colours[((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)]++;
    }
    const steps = [];
    for (let row = 0; row < height; row++) {
      let count = 0;
      let rising = 0;
      const start = row * width;
      for (let column = 2; column < width; column++) {
        const step = light[start + column] - light[start + column - 2];
        const now = step > STRONG ? 1 : step < -STRONG ? -1 : 0;
        if (now && now !== rising) count++;
        if (now || Math.abs(step) < 8) rising = now;
      }
      steps.push(count);
    }
    return { width, height, flat: Math.max(...colours) / light.length, steps };
  }

  function loaded(url) {
    const image = new Image();
    image.src = url;
    return Promise.race([image.decode().then(() => image), new Promise((done) => setTimeout(done, 150, null))]).catch(
      () => null,
    );
  }

  async function look([number, background]) {
    const element = nodes[number];
    const image = background ? null : element.localName === "img" ? element : null;
    const url = background || image?.currentSrc || element.src || element.getAttribute("href") || "";
    const fact = { number, url: String(url).slice(0, 300), width: image?.naturalWidth ?? 0, height: image?.naturalHeight ?? 0 };
    if (image && !image.complete) return fact;
    if (!seen.has(url) && seen.size < most) {
      seen.set(url, null);
      try {
        const source = image ?? (await loaded(url));
        const box = element.getBoundingClientRect();
        // A drawing without a size of its own has that of its box.
        const width = source?.naturalWidth || box.width;
        const height = source?.naturalHeight || box.height;
        if (source && width >= 40 && height >= 12) seen.set(url, rows(source, width, height));
      } catch {
        // from elsewhere: its pixels may not be read
      }
    }
    fact.rows = seen.get(url) ?? null;
    return fact;
  }

  const facts = [];
  for (const one of wanted) facts.push(await look(one));
  return JSON.stringify(facts);
};
