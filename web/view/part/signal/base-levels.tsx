/** A base in numbers: its contractions, and the levels that follow from them. */
import { For, type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { useApp } from "../../app-context.tsx";
import { useFormCopy } from "../../labels/form-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { type Fact, FactList } from "./fact-list.tsx";
import { MeasuredOn } from "./scoring.tsx";

/** The levels that follow from the base. Levels, not advice: "buy" does not occur. */
export function PlanList(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  const lines = (): readonly Fact[] => [
    [text().colPivot, format().price(props.detail.pivot)],
    [copy().planEntry, format().price(props.detail.entry_price)],
    [copy().planStop, format().price(props.detail.stop_loss)],
    [copy().planRisk, format().percent(props.detail.risk_pct / 100)],
    [text().planTarget2, format().price(props.detail.targets[0] ?? null)],
    [text().planTarget3, format().price(props.detail.targets[1] ?? null)],
    [text().colRs, format().integer(props.detail.rs)],
    [text().colDryUp, format().ratio(props.detail.volume_dry_up)],
  ];
  return (
    <section class="card plan" aria-labelledby="plan-title">
      <h2 id="plan-title">{copy().detailPlan}</h2>
      <MeasuredOn detail={props.detail} />
      <FactList facts={lines()} />
      <p class="muted small-note">{copy().planNote}</p>
    </section>
  );
}

/** The contractions one by one: each should be shallower than the one before, on less volume. `near` names a base that is not listed. */
export function ContractionTable(props: {
  legs: SignalDetail["contractions"];
  near?: string | null;
}): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  return (
    <ScrollRegion label={copy().detailContractions}>
      <table class="detail-table">
        <caption>
          {copy().detailContractions}
          <Show when={props.near}>{(near) => <span class="muted near"> {near()}</span>}</Show>
        </caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{copy().detailHigh}</th>
            <th scope="col">{copy().detailLow}</th>
            <th scope="col">{copy().detailDepth}</th>
            <th scope="col">{copy().detailBars}</th>
            <th scope="col">{copy().detailVolume}</th>
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
                  <time datetime={leg.high_date}>{format().day(leg.high_date)}</time>
                </td>
                <td class="number">
                  {format().price(leg.low)}
                  <time datetime={leg.low_date}>{format().day(leg.low_date)}</time>
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
    </ScrollRegion>
  );
}
