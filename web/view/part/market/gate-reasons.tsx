/** The gate's components, grouped: what was measured, against which threshold, and the points it brought. */
import { For, type JSX, Show } from "solid-js";
import type { ShownGate } from "../../../store/market-gate.ts";
import { gateGroups, type GateReason } from "../../labels/gate-reason.ts";
import { GATE_TEXTS, type GateTexts } from "../../../i18n/gate-texts.ts";
import { useApp } from "../../app-context.tsx";

const SIGNS = { full: "✓", part: "△", none: "✕", missing: "–" } as const;

function ReasonRow(props: { reason: GateReason }): JSX.Element {
  const { format, locale } = useApp();
  const texts = (): GateTexts => GATE_TEXTS[locale()];
  const show = (value: number | null): string => format()[props.reason.unit](value);
  return (
    <tr class={`reason reason-${props.reason.outcome}`}>
      <th scope="row">
        <span class="sign" aria-hidden="true">
          {SIGNS[props.reason.outcome]}
        </span>
        {texts()[props.reason.label]}
      </th>
      <td class="number">{show(props.reason.value)}</td>
      <td class="number muted">
        <Show when={props.reason.threshold !== null} fallback={show(null)}>
          <span aria-hidden="true">{props.reason.fewer ? "≤ " : "> "}</span>
          {show(props.reason.threshold)}
        </Show>
      </td>
      <td class="number">
        {format().points(props.reason.points)}
        <span class="muted">/{format().points(props.reason.max)}</span>
      </td>
    </tr>
  );
}

/** What is not of the running session, or not known of it: which close the means are of. */
function GateSources(props: { gate: ShownGate }): JSX.Element {
  const { format, locale } = useApp();
  const note = (): string | null => {
    const { as_of, at, means_of } = props.gate;
    if (at === undefined || means_of === as_of) {
      return null;
    }
    return GATE_TEXTS[locale()].gateSources(
      means_of === null || means_of === undefined ? null : format().day(means_of),
    );
  };
  return <Show when={note()}>{(known) => <p class="muted">{known()}</p>}</Show>;
}

export function GateReasons(props: { gate: ShownGate }): JSX.Element {
  const { text, format, locale } = useApp();
  const texts = (): GateTexts => GATE_TEXTS[locale()];
  return (
    <>
      <p class="muted">{texts().gateConfidence(format().share(props.gate.confidence))}</p>
      <table class="reasons">
        <caption class="visually-hidden">{text().gateReasons}</caption>
        <thead>
          <tr>
            <th scope="col">{texts().gateComponent}</th>
            <th scope="col">{texts().gateValue}</th>
            <th scope="col">{texts().gateThreshold}</th>
            <th scope="col">{text().gatePoints}</th>
          </tr>
        </thead>
        <For each={gateGroups(props.gate.components)}>
          {(group) => (
            <tbody>
              <tr class="group">
                <th scope="rowgroup" colspan="4">
                  {group.code ?? texts().gateBreadth}
                </th>
              </tr>
              <For each={group.reasons}>{(reason) => <ReasonRow reason={reason} />}</For>
            </tbody>
          )}
        </For>
      </table>
      <GateSources gate={props.gate} />
      <p class="muted">{texts().gateNote}</p>
    </>
  );
}
