/** How each step of the day last ended, and what the official rows changed in those of the evening. */
import { For, type JSX, Show } from "solid-js";
import type { MarketStatusBody } from "../../../../worker/protocol/rest/market-status.ts";
import type { StepStatus } from "../../../i18n/status-words.ts";
import { useApp } from "../../app-context.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { type Differences, differencesOf, stepDetail } from "../../labels/step-text.ts";
import { ShareBar } from "../runs/scan-summary.tsx";

type Steps = MarketStatusBody["steps"];

const SIGNS: Readonly<Record<StepStatus, readonly [tone: string, sign: string]>> = {
  stored: ["good", "✓"],
  closed: ["calm", "–"],
  not_ready: ["warn", "…"],
  denied: ["bad", "✕"],
  failed: ["bad", "✕"],
};

export function StepList(props: { steps: Steps }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  return (
    <section class="card" aria-labelledby="steps-title">
      <h3 id="steps-title">{copy().stepsTitle}</h3>
      <Show when={props.steps.length > 0} fallback={<p class="muted">{copy().stepsEmpty}</p>}>
        <ul class="state-list">
          <For each={props.steps}>
            {(step) => (
              <li class={`state-${SIGNS[step.status][0]}`} data-step={step.kind}>
                <div class="state-head">
                  <b>{copy().stepOf(copy().step[step.kind], format().day(step.session))}</b>
                  <span>
                    <span class="sign" aria-hidden="true">
                      {SIGNS[step.status][1]}
                    </span>
                    <span class="state-word">{copy().stepStatus[step.status]}</span>
                  </span>
                  <time class="muted number end" datetime={step.at}>
                    {format().time(step.at)} {copy().kst}
                  </time>
                </div>
                <p class="muted">{stepDetail(step.text, { copy: copy(), format: format() })}</p>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function FieldList(props: { found: Differences }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  return (
    <Show when={props.found.fields.length > 0} fallback={<p>{copy().differencesNone}</p>}>
      <ul class="differences">
        <For each={props.found.fields}>
          {([field, stocks]) => (
            <li>
              <span class="label">{copy().field[field] ?? field}</span>
              <ShareBar share={stocks / Math.max(1, props.found.rows)} />
              <b class="number">{format().integer(stocks)}</b>
            </li>
          )}
        </For>
      </ul>
      <p class="muted small-note">{copy().differencesNote}</p>
    </Show>
  );
}

/** Only where a session was stored in the evening before its official rows came: without that there is nothing to compare. */
export function DifferenceList(props: { steps: Steps; evening: boolean }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const official = (): Steps[number] | undefined =>
    props.steps.find(({ kind, status }) => kind === "official_day" && status === "stored");
  const found = (): Differences | null => {
    const step = official();
    const all = step === undefined ? null : differencesOf(step.text);
    // Rows that were all new stood in no evening.
    return all?.fields.some(([field, stocks]) => field === "new" && stocks === all.rows) === true
      ? null
      : all;
  };
  return (
    <Show when={props.evening && found()}>
      {(known) => (
        <section class="card" aria-labelledby="differences-title">
          <h3 id="differences-title">{copy().differencesTitle}</h3>
          <p class="muted">
            {copy().differencesOf(format().day(official()?.session ?? null), format().integer(known().rows))}
          </p>
          <FieldList found={known()} />
        </section>
      )}
    </Show>
  );
}
