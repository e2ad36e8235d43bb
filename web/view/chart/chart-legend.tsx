/** Which line is which, and the values of the day under the pointer, the last one without. */
import { For, type JSX, Show } from "solid-js";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import { useApp } from "../app-context.tsx";
import { MEANS } from "./chart-data.ts";

type Bar = ChartBody["bars"][number];

export function ChartLegend(props: { bar: Bar | null }): JSX.Element {
  const { text, format } = useApp();
  const values = (bar: Bar): readonly (readonly [string, string])[] => [
    [text().barOpen, format().price(bar.open)],
    [text().barHigh, format().price(bar.high)],
    [text().barLow, format().price(bar.low)],
    [text().barClose, format().price(bar.close)],
    [text().barVolume, format().compact(bar.volume)],
  ];
  return (
    <div class="chart-legend" aria-hidden="true">
      <span class="chart-bar">
        <Show when={props.bar}>
          {(bar) => (
            <>
              <b class="number">{format().shortDay(bar().date)}</b>
              <For each={values(bar())}>
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
          {(bars) => (
            <span class={`mean mean-${bars}`}>
              <svg width="18" height="6" aria-hidden="true">
                <line x1="0" y1="3" x2="18" y2="3" />
              </svg>
              {text().mean(bars)}
            </span>
          )}
        </For>
      </span>
    </div>
  );
}
