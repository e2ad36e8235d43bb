/** What must hold of every life that was replayed; each check returns the faults it found, as text. */
import { isDeepStrictEqual } from "node:util";
import { PARAMS } from "../../core/params.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { logFaults } from "./logged-life.ts";

/** LC1, LC2, LCI1: the log of each signal gives its stored state, and every id was born once. */
export function storedFaults(signals: readonly Signal[], events: readonly SignalEvent[]): readonly string[] {
  const logs = Map.groupBy(events, ({ signalId }) => signalId);
  const ids = new Set(signals.map(({ id }) => id));
  return [
    ...signals.flatMap((signal) => logFaults(signal, logs.get(signal.id) ?? [])),
    ...(ids.size === signals.length ? [] : [`${signals.length} signals share ${ids.size} ids`]),
    ...Array.from(logs, ([id, log]) => ({ id, births: log.filter(({ from }) => from === null).length }))
      .filter(({ id, births }) => births !== 1 || !ids.has(id))
      .map(({ id, births }) => `${id} was born ${births} times`),
  ];
}

/** LCI3: a revision names the new extreme that made it; rows of a replayed past are never corrected. */
export function causeFaults(events: readonly SignalEvent[]): readonly string[] {
  return events
    .filter(({ reason }) => reason === "revised")
    .filter(({ values: { cause } }) => typeof cause !== "string" || cause === "rows_corrected")
    .map(
      ({ signalId, seq, day, values }) =>
        `${signalId}/${seq} was revised on ${day} by ${String(values["cause"])}`,
    );
}

/** What a session leaves of a signal, whether its prices were seen or its bar alone. */
function settled(signal: Signal): object {
  // One that a price ended keeps that price; its session's bar was not counted any more.
  const counted = { close: 0, flags: [], appliedSeq: 0, belowLow: false, sinceBreak: null, sinceSquat: null };
  return isOpen(signal.state) ? signal : { ...signal, ...counted, base: { ...signal.base, distance: 0 } };
}

function stepsIn(events: readonly SignalEvent[]): readonly string[] {
  return events
    .map(({ signalId, seq, from, to, reason }) => `${signalId}/${seq} ${from}>${to} ${reason}`)
    .toSorted();
}

/** LC1a: after a session two lives know the same signals, in the same states, by the same steps. */
export function lifeFaults(
  day: TradingDay,
  seen: { readonly signals: readonly Signal[]; readonly events: readonly SignalEvent[] },
  unseen: { readonly signals: readonly Signal[]; readonly events: readonly SignalEvent[] },
): readonly string[] {
  const others = new Map(unseen.signals.map((signal) => [signal.id, signal]));
  const differing = seen.signals.filter((signal) => {
    const other = others.get(signal.id);
    return other === undefined || !isDeepStrictEqual(settled(signal), settled(other));
  });
  const [steps, stepsLate] = [stepsIn(seen.events), stepsIn(unseen.events)];
  return [
    ...differing.map(
      ({ id, state }) => `${day} ${id} is ${state} with ticks, ${others.get(id)?.state} without`,
    ),
    ...(seen.signals.length === others.size
      ? []
      : [`${day} ${seen.signals.length} signals, ${others.size} without ticks`]),
    ...(isDeepStrictEqual(steps, stepsLate)
      ? []
      : [`${day} ${steps.join(", ")}; without ticks ${stepsLate.join(", ")}`]),
  ];
}

/** LC3: an open signal that its clocks should have ended. */
export function overdueFaults(open: readonly Signal[]): readonly string[] {
  const { life, base } = PARAMS;
  return open.flatMap(
    ({ id, misses, suspended, sinceTrigger, sinceBreak, sinceSquat, baseBars, prev, state, flags }) => {
      const isPost = sinceTrigger !== null;
      const isFrozen = flags.includes("old_law");
      const overdue =
        misses >= (isFrozen ? life.ageBars : life.misses) ||
        suspended > life.suspendedSessions ||
        (sinceBreak ?? sinceTrigger ?? 0) >= life.ageBars ||
        (sinceSquat ?? 0) >= life.squatBars ||
        // A miss is counted before a base is called old, so the last scan may have seen it once more.
        (!isPost && !isFrozen && baseBars > base.bars[1] + life.misses);
      return overdue ? [`${id} is still ${state} (${prev})`] : [];
    },
  );
}
