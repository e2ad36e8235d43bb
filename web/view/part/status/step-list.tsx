/** How each step of the day last ended. */
import { For, type JSX, Show } from "solid-js";
import type { MarketStatusBody } from "../../../../worker/protocol/rest/market-status.ts";
import type { StepStatus } from "../../../i18n/status-words.ts";
import { useApp } from "../../app-context.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { stepDetail, stepTitle } from "../../labels/step-text.ts";

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
                  <b>{stepTitle(step, { copy: copy(), format: format() })}</b>
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
