/** LC rows 6 and 12..20: what a closed session does to a signal. First matching row wins; no row, no change. */
import { assertNever } from "../assert.ts";
import type { LifeBar, Step } from "./life-event.ts";
import { move, still } from "./transition.ts";
import { LIVE_FLAGS } from "./on-tick.ts";
import type { Price } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PostState } from "../vcp/signal-state.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** Counts the bar in, then applies the first row that matches. The signal is open and not suspended. */
export function onBar(signal: Signal, bar: LifeBar, day: TradingDay, params: Params): Step {
  const counted = count(signal, bar, day);
  if (isPreTrigger(signal.state)) {
    return bar.high >= signal.base.entry ? trigger(still(counted), bar, day, params) : still(counted);
  }
  return signal.state === "TRIGGERED"
    ? judgeTrigger(still(counted), bar, day, params)
    : judge(counted, bar, day, params);
}

function oneMore(n: number | null): number | null {
  return n === null ? null : n + 1;
}

function count(signal: Signal, bar: LifeBar, day: TradingDay): Signal {
  const low = signal.base.contractions.at(-1)?.low ?? 0;
  const kept = signal.flags.filter((flag) => flag !== "unfillable" && !LIVE_FLAGS.includes(flag));
  const flags: Signal["flags"] = bar.locked ? [...kept, "unfillable"] : kept;
  // A trigger seen inside this session is no bar old at its close.
  const isTriggerDay = signal.triggeredOn === day && signal.sinceTrigger === 0;
  return {
    ...signal,
    flags,
    close: bar.close,
    base: { ...signal.base, distance: bar.close / signal.base.pivot - 1 },
    baseBars: signal.baseBars + 1,
    belowLow: signal.belowLow || bar.close < low,
    sinceTrigger: isTriggerDay ? 0 : oneMore(signal.sinceTrigger),
    sinceBreak: oneMore(signal.sinceBreak),
    sinceSquat: oneMore(signal.sinceSquat),
  };
}

/** Row 6, then rows 12..14 at that day's bar. The pattern is frozen from here on. */
export function trigger(step: Step, bar: LifeBar, day: TradingDay, params: Params): Step {
  const signal: Signal = { ...step.signal, triggeredOn: day, sinceTrigger: 0 };
  const triggered = move(
    { ...step, signal },
    "TRIGGERED",
    "triggered",
    day,
    { high: bar.high, entry: signal.base.entry },
    params,
  );
  return judgeTrigger(triggered, bar, day, params);
}

function judgeTrigger(step: Step, bar: LifeBar, day: TradingDay, params: Params): Step {
  const { signal } = step;
  const { pivot, stop } = signal.base;
  const values = { close: bar.close, pivot, stop, volume_ratio: bar.volumeRatio };
  if (bar.close < stop) {
    return move(step, "FAILED", "PIVOT_FAIL", day, values, params);
  }
  if (bar.close > pivot) {
    const volumeOk = (bar.volumeRatio ?? 0) >= params.life.breakoutVolume;
    const broken: Signal = { ...signal, sinceBreak: 0, volumeOk };
    return move(
      { ...step, signal: broken },
      bandOf(broken, bar.close, params),
      "breakout",
      day,
      values,
      params,
    );
  }
  return move({ ...step, signal: { ...signal, sinceSquat: 0 } }, "SQUAT", "no_close", day, values, params);
}

/** Where a close above the pivot belongs. */
function bandOf(signal: Signal, close: Price, params: Params): PostState {
  const { pivot } = signal.base;
  if (close > params.life.overextended * pivot) {
    return "OVEREXTENDED";
  }
  if (close > params.life.extended * pivot) {
    return "EXTENDED";
  }
  return signal.volumeOk ? "CONFIRMED" : "UNCONFIRMED";
}

/** Rows 16..20: a session after the trigger's. */
function judge(signal: Signal, bar: LifeBar, day: TradingDay, params: Params): Step {
  const { pivot, stop } = signal.base;
  const { life } = params;
  const values = { close: bar.close, low: bar.low, pivot, stop, volume_ratio: bar.volumeRatio };
  const step = still(signal);
  if (bar.low < stop) {
    const early = (signal.sinceTrigger ?? 0) <= life.pivotFailBars;
    return move(step, "FAILED", early ? "PIVOT_FAIL" : "BASE_FAIL", day, values, params);
  }
  if ((signal.sinceBreak ?? signal.sinceTrigger ?? 0) >= life.ageBars) {
    return move(step, "EXPIRED", "age", day, values, params);
  }
  if (bar.close > pivot) {
    return judgeAbove(signal, bar, day, params);
  }
  switch (signal.state) {
    case "CONFIRMED":
    case "UNCONFIRMED":
    case "EXTENDED":
    case "OVEREXTENDED":
      return move(still({ ...signal, sinceSquat: 0 }), "SQUAT", "back_below", day, values, params);
    case "SQUAT":
      return (signal.sinceSquat ?? 0) >= life.squatBars
        ? move(step, "EXPIRED", "squat", day, values, params)
        : step;
    case "FORMING":
    case "READY":
    case "TRIGGERED":
    case "SUSPENDED":
    case "FAILED":
    case "EXPIRED":
      return step;
    default:
      return assertNever(signal.state);
  }
}

/** Row 18: volume can still confirm within ten bars of the breakout. */
function judgeAbove(signal: Signal, bar: LifeBar, day: TradingDay, params: Params): Step {
  const { life } = params;
  const sinceBreak = signal.sinceBreak ?? 0;
  const heavy = (bar.volumeRatio ?? 0) >= life.breakoutVolume;
  const volumeOk = signal.volumeOk || (heavy && sinceBreak <= life.lateVolumeBars);
  const next: Signal = { ...signal, sinceBreak, sinceSquat: null, volumeOk };
  const to = bandOf(next, bar.close, params);
  if (to === signal.state) {
    return still(next);
  }
  const reason = signal.state === "SQUAT" ? "recovered" : volumeOk && !signal.volumeOk ? "volume" : "band";
  const values = { close: bar.close, pivot: signal.base.pivot, volume_ratio: bar.volumeRatio };
  return move(still(next), to, reason, day, values, params);
}
