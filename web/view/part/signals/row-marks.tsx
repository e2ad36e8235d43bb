/** What a row and a card show alike: the name of a signal, and the depths of its contractions. */
import { For, type JSX } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { useApp } from "../../app-context.tsx";

/** Pixels of the depths. */
const SPARK = { bar: 8, gap: 2, height: 18 } as const;

/** Takes the depths as fractions, first contraction first; the deepest bar is full height. */
export function DepthSpark(props: { depths: readonly number[] }): JSX.Element {
  const { text, format } = useApp();
  const deepest = (): number => Math.max(...props.depths, 0.01);
  const label = (): string =>
    text().depthsText(props.depths.length, props.depths.map((depth) => format().change(-depth)).join(", "));
  const width = (): number => props.depths.length * (SPARK.bar + SPARK.gap) - SPARK.gap;
  return (
    <>
      <span class="visually-hidden">{label()}</span>
      <svg class="spark" aria-hidden="true" width={width()} height={SPARK.height}>
        <For each={props.depths}>
          {(depth, i) => (
            <rect
              x={i() * (SPARK.bar + SPARK.gap)}
              y="0"
              width={SPARK.bar}
              height={Math.max(2, (depth / deepest()) * SPARK.height)}
              rx="1"
            />
          )}
        </For>
      </svg>
    </>
  );
}

/** The name is the way to the signal's page. `tabindex` -1 for a row that the arrows reach. */
export function SignalName(props: { row: SignalRow; tabindex: 0 | -1 }): JSX.Element {
  const { naming } = useApp();
  return (
    <span class="signal-name">
      <a
        class="row-link"
        href={`/signals/${encodeURIComponent(props.row.id)}`}
        tabindex={props.tabindex}
        title={naming(props.row).title}
      >
        {naming(props.row).name}
      </a>
      <span class="muted">
        <span class="number">{props.row.ticker}</span> {props.row.market}
      </span>
    </span>
  );
}
