import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { vydnoEarly } from "../vydno-early.js";

const isCustomElement = (tag) => /^(text-scale|(theme|color-scheme|contrast)-switch)$/.test(tag);

export default defineConfig({
  base: "./",
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } }), vydnoEarly()],
});
