/** The bar that flips through the list, wherever the shown signal stands in it. */
import type { JSX } from "solid-js";
import { ROWS } from "../../e2e/stub-signals.ts";
import { FlipBar } from "../../view/flip/flip-bar.tsx";
import { placeIn } from "../../view/flip/flip-place.ts";
import type { Views } from "../views.ts";

const IDS = ROWS.map(({ id }) => id);

/** `at` counts from 0; -1 for a signal that the list does not show. */
function bar(at: number, ids: readonly string[] = IDS): () => JSX.Element {
  const id = ids[at] ?? "005930.20250128.20250415";
  const place = placeIn(ids, id);
  return () => (
    <FlipBar flip={{ id: () => id, ids: () => ids, place: () => place, steps: () => 0, step: () => false }} />
  );
}

export const FLIP: Views<"flip"> = {
  flip: {
    first: bar(0),
    middle: bar(4),
    last: bar(IDS.length - 1),
    outside: bar(-1),
    alone: bar(0, IDS.slice(0, 1)),
  },
};
