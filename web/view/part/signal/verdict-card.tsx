/** The detector's verdict on one share today: a candidate, one that only stays listed, or none; the latter two with the first unmet rule. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { StockSignalsBody } from "../../../../worker/protocol/rest/signal-list.ts";
import type { ExplainedVerdictBody } from "../../../../worker/protocol/verdict.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { useFormCopy } from "../../labels/form-copy.ts";
import { staysListed } from "../../labels/form-rows.ts";
import { measured } from "../../labels/measured.ts";
import { FlagList } from "./base-facts.tsx";
import { GradeBadge, StateBadge } from "../signals/signal-marks.tsx";

function WhyNot(props: { verdict: ExplainedVerdictBody }): JSX.Element {
  const { text, format } = useApp();
  const rules = useRuleCopy();
  const copy = useFormCopy();
  const stays = createMemo(() => staysListed(props.verdict));
  return (
    <>
      <p class="verdict-result">
        <b>{stays() ? copy().stays : copy().stockNotDetected}</b>
      </p>
      <Show when={props.verdict.near_miss}>
        {(miss) => {
          const shown = createMemo(() => measured(miss(), text(), format()));
          return (
            <dl class="why-not">
              <div>
                <dt>{stays() ? copy().staysWhyNot : copy().stockWhyNot}</dt>
                <dd>
                  {rules().ruleText(miss().rule)} <code>{miss().rule}</code>
                </dd>
              </div>
              <div>
                <dt>{text().value}</dt>
                <dd class="number">{shown().value}</dd>
              </div>
              <div>
                <dt>{text().threshold}</dt>
                <dd class="number">{shown().threshold}</dd>
              </div>
            </dl>
          );
        }}
      </Show>
    </>
  );
}

interface Props {
  readonly verdict: ExplainedVerdictBody | null;
  readonly signals: StockSignalsBody["signals"];
}

export function VerdictCard(props: Props): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  return (
    <section class="card" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{copy().stockVerdict}</h2>
      <Show when={props.verdict} fallback={<p class="muted">{copy().stockNoVerdict}</p>}>
        {(verdict) => (
          <>
            <Show when={verdict().detected} fallback={<WhyNot verdict={verdict()} />}>
              <p class="verdict-result">
                <Show when={verdict().grade}>{(grade) => <GradeBadge grade={grade()} />}</Show>{" "}
                <b>{copy().stockDetected}</b> <span class="number">{verdict().footprint}</span>
              </p>
            </Show>
            <FlagList flags={verdict().flags} />
            <p class="muted">
              {text().closesOf(format().day(verdict().as_of))} ·{" "}
              {copy().stockBars(format().integer(verdict().bars))}
            </p>
          </>
        )}
      </Show>
      <Show when={props.signals.length > 0}>
        <h3>{copy().historyTitle}</h3>
        <ul class="link-list">
          <For each={props.signals}>
            {(signal) => (
              <li>
                <a class="number" href={`/signals/${encodeURIComponent(signal.id)}`}>
                  {format().day(signal.signal_date)} {signal.footprint}
                </a>
                <StateBadge state={signal.state} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
