/** @jsxImportSource preact */
import type {} from "vydno/preact";

export const Right = () => (
  <>
    <text-scale order="smaller reset larger" class="wide" />
    <theme-switch default="blue" lang="uk" onpreference-changed={({ detail }) => console.log(detail.name)} />
  </>
);
export const Wrong = () => (
  <>
    <theme-switch default="violet" />
    <text-scale onpreference-change={(event) => event.detail.colour} />
    <text-scal />
  </>
);
