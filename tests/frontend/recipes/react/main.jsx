import "vydno/lang/uk.js";
import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import Trial from "./Trial.jsx";

const root = document.getElementById("app");
const page = <StrictMode><Trial /></StrictMode>;
if (root.firstElementChild) hydrateRoot(root, page);
else createRoot(root).render(page);
