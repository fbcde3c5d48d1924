import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import Trial from "./Trial.jsx";

export const render = () => renderToString(<StrictMode><Trial /></StrictMode>);
