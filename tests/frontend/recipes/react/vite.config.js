import { defineConfig } from "vite";
import { vydnoEarly } from "../vydno-early.js";

export default defineConfig({ base: "./", plugins: [vydnoEarly()] });
