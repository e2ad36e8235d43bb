/** Can one act today? The gate's answer in a lamp, a word and a score, and the reasons behind it. */
import { type JSX, Show } from "solid-js";
import type { MarketGateData } from "../../../worker/protocol/market-gate.ts";
import type { GateAnswer } from "../../store/market-gate.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { createMediaMatch } from "../media-match.ts";
import { GateLamp } from "./gate-lamp.tsx";
import { GateReasons } from "./gate-reasons.tsx";
import { LoadError } from "./load-error.tsx";
import { Skeleton } from "./skeleton.tsx";

function GateSummary(props: { gate: MarketGateData }): JSX.Element {
  const { text, format } = useApp();
  const wide = createMediaMatch("(min-width: 1200px)");
  return (
    <>
      <div class={`gate-answer gate-${props.gate.status}`}>
        <GateLamp status={props.gate.status} />
        <strong class="gate-word">{text()[`gate${props.gate.status}`]}</strong>
        <span class="gate-level">
          <b>{format().integer(props.gate.level)}</b>
          <span class="muted">/100</span>
        </span>
      </div>
      <p class="muted">
        {text().closesOf(format().day(props.gate.as_of))} ·{" "}
        {text().gateConfidence(format().share(props.gate.confidence))}
      </p>
      <Show when={props.gate.status === "UNKNOWN"}>
        <p class="notice">{text().gateThin}</p>
      </Show>
      <details class="gate-details" open={wide()}>
        <summary>{text().gateReasons}</summary>
        <GateReasons components={props.gate.components} />
      </details>
      <p class="muted">{text().gateNote}</p>
    </>
  );
}

interface Props {
  readonly remote: Remote<GateAnswer>;
}

export function GateCard(props: Props): JSX.Element {
  const { text } = useApp();
  const gate = (): MarketGateData | null => props.remote.value()?.gate ?? null;
  return (
    <section class="card gate-card" aria-labelledby="gate-title" aria-busy={props.remote.busy()}>
      <h2 id="gate-title">{text().gateTitle}</h2>
      <Show when={props.remote.failure()}>
        {(failure) => (
          <LoadError
            failure={failure()}
            kept={props.remote.value() !== null}
            onRetry={() => {
              void props.remote.reload();
            }}
          />
        )}
      </Show>
      <Show when={props.remote.value() === null && props.remote.busy()}>
        <Skeleton rows={6} />
      </Show>
      <Show when={gate()}>{(known) => <GateSummary gate={known()} />}</Show>
      <Show when={props.remote.value() !== null && gate() === null}>
        <p class="muted">{text().gateEmpty}</p>
      </Show>
    </section>
  );
}
