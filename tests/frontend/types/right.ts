import { get, type PreferenceEvent, reset, set, subscribe, translate } from "vydno";
import "vydno/text-scale.js";
import "vydno/vydno-all.js";
import type { ThemeSwitchAttributes } from "vydno/theme-switch.js";

const theme: "" | "blue" | "green" | "orange" | "red" = get("theme");
const percent: number = Number(get("text-scale"));
set("text-scale", "125");
set("color-scheme", "", document.body);
reset();
reset("contrast");
const end: () => void = subscribe(() => console.log(get("contrast")));
end();
translate({ pl: { larger: "Większy tekst" } });

const control = document.querySelector("theme-switch");
control?.setAttribute("default", "blue" satisfies ThemeSwitchAttributes["default"]);
control?.addEventListener("preference-change", (event) => {
  if (event.detail.name === "theme" && event.detail.value === "red") event.preventDefault();
});
const changed = (event: PreferenceEvent) => {
  const { detail } = event;
  if (detail.name === "text-scale") {
    const before: "90" | "100" | "110" | "125" | "150" | "175" | "200" = detail.previousValue;
    console.log(before, theme, percent);
  }
};
document.addEventListener("preference-changed", changed);
window.addEventListener("preference-changed", (event) => console.log(event.detail.name));
document.createElement("text-scale").addEventListener("preference-changed", changed);
document.createElement("contrast-switch").focus();
