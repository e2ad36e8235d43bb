/** Can one act today? The gate's answer in a lamp, a label and a score, and the reasons behind it. */
import { For, type JSX, lazy, Show, Suspense } from "solid-js";
import type { MarketGateData, RunningGateData } from "../../../../worker/protocol/market-gate.ts";
import { firstDraw } from "../../../store/first-draw.ts";
import { type GateAnswer, type ShownGate, shownGate } from "../../../store/market-gate.ts";
import type { Remote } from "../../../store/remote.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { RemoteState, Skeleton } from "../ui/remote-state.tsx";

// Behind the answer, which is there without them.
const GateReasons = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("./gate-reasons.tsx"))).GateReasons,
}));

type Status = MarketGateData["status"];

const LAMPS = [
  { status: "RED", sign: "M6.5 6.500l7 7m0-7l-7 7" },
  { status: "YELLOW", sign: "M10 5.500v5.500m0 3v.01" },
  { status: "GREEN", sign: "M6 10.300l2.800 2.800 5.200-5.800" },
] as const satisfies readonly { status: Status; sign: string }[];

/** Three lamps: the lit one is known by its place, its sign and its colour. Decoration: the label stands beside it. */
function GateLamp(props: { status: Status }): JSX.Element {
  return (
    <svg class="lamps" viewBox="0 0 76 28" width="76" height="28" aria-hidden="true">
      <rect class="housing" x="0.5" y="0.5" width="75" height="27" rx="13.5" />
      <For each={LAMPS}>
        {(lamp, i) => (
          <g
            class={`lamp lamp-${lamp.status}`}
            classList={{ lit: lamp.status === props.status }}
            transform={`translate(${4 + i() * 24} 4)`}
          >
            <circle cx="10" cy="10" r="9" />
            <path d={lamp.sign} />
          </g>
        )}
      </For>
    </svg>
  );
}

/** A press on the answer opens the reasons, which are open at once where the gate has a column of its own. */
function GateSummary(props: { gate: ShownGate }): JSX.Element {
  const { text, format } = useApp();
  const isWide = createMediaMatch("(1200px <= width < 1440px)");
  return (
    <>
      <details class="fold gate-details" open={isWide()}>
        <summary>
          <span class={`gate-answer gate-${props.gate.status}`}>
            <GateLamp status={props.gate.status} />
            <strong class="gate-status">{text()[`gate${props.gate.status}`]}</strong>
            <span class="gate-level">
              <b>{format().integer(props.gate.status === "UNKNOWN" ? null : props.gate.level)}</b>
              <span class="muted">/100</span>
            </span>
          </span>
          <span class="visually-hidden">{text().gateReasons}</span>
        </summary>
        <Suspense fallback={<Skeleton rows={6} />}>
          <GateReasons gate={props.gate} />
        </Suspense>
      </details>
      <Show when={props.gate.status === "UNKNOWN"}>
        <p class="notice">{text().gateThin}</p>
      </Show>
    </>
  );
}

/** `running`: of the session that runs, where its indices are followed. */
export function GateCard(props: {
  remote: Remote<GateAnswer>;
  running?: RunningGateData | undefined;
}): JSX.Element {
  const { text, format } = useApp();
  const gate = (): ShownGate | null => shownGate(props.remote.value()?.gate, props.running);
  return (
    <section class="card gate-card" aria-labelledby="gate-title" aria-busy={props.remote.busy()}>
      <div class="panel-head">
        <h2 id="gate-title">{text().gateTitle}</h2>
        <Show when={gate()}>
          {(known) => (
            <p class="muted">
              {known().at
                ? text().pricesOf(format().time(known().at ?? null))
                : text().closesOf(format().day(known().as_of))}
            </p>
          )}
        </Show>
      </div>
      <RemoteState remote={props.remote} rows={6} />
      <Show when={gate()}>{(known) => <GateSummary gate={known()} />}</Show>
      <Show when={props.remote.value() !== null && gate() === null}>
        <p class="muted">{text().gateEmpty}</p>
      </Show>
    </section>
  );
}
