import { get, set, subscribe } from "vydno";
import { nothing } from "vydno"; // wrong
import type { ThemeSwitchAttributes } from "vydno/theme-switch.js";

get("colour"); // wrong
set("theme", "violet"); // wrong
set("text-scale", 125); // wrong
set("color-scheme"); // wrong
subscribe("theme"); // wrong
const size: "" | "90" = get("text-scale"); // wrong
const fallback: ThemeSwitchAttributes = { default: "system" }; // wrong
document.querySelector("theme-switch")?.addEventListener("preference-changed", (event) => {
  event.detail.name === "font"; // wrong
  if (event.detail.name === "theme") event.detail.value = "red"; // wrong
});
document.querySelector("text-scale")?.value; // wrong
