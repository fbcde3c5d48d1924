// node build.js FOLDER: dist/mounted/, as it is delivered, and dist/hydrated/, drawn on a server.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, createServer } from "vite";

const [name] = process.argv.slice(2);
const root = join(import.meta.dirname, name);
// What Vite keeps beside the packages, several runs at once take from one another.
const cacheDir = join(root, ".vite");
const shared = { root, cacheDir, configFile: join(root, "vite.config.js"), logLevel: "warn" };

async function client(mode, page) {
  process.env.NODE_ENV = mode;
  const outDir = join(root, "dist", page);
  await build({ ...shared, mode, build: { outDir, emptyOutDir: true, minify: mode === "production" } });
  return join(outDir, "index.html");
}

await client("production", "mounted");
const page = await client("development", "hydrated");
const server = await createServer({ ...shared, mode: "development", appType: "custom", server: { middlewareMode: true, ws: false, hmr: false } });
const { render } = await server.ssrLoadModule(existsSync(join(root, "server.jsx")) ? "/server.jsx" : "/server.js");
const drawn = await render();
writeFileSync(page, readFileSync(page, "utf8").replace('<div id="app"></div>', () => `<div id="app">${drawn}</div>`));
await server.close();
