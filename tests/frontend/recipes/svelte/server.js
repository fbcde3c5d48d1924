import { render as renderPage } from "svelte/server";
import Trial from "./Trial.svelte";

export const render = () => renderPage(Trial).body;
