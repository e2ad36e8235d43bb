/** The levels that follow from the base. Levels, not advice: "buy" does not occur. */
import { For, type JSX } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { MeasuredOn } from "./measured-on.tsx";

export function PlanList(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const lines = (): readonly (readonly [label: string, value: string])[] => [
    [text().colPivot, format().price(props.detail.pivot)],
    [text().planEntry, format().price(props.detail.entry_price)],
    [text().planStop, format().price(props.detail.stop_loss)],
    [text().planRisk, format().percent(props.detail.risk_pct / 100)],
    [text().planTarget2, format().price(props.detail.targets[0] ?? null)],
    [text().planTarget3, format().price(props.detail.targets[1] ?? null)],
    [text().colRs, format().integer(props.detail.rs)],
    [text().colDryUp, format().ratio(props.detail.volume_dry_up)],
  ];
  return (
    <section class="card plan" aria-labelledby="plan-title">
      <h2 id="plan-title">{text().detailPlan}</h2>
      <MeasuredOn detail={props.detail} />
      <dl>
        <For each={lines()}>
          {([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd class="number">{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <p class="muted small-note">{text().planNote}</p>
    </section>
  );
}
