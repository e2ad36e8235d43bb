/** What a row and a card show alike: the name of a signal, and the depths of its contractions. */
import { For, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { useApp } from "../../app-context.tsx";
import { listSearch } from "../../filter/create-list-filter.ts";
import { signalHref } from "../../flip/flip-list.ts";
import { isCapped } from "../../labels/form-cap.ts";
import { GradeBadge } from "./signal-marks.tsx";
import { StarButton } from "./star-button.tsx";

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

/** Grade and score of the form, and the limit of the state where it holds them apart. */
export function FormMark(props: { row: SignalRow }): JSX.Element {
  const { text, format } = useApp();
  return (
    <span class="form-mark number">
      <GradeBadge grade={props.row.grade} /> {format().score(props.row.score)}
      <Show when={isCapped(props.row)}>
        <span
          class="muted cap"
          title={text().formCapHint(text()[`state${props.row.state}`], props.row.grade)}
        >
          {text().formCap(props.row.grade)}
        </span>
      </Show>
    </span>
  );
}

/** The name is the way to the signal's page. `tabindex` -1 for a row that the arrows reach. */
export function SignalName(props: { row: SignalRow; tabindex: 0 | -1 }): JSX.Element {
  const { naming } = useApp();
  return (
    <span class="signal-name">
      <StarButton ticker={props.row.ticker} name={naming(props.row).name} tabindex={props.tabindex} />
      <a
        class="row-link"
        href={signalHref(props.row.id, listSearch())}
        tabindex={props.tabindex}
        title={naming(props.row).title}
      >
        {naming(props.row).name}
      </a>
      <span class="muted">
        <span class="number">{naming(props.row).code}</span> <span class="market">{props.row.market}</span>
      </span>
    </span>
  );
}
