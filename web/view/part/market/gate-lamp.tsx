/** Three lamps side by side: the lit one is known by its place, its sign and its colour. */
import { For, type JSX } from "solid-js";
import type { MarketGateData } from "../../../../worker/protocol/market-gate.ts";

type Status = MarketGateData["status"];

const LAMPS = [
  { status: "RED", sign: "M6.5 6.500l7 7m0-7l-7 7" },
  { status: "YELLOW", sign: "M10 5.500v5.500m0 3v.01" },
  { status: "GREEN", sign: "M6 10.300l2.800 2.800 5.200-5.800" },
] as const satisfies readonly { status: Status; sign: string }[];

/** Decoration: the label of the status stands beside it. */
export function GateLamp(props: { status: Status }): JSX.Element {
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
