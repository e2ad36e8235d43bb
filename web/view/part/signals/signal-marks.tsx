/** The marks of a signal wherever it is shown: price, change, distance to the pivot, grade, state. */
import { createMemo, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";

/** Takes a fraction; `null` is an en dash. */
export function ChangeText(props: { value: number | null }): JSX.Element {
  const { format } = useApp();
  const direction = (): "up" | "down" | "flat" => {
    // What rounds to 0.00 % has no direction.
    const value = Math.round((props.value ?? 0) * 10_000);
    return value > 0 ? "up" : value < 0 ? "down" : "flat";
  };
  const arrow = (): string => ({ up: "▲", down: "▼", flat: "" })[direction()];
  return (
    <span class={`change ${direction()}`}>
      <span class="arrow" aria-hidden="true">
        {arrow()}
      </span>
      {format().rate(props.value)}
    </span>
  );
}

/** The price, and what a reader must know of it: that it is old, does not trade, or is not shown trade by trade. `close`: shown without a live price. */
export function PriceText(props: { live: LivePrice | null; close: number | null }): JSX.Element {
  const { text, format } = useApp();
  const note = createMemo((): readonly ["stale" | "halted" | "polled", string] | null => {
    const live = props.live;
    if (live === null || live.at === null) {
      return null;
    }
    if (live.stale) {
      return ["stale", text().staleSince(format().clock(live.at))];
    }
    if (live.halted === true || live.vi === true) {
      return ["halted", live.halted === true ? text().priceHalted : text().priceVi];
    }
    return live.via === "polled" ? ["polled", text().pricePolled] : null;
  });
  return (
    <span class={`price ${note()?.[0] ?? ""}`} title={note()?.[1]}>
      {format().price(props.live?.price ?? props.close)}
      <Show when={note()}>{(one) => <span class="visually-hidden"> {one()[1]}</span>}</Show>
    </span>
  );
}

const WIDTH = 44;
const HEIGHT = 8;
const FROM = -12;
const TO = 5;

function xOf(percent: number): number {
  const inside = Math.min(TO, Math.max(FROM, percent));
  return ((inside - FROM) / (TO - FROM)) * WIDTH;
}

/**
 * Where the close stands against the pivot, in per cent: −12 at the left end, the pivot a line, +5 at the right end.
 * Decoration only: the number stands beside it as text.
 */
export function DistanceBar(props: { percent: number }): JSX.Element {
  const pivot = xOf(0);
  const close = (): number => xOf(props.percent);
  return (
    <svg class="distance" aria-hidden="true" width={WIDTH} height={HEIGHT + 4}>
      <rect class="track" x="0" y="4" width={WIDTH} height="4" rx="2" />
      <rect class="gap" x={Math.min(close(), pivot)} y="4" width={Math.abs(pivot - close())} height="4" />
      <rect class="pivot" x={pivot - 0.75} y="0" width="1.5" height={HEIGHT + 4} />
      <circle class="close" cx={Math.min(WIDTH - 3.5, Math.max(3.5, close()))} cy="6" r="3.5" />
    </svg>
  );
}

/** The grade as a letter in a box; the box's weight falls with the grade, its colour means no direction. */
export function GradeBadge(props: { grade: SignalRow["grade"] }): JSX.Element {
  return <span class={`grade grade-${props.grade}`}>{props.grade}</span>;
}

type State = SignalRow["state"];

const GLYPHS: Readonly<Record<State, string>> = {
  FORMING: "○",
  READY: "◎",
  TRIGGERED: "●",
  CONFIRMED: "●",
  UNCONFIRMED: "◐",
  SQUAT: "↩",
  EXTENDED: "⤒",
  OVEREXTENDED: "⤒",
  SUSPENDED: "‖",
  FAILED: "✕",
  EXPIRED: "–",
};

/** Where a signal stands in its life: a glyph and a label, so that colour is never needed. */
export function StateBadge(props: { state: State }): JSX.Element {
  const { text } = useApp();
  return (
    <span class={`state state-${props.state}`}>
      <span class="glyph" aria-hidden="true">
        {GLYPHS[props.state]}
      </span>
      {text()[`state${props.state}`]}
    </span>
  );
}
