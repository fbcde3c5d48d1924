import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import Trial from "./Trial.vue";

export const render = () => renderToString(createSSRApp(Trial));
