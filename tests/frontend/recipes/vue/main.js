import "vydno/lang/uk.js";
import { createApp, createSSRApp } from "vue";
import Trial from "./Trial.vue";

const drawn = document.getElementById("app").firstElementChild;
(drawn ? createSSRApp : createApp)(Trial).mount("#app");
