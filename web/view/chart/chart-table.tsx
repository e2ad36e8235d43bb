/** The same as the chart for who cannot see it or wants the numbers: the pattern's legs stand beside it, the days here. */
import { createSignal, For, type JSX, Show } from "solid-js";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import { useApp } from "../app-context.tsx";
import { useChartCopy } from "./chart-copy.ts";
import type { ShownBar } from "./data/today.ts";
import { ChangeText } from "../part/signals/signal-marks.tsx";

const STEP = 60;

/** With the change against the bar before, newest first. */
function newestFirst(bars: readonly ShownBar[]): readonly (ShownBar & { readonly change: number | null })[] {
  return bars
    .map((bar, i) => {
      const before = bars[i - 1]?.close ?? 0;
      return { ...bar, change: before > 0 ? bar.close / before - 1 : null };
    })
    .toReversed();
}

/** `today`: the running session, which is marked provisional; `null` when there is none. */
export function ChartTable(props: { bars: ChartBody["bars"]; today: ShownBar | null }): JSX.Element {
  const { text, format } = useApp();
  const copy = useChartCopy();
  const bars = (): readonly ShownBar[] => (props.today ? [...props.bars, props.today] : props.bars);
  const [count, setCount] = createSignal(STEP);
  const rows = (): ReturnType<typeof newestFirst> => newestFirst(bars()).slice(0, count());
  return (
    <div class="chart-table">
      <table class="detail-table">
        <caption>{copy().barsLast(rows().length)}</caption>
        <thead>
          <tr>
            <th scope="col">{copy().barDay}</th>
            <th scope="col">{copy().barOpen}</th>
            <th scope="col">{copy().barHigh}</th>
            <th scope="col">{copy().barLow}</th>
            <th scope="col">{text().barClose}</th>
            <th scope="col">{text().colChange}</th>
            <th scope="col">{copy().barVolume}</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(bar) => (
              <tr>
                <th scope="row" class="number">
                  {format().day(bar.date)}
                  {bar.date === props.today?.date ? ` · ${copy().provisional}` : ""}
                </th>
                <td class="number">{format().price(bar.open)}</td>
                <td class="number">{format().price(bar.high)}</td>
                <td class="number">{format().price(bar.low)}</td>
                <td class="number">{format().price(bar.close)}</td>
                <td class="number">
                  <ChangeText value={bar.change} />
                </td>
                <td class="number">{format().compact(bar.volume)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={count() < bars().length}>
        <button type="button" class="quiet" onClick={() => setCount(count() + STEP)}>
          {copy().barsMore}
        </button>
      </Show>
    </div>
  );
}
