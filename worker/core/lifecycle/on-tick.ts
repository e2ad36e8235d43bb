/** LC rows 6, 11, 15, 16 and 21: what a price inside a session does. Only rows 6 and 16 move; the rest are flags. */
import type { LifeTick, Step } from "./life-event.ts";
import { move, still } from "./transition.ts";
import type { Params } from "../params.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Flag } from "../vcp/verdict.ts";

/** Flags of a session under way; the session's bar takes them off again. */
export const LIVE_FLAGS: readonly Flag[] = ["stop_touched", "on_pace", "extended_live"];

/** The signal is open and not suspended. */
export function onTick(signal: Signal, tick: LifeTick, day: TradingDay, params: Params): Step {
  const priced: Signal = {
    ...signal,
    flags: withLock(signal.flags, tick.isLocked),
    close: tick.price,
    base: { ...signal.base, distance: tick.price / signal.base.pivot - 1 },
  };
  if (isPreTrigger(signal.state)) {
    return tick.price >= signal.base.entry ? touch(priced, tick, day, params) : still(priced);
  }
  const onTriggerDay = signal.triggeredOn === day;
  if (!onTriggerDay && tick.price < signal.base.stop) {
    // The session's bar comes too late for an ended signal, so this bar is counted here.
    const counted: Signal = {
      ...priced,
      baseBars: signal.baseBars + 1,
      sinceTrigger: (signal.sinceTrigger ?? 0) + 1,
    };
    const early = (counted.sinceTrigger ?? 0) <= params.life.pivotFailBars;
    const values = { price: tick.price, stop: signal.base.stop };
    return move(still(counted), "FAILED", early ? "PIVOT_FAIL" : "BASE_FAIL", day, values, params);
  }
  return still(flagged(priced, tick, onTriggerDay, params));
}

/** LC4: the flag comes and goes with the prices of a session; what is not known changes nothing. */
function withLock(flags: readonly Flag[], isLocked: boolean | undefined): readonly Flag[] {
  if (isLocked === undefined || isLocked === flags.includes("unfillable")) {
    return flags;
  }
  return isLocked ? [...flags, "unfillable"] : flags.filter((flag) => flag !== "unfillable");
}

/** Row 6: the price touched the trigger; the session's bar decides what it is worth. */
function touch(signal: Signal, tick: LifeTick, day: TradingDay, params: Params): Step {
  const triggered: Signal = { ...signal, triggeredOn: day, sinceTrigger: 0 };
  const values = { price: tick.price, entry: signal.base.entry };
  const step = move(still(triggered), "TRIGGERED", "triggered", day, values, params);
  return { ...step, signal: flagged(step.signal, tick, true, params) };
}

function flagged(signal: Signal, tick: LifeTick, onTriggerDay: boolean, params: Params): Signal {
  const { pivot, stop } = signal.base;
  const { life } = params;
  const flags = new Set<Flag>(signal.flags);
  if (onTriggerDay && tick.price < stop) {
    flags.add("stop_touched");
  }
  if (signal.state === "TRIGGERED" && tick.price > pivot && (tick.runRate ?? 0) >= life.breakoutVolume) {
    flags.add("on_pace");
  }
  if (tick.price > life.extended * pivot) {
    flags.add("extended_live");
  }
  return flags.size === signal.flags.length ? signal : { ...signal, flags: [...flags] };
}
