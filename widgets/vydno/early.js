// Blocking, in the <head>: a page that the server could not personalise is right at first paint.
import { stored } from "./cookie.js";

for (const [name, value] of stored()) document.documentElement.setAttribute("data-" + name, value);
