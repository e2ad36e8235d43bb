/** The contractions one by one: each should be shallower than the one before, on less volume. */
import { For, type JSX } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal-detail.ts";
import { useApp } from "../../app-context.tsx";

export function ContractionTable(props: { legs: SignalDetail["contractions"] }): JSX.Element {
  const { text, format } = useApp();
  return (
    <table class="detail-table">
      <caption>{text().detailContractions}</caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">{text().detailHigh}</th>
          <th scope="col">{text().detailLow}</th>
          <th scope="col">{text().detailDepth}</th>
          <th scope="col">{text().detailBars}</th>
          <th scope="col">{text().detailVolume}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.legs}>
          {(leg, i) => (
            <tr>
              <th scope="row" class="number">
                {text().nth(i() + 1)}
              </th>
              <td class="number">
                {format().price(leg.high)}
                <time datetime={leg.high_date}>{format().shortDay(leg.high_date)}</time>
              </td>
              <td class="number">
                {format().price(leg.low)}
                <time datetime={leg.low_date}>{format().shortDay(leg.low_date)}</time>
              </td>
              <td class="number">
                <b>{format().change(-leg.depth)}</b>
              </td>
              <td class="number">{format().integer(leg.bars)}</td>
              <td class="number">{format().compact(leg.mean_volume)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
