/** LCI3, LCI6: the patterns that a scan is asked for because signals before their trigger stand on them, and why one is read otherwise. */
import { spanOf } from "./birth.ts";
import type { Params } from "../params.ts";
import type { RevisionCause } from "./life-event.ts";
import { isPreTrigger, type Signal } from "./signal.ts";
import type { Incumbent } from "../vcp/base-search.ts";
import type { Base, Contraction, Verdict } from "../vcp/verdict.ts";

/** By ticker the start and the noise of the base on which its signal before the trigger stands. */
export function incumbentsOf(open: readonly Signal[], params: Params): ReadonlyMap<string, Incumbent> {
  const waiting = open.filter(({ state, prev }) => isPreTrigger(prev ?? state));
  return new Map(
    waiting.flatMap((signal) => {
      const { noise } = signal.base;
      return noise === null || isOfEarlierLaw(signal, params)
        ? []
        : [[signal.ticker, { start: spanOf(signal.base)[0], noise }] as const];
    }),
  );
}

/** LCI6: listed by other rules than those in force; its pattern is not read again. */
export function isOfEarlierLaw({ paramsVersion }: Signal, { version }: Params): boolean {
  return paramsVersion !== version;
}

/** Factors of several corporate actions are multiplied in another order: prices of one bar differ in their last digits. */
const SAME_PRICE = 1e-9;

/** LCI3: two bases of one share that are read by the same bars. */
export function isSamePattern(a: Base, b: Base): boolean {
  return daysOf(a) === daysOf(b) && Math.abs(a.pivot / b.pivot - 1) < SAME_PRICE;
}

function daysOf({ contractions }: Base): string {
  const [first, last] = [contractions[0], contractions.at(-1)];
  return [first?.highDay, first?.lowDay, last?.highDay, last?.lowDay, contractions.length].join();
}

/**
 * LCI3: what ended the reading on which the signal stands, or revised it; `null` when it is read as before. `own` is the
 * scan's verdict on that reading, whether it stands or not.
 */
export function causeOf({ base: before, bornOn, measuredOn }: Signal, own: Verdict): RevisionCause | null {
  const { nearMiss } = own;
  const read = own.base ?? nearMiss?.base ?? null;
  if (nearMiss?.rule === "BS1") {
    return "higher_high";
  }
  if (read === null) {
    // Without a rule of the share in the way only a first bar that is gone leaves nothing to read.
    return nearMiss?.rule === "BS0" ? "rows_corrected" : null;
  }
  if (isSamePattern(before, read)) {
    return null;
  }
  const since = measuredOn ?? bornOn;
  const place = read.contractions.findIndex(({ lowDay }, i) => lowDay !== before.contractions[i]?.lowDay);
  const [moved, earlier] = [read.contractions[place], before.contractions[place]];
  if (moved !== undefined) {
    return moved.lowDay <= since ? "rows_corrected" : causeOfLow(moved, earlier);
  }
  if (read.contractions.length < before.contractions.length) {
    // A fall that is no smaller than the one before is stepped over, and the smaller ones inside it are gone.
    return "deeper_fall";
  }
  if (read.breakout !== null && read.pivot < before.pivot) {
    // Today's close stands again above the high that a close of the last days had left (PV1).
    return "breakout";
  }
  const isTouchedSince = read.touched !== null && (before.touched !== null || read.touched.day > since);
  return read.pivot > before.pivot && isTouchedSince ? "pivot_raised" : "rows_corrected";
}

function causeOfLow(moved: Contraction, earlier: Contraction | undefined): RevisionCause {
  if (earlier === undefined) {
    return "contraction";
  }
  return moved.low < earlier.low ? "lower_low" : "deeper_fall";
}
