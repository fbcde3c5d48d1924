import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const script = createRequire(import.meta.url).resolve("vydno/vydno-early.js");

/** A plugin for Vite that puts the early script into the page: it is right at first paint. */
export const vydnoEarly = () => ({
  name: "vydno-early",
  transformIndexHtml: () => [{ tag: "script", children: readFileSync(script, "utf8"), injectTo: "head-prepend" }],
});
