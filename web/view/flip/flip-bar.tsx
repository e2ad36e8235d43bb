/** The buttons that flip through the list, where the signal stands in it, and the name that is spoken after a step. */
import { createEffect, createSignal, type JSX, on, untrack } from "solid-js";
import { FLIP_TEXTS, type FlipTexts } from "../../i18n/flip-texts.ts";
import { useApp } from "../app-context.tsx";
import { useMarket } from "../market-context.tsx";
import type { Flip } from "./flip-place.ts";

/** Once after each step; a signal that another way has led to is not spoken here. */
function createSpoken(flip: Flip): () => string {
  const { locale, format, naming } = useApp();
  const { signals } = useMarket();
  const [spoken, setSpoken] = createSignal("");
  createEffect(
    on(
      flip.steps,
      () => {
        const id = flip.id();
        const row = signals.value()?.signals.find((one) => one.id === id);
        const { position, count } = flip.place();
        const name = row === undefined ? (id?.split(".")[0] ?? "") : naming(row).name;
        setSpoken(FLIP_TEXTS[locale()].spoken(name, format().integer(position), format().integer(count)));
      },
      { defer: true },
    ),
  );
  return spoken;
}

function StepButton(props: { flip: Flip; by: 1 | -1 }): JSX.Element {
  const { locale } = useApp();
  const texts = (): FlipTexts => FLIP_TEXTS[locale()];
  const isNext = (): boolean => props.by === 1;
  const target = (): string | null => (isNext() ? props.flip.place().next : props.flip.place().previous);
  return (
    <button
      type="button"
      class="action small"
      aria-label={isNext() ? texts().nextLong : texts().previousLong}
      aria-keyshortcuts={isNext() ? "]" : "["}
      // Not `disabled`: the focus would fall off the button at the end of the list.
      aria-disabled={target() === null}
      onClick={() => {
        props.flip.step(props.by);
      }}
    >
      {isNext() ? `${texts().next} ›` : `‹ ${texts().previous}`}
    </button>
  );
}

export function FlipBar(props: { flip: Flip }): JSX.Element {
  const { locale, format } = useApp();
  const texts = (): FlipTexts => FLIP_TEXTS[locale()];
  // Made once for the life of its page.
  const spoken = createSpoken(untrack(() => props.flip));
  const place = (): string => {
    const { position, count } = props.flip.place();
    return position === null
      ? texts().outside(format().integer(count))
      : texts().place(format().integer(position), format().integer(count));
  };
  return (
    <nav class="flip-bar" aria-label={texts().title}>
      <StepButton flip={props.flip} by={-1} />
      <span class="number">{place()}</span>
      <StepButton flip={props.flip} by={1} />
      <output class="visually-hidden">{spoken()}</output>
    </nav>
  );
}
