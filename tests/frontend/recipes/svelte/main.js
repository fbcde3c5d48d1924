import "vydno/lang/uk.js";
import { hydrate, mount } from "svelte";
import Trial from "./Trial.svelte";

const target = document.getElementById("app");
(target.firstElementChild ? hydrate : mount)(Trial, { target });
