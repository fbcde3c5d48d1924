// What only the live document knows of videos and sounds, and what their files say: whether there is
// sound, whether their tracks can be had. `wanted` are numbers of elements.
async ([nodes, wanted]) => {
  const HEAD = 160_000;
  const LATE = 800;

  const limit = () => AbortSignal.timeout(LATE);

  /** The first bytes of a file as text of one sign a byte; null for what cannot be had. */
  async function head(url) {
    const response = await fetch(url, { headers: { Range: `bytes=0-${HEAD}` }, signal: limit() });
    if (!response.ok) return null;
    const reader = response.body.getReader();
    const decoder = new TextDecoder("latin1");
    let text = "";
    while (text.length < HEAD) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    reader.cancel().catch(() => {});
    return text;
  }

  /** Whether the file has sound, by the names of its tracks; null where they do not stand in front. */
  async function sounds(element, url) {
    if (element.localName === "audio") return true;
    if (element.mozHasAudio === true || element.webkitAudioDecodedByteCount > 0) return true;
    try {
      const text = await head(url);
      if (text === null) return null;
      if (/soun\0|mp4a|A_OPUS|A_VORBIS|A_AAC|OpusHead|A_MPEG/.test(text)) return true;
      return /moov[\s\S]*vide\0|V_VP8|V_VP9|V_AV1/.test(text) ? false : null;
    } catch {
      return null;
    }
  }

  async function track(element) {
    const fact = { kind: element.kind, lang: element.srclang, label: element.label, state: "unknown" };
    if (!element.getAttribute("src")) return { ...fact, state: "missing" };
    if (new URL(element.src).origin !== location.origin && !element.src.startsWith("data:")) return fact;
    try {
      const response = await fetch(element.src, { signal: limit() });
      if (!response.ok) return { ...fact, state: response.status === 404 ? "missing" : "unknown" };
      const text = await response.text();
      if (!/^\uFEFF?WEBVTT/.test(text)) return { ...fact, state: /-->/.test(text) ? "no WebVTT" : "empty" };
      return { ...fact, state: text.includes("-->") ? "there" : "empty" };
    } catch {
      return fact;
    }
  }

  async function look(number) {
    const element = nodes[number];
    const url = element.currentSrc || element.src || element.querySelector("source[src]")?.src || "";
    const tracks = await Promise.all([...element.querySelectorAll("track")].slice(0, 20).map(track));
    const scripted = [...(element.textTracks ?? [])].length - element.querySelectorAll("track").length;
    return {
      number,
      url: url.slice(0, 300),
      live: element.duration === Infinity && !url.startsWith("blob:") && element.readyState > 0,
      seconds: Number.isFinite(element.duration) ? element.duration : null,
      sound: url ? await sounds(element, url) : null,
      muted: element.muted || element.volume === 0,
      starts: element.autoplay || (!element.paused && !element.ended),
      autoplay: element.autoplay,
      loops: element.loop,
      controls: element.controls,
      tracks,
      scripted: Math.max(0, scripted),
    };
  }

  return JSON.stringify(await Promise.all(wanted.map(look)));
};
