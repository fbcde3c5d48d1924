import { useRef } from "react";
import type {} from "vydno/react";
import type { TextScaleElement } from "vydno/text-scale.js";

export const Right = () => {
  const control = useRef<TextScaleElement>(null);
  return (
    <>
      <text-scale ref={control} order="smaller reset larger" className="wide" />
      <theme-switch default="blue" lang="uk" onpreference-changed={({ detail }) => console.log(detail.name)} />
    </>
  );
};
export const Wrong = () => (
  <>
    <theme-switch default="violet" />
    <text-scale onpreference-change={(event) => event.detail.colour} />
    <text-scal />
  </>
);
