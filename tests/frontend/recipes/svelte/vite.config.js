import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { vydnoEarly } from "../vydno-early.js";

export default defineConfig({ base: "./", plugins: [svelte(), vydnoEarly()] });
