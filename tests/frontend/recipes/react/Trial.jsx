import { useState } from "react";
import App, { itsOwn } from "./App.jsx";

/** All that a framework does around controls: draw again, move, take away, bring back. */
export default function Trial() {
  const [times, setTimes] = useState(0);
  const [shown, setShown] = useState(true);
  const [locked, setLocked] = useState(false);
  const [order, setOrder] = useState(["one", "two"]);
  return (
    <main className={`times-${times}`}>
      <button type="button" id="again" onClick={() => setTimes(times + 1)}>again {times}</button>
      <button type="button" id="toggle" onClick={() => setShown(!shown)}>toggle</button>
      <button type="button" id="lock" onClick={() => setLocked(!locked)}>lock</button>
      <button type="button" id="turn" onClick={() => setOrder([...order].reverse())}>turn</button>
      {order.map((name) => (
        <section key={name} id={name}>
          <h2>{name} {times}</h2>
          {name === "one" ? shown && <App locked={locked} /> : <text-scale {...itsOwn} />}
        </section>
      ))}
    </main>
  );
}
