/**
 * EV: what came after an entry. The one measure for the study of the past and for the signals of today, so that a
 * published figure and a live one mean the same.
 */
import { assert } from "../assert.ts";
import type { Columns } from "../bars/columns.ts";

/** Sessions held, the session of the entry counted: after 5 sessions is the close of the fifth. */
export const HORIZONS = [5, 10, 20, 60] as const;
/** A span of sessions after which an outcome is measured. */
export type Horizon = (typeof HORIZONS)[number];

/** Rows one a session, in the prices of the entry; a halted row has high 0 and its close carried (BR1). */
export type OutcomeBars = Readonly<Pick<Columns, "open" | "high" | "low" | "close">>;

/** Fractions of the entry price. */
export interface HorizonOutcome {
  readonly change: number;
  /** The same in multiples of what was risked, entry - stop. */
  readonly r: number;
  /** MFE and MAE: the furthest that the price went for the entry (0 or more) and against it (0 or less). */
  readonly best: number;
  readonly worst: number;
}

/** What ended the trade first within 60 sessions (EV1b). */
export type FirstTouch =
  | {
      readonly kind: "stop" | "target";
      /** Counts from 1, the session of the entry. */
      readonly session: number;
      /** What a resting order would have got: its own price, or the open beyond it after a gap. */
      readonly price: number;
    }
  | { readonly kind: "none" };

/** One entry. All prices in the same shares, those of `bars`. */
export interface OutcomeInput {
  readonly entry: number;
  /** Below the entry: where a gap opens at or below the stop there is no entry to measure. */
  readonly stop: number;
  readonly target: number;
  readonly bars: OutcomeBars;
  /** The row of the entry's session. Its whole range counts, also what came before an entry inside the session. */
  readonly from: number;
}

/** What came of one entry (EV1a, EV1b). */
export interface Outcome {
  /** `null` while rows are missing. */
  readonly horizons: Readonly<Record<Horizon, HorizonOutcome | null>>;
  /** The first of stop and target that a row reached; both in one row is the stop. `null` while it is open. */
  readonly touch: FirstTouch | null;
}

const LONGEST = 60;

/** EV1a, EV1b. An entry at or below its stop is a broken invariant. */
export function outcomeOf(x: OutcomeInput): Outcome {
  assert(x.entry > x.stop, `Entry ${x.entry} is not above stop ${x.stop}`);
  return {
    horizons: {
      5: horizonOutcome(x, 5),
      10: horizonOutcome(x, 10),
      20: horizonOutcome(x, 20),
      60: horizonOutcome(x, 60),
    },
    touch: firstTouch(x),
  };
}

function horizonOutcome({ entry, stop, bars, from }: OutcomeInput, sessions: Horizon): HorizonOutcome | null {
  const close = bars.close[from + sessions - 1];
  if (close === undefined) {
    return null;
  }
  let high = entry;
  let low = entry;
  for (let k = from; k < from + sessions; k++) {
    const top = bars.high[k] ?? 0;
    if (top > 0) {
      high = Math.max(high, top);
      low = Math.min(low, bars.low[k] ?? low);
    }
  }
  return {
    change: close / entry - 1,
    r: (close - entry) / (entry - stop),
    best: high / entry - 1,
    worst: low / entry - 1,
  };
}

function firstTouch({ stop, target, bars, from }: OutcomeInput): FirstTouch | null {
  for (let session = 1; session <= LONGEST; session++) {
    const k = from + session - 1;
    const [open, high, low] = [bars.open[k], bars.high[k], bars.low[k]];
    if (open === undefined || high === undefined || low === undefined) {
      return null;
    }
    // A halted row has no range: nothing can be touched.
    if (high > 0 && low <= stop) {
      return { kind: "stop", session, price: session > 1 ? Math.min(stop, open) : stop };
    }
    if (high > 0 && high >= target) {
      return { kind: "target", session, price: session > 1 ? Math.max(target, open) : target };
    }
  }
  return { kind: "none" };
}
