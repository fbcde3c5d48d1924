import { useState, useSyncExternalStore } from "react";
import { get, subscribe } from "vydno";
import "vydno/themes.css";
import "vydno/vydno.css";

// What is in a control is its own, and React must leave it alone: on a page that came from a server
// it would throw the control away otherwise. It stands out here to be the same at every call.
export const itsOwn = { dangerouslySetInnerHTML: { __html: "" }, suppressHydrationWarning: true };

const theme = () => get("theme");

export default function App({ locked = false }) {
  const chosen = useSyncExternalStore(subscribe, theme, theme);
  const [said, say] = useState("");

  // Not as onpreference-changed={…}: React 19 forgets that on a page that came from a server.
  const listen = (control) => {
    const ask = (event) => locked && event.preventDefault();
    const changed = ({ detail }) => say(`${detail.name}: ${detail.value}`);
    control.addEventListener("preference-change", ask);
    control.addEventListener("preference-changed", changed);
    return () => {
      control.removeEventListener("preference-change", ask);
      control.removeEventListener("preference-changed", changed);
    };
  };

  return (
    <>
      <text-scale {...itsOwn} ref={listen} />
      <theme-switch {...itsOwn} ref={listen} default="blue" />
      <p>
        <samp>{said}</samp> <b>{chosen || "blue"}</b>
      </p>
    </>
  );
}
