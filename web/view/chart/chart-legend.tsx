/** Which line is which, and the newest bar: the running session's with its time, as provisional. */
import { For, type JSX, Show } from "solid-js";
import { useApp } from "../app-context.tsx";
import { barLines, barTitle } from "./bar-text.ts";
import { useChartCopy } from "./chart-copy.ts";
import { MEANS, WEEK_MEANS } from "./chart-data.ts";
import type { BarFacts, ChartModel } from "./create-chart-model.ts";

/** Fewer of a new high are called by their number, and 52 weeks is 250. */
function RsLegend(props: { model: ChartModel }): JSX.Element {
  const { format } = useApp();
  const copy = useChartCopy();
  return (
    <Show when={props.model.rs()}>
      {(line) => (
        <>
          <span class="mean mean-rs">
            <svg width="18" height="6" aria-hidden="true">
              <line x1="0" y1="3" x2="18" y2="3" />
            </svg>
            {copy().rsLine(line().code)}
          </span>
          <Show when={line().high}>
            {(high) => (
              <span class="mean rs-high" classList={{ now: high().isLast }}>
                <svg width="8" height="8" aria-hidden="true">
                  <circle cx="4" cy="4" r="4" />
                </svg>
                {copy().rsHigh(format().day(high().time), format().integer(high().before + 1))}
              </span>
            )}
          </Show>
        </>
      )}
    </Show>
  );
}

interface Props {
  readonly model: ChartModel;
  /** Shown in place of the newest bar. */
  readonly pointed: BarFacts | null;
  readonly isWeekly: boolean;
  readonly hasRs: boolean;
}

export function ChartLegend(props: Props): JSX.Element {
  const { text, format } = useApp();
  const copy = useChartCopy();
  const words = () => ({ copy: copy(), text: text(), format: format() });
  const shown = () => props.pointed ?? props.model.facts(props.model.shown().at(-1)?.date ?? "");
  return (
    <div class="chart-legend" aria-hidden="true">
      <span class="chart-bar">
        <Show when={shown()}>
          {(facts) => (
            <>
              <b class="number">
                {facts().isProvisional && !props.isWeekly
                  ? copy().today(format().clock(props.model.today()?.at ?? null))
                  : barTitle(facts(), props.isWeekly, words())}
              </b>
              <For each={barLines(facts(), words())}>
                {([label, value]) => (
                  <span class="number">
                    <span class="muted">{label}</span> {value}
                  </span>
                )}
              </For>
            </>
          )}
        </Show>
      </span>
      <span class="chart-means">
        <For each={MEANS}>
          {(bars, i) => (
            <span class={`mean mean-${bars}`}>
              <svg width="18" height="6" aria-hidden="true">
                <line x1="0" y1="3" x2="18" y2="3" />
              </svg>
              {props.isWeekly
                ? copy().weekMean(format().integer(WEEK_MEANS[i()] ?? null))
                : copy().mean(bars)}
            </span>
          )}
        </For>
        <Show when={props.hasRs}>
          <RsLegend model={props.model} />
        </Show>
      </span>
    </div>
  );
}
