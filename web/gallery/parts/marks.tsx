/** The marks of a signal in every state, and the rows of the scans. */
import { For, type JSX } from "solid-js";
import { SIGNAL_STATES } from "../../../worker/core/vcp/signal-state.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { RUN_DONE } from "../../e2e/stub-market.ts";
import { RUNS } from "../../e2e/stub-pages.ts";
import type { LivePrice } from "../../store/live-price.ts";
import { RunTable } from "../../view/part/runs/run-table.tsx";
import { DepthSpark, FormMark, SignalName } from "../../view/part/signals/row-marks.tsx";
import {
  ChangeText,
  DistanceBar,
  GradeBadge,
  PriceText,
  StateBadge,
} from "../../view/part/signals/signal-marks.tsx";
import { GRADES, LONG_NAMES, priceOf, rowOf } from "../rows.ts";
import type { Views } from "../views.ts";

function each<T extends string | number | object>(
  all: readonly T[],
  show: (one: T) => JSX.Element,
): () => JSX.Element {
  return () => (
    <ul class="gallery-row">
      <For each={all}>{(one) => <li>{show(one)}</li>}</For>
    </ul>
  );
}

const CAPPED: readonly SignalRow[] = [
  rowOf({ state: "EXTENDED", grade: "C", score: 88 }),
  rowOf({ state: "SQUAT", grade: "B", score: 81.2 }),
  rowOf({ state: "READY", grade: "A", score: 71.3 }),
];

const PRICES: readonly { readonly live: LivePrice | null; readonly close: number | null }[] = [
  { live: priceOf(71_200), close: 70_000 },
  { live: priceOf(71_200, { stale: true }), close: 70_000 },
  { live: priceOf(71_200, { via: "polled" }), close: 70_000 },
  { live: priceOf(71_200, { via: "followed", halted: true }), close: 70_000 },
  { live: null, close: 1_234_500 },
  { live: null, close: null },
];

export const MARKS: Views<"marks" | "runs"> = {
  marks: {
    states: each(SIGNAL_STATES, (state) => <StateBadge state={state} />),
    grades: each(GRADES, (grade) => <GradeBadge grade={grade} />),
    capped: each(CAPPED, (row) => <FormMark row={row} />),
    changes: () => (
      <ul class="gallery-row">
        <For each={[0.0142, -0.0087, 0, 0.299, -0.3, null]}>
          {(value) => (
            <li>
              <ChangeText value={value} />
            </li>
          )}
        </For>
      </ul>
    ),
    distances: each([-30, -12, -2.3, 0, 1.8, 9], (percent) => <DistanceBar percent={percent} />),
    prices: each(PRICES, (price) => <PriceText {...price} />),
    names: each(LONG_NAMES, (row) => (
      <>
        <SignalName row={row} tabindex={0} /> <DepthSpark depths={row.depths} />
      </>
    )),
  },
  runs: {
    "all-statuses": () => (
      <RunTable
        runs={[
          ...RUNS.runs,
          {
            ...RUN_DONE,
            id: "run-5",
            kind: "manual",
            status: "running",
            finished_at: null,
            funnel: null,
            diff: null,
          },
          { ...RUN_DONE, id: "run-6", status: "failed", reason: "jump: 9 of 40", funnel: null, diff: null },
        ]}
      />
    ),
    one: () => <RunTable runs={[RUN_DONE]} />,
  },
};
