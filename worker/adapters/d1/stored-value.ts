/**
 * Values on their way into a row and out of it, and the schemas of the core's unions. Both ways pass the same schema: a value that
 * could not be read again is not written, and a value that was read is not trusted by its static type.
 */
import * as v from "valibot";
import { assert } from "../../core/assert.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange, InstrumentKind, Market, Notice } from "../../core/instrument/instrument.ts";
import type { Price, SignalId, Ticker } from "../../core/nominal.ts";
import type { GateStatus } from "../../core/scan/gate.ts";
import {
  type PostState,
  type PreState,
  SIGNAL_STATES,
  type SignalState,
} from "../../core/vcp/signal-state.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import { storeError } from "./store-error.ts";

/** A schema of what a column may hold; rows are read by it because an older version may have written them. */
export type Stored<T> = v.GenericSchema<unknown, T>;

/** A value on its way into a row; one that its schema refuses (a NaN, a lost field) is a broken invariant of the caller. */
export function accept<T>(schema: Stored<T>, value: T, what: string): T {
  const result = v.safeParse(schema, value);
  assert(result.success, `${what} cannot be stored: ${result.success ? "" : issueOf(result.issues)}`);
  return result.output;
}

/** An accepted value as the JSON of a column. */
export function encode<T>(schema: Stored<T>, value: T, what: string): string {
  return JSON.stringify(accept(schema, value, what));
}

/** The value of a JSON column. Throws a failure of D1 when the column does not hold what it should. */
export function decode<T>(schema: Stored<T>, json: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw storeError(`read ${what}`, false, error);
  }
  return check(schema, value, what);
}

/** A value read from columns, checked. Throws a failure of D1 when its schema refuses it. */
export function check<T>(schema: Stored<T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw storeError(`read ${what}`, false, new Error(issueOf(result.issues)));
  }
  return result.output;
}

function issueOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  return issue ? `${v.getDotPath(issue) ?? "value"}: ${issue.message}` : "no issue given";
}

/** A member of a union of texts. All are listed, because a row with one that is not could be written and never read again. */
export function oneOf<T extends string>(all: Readonly<Record<T, true>>): Stored<T> {
  return v.custom<T>((x) => typeof x === "string" && Object.hasOwn(all, x), "not a known value");
}

/** A number that JSON can carry. */
export const number = v.pipe(v.number(), v.finite());

/** A number of won. */
export const price = v.custom<Price>((x) => Number.isFinite(x), "not a price");

/** Named and not parsed: it was parsed before it was stored. */
export const ticker = v.custom<Ticker>((x) => typeof x === "string", "not a ticker");

/** As a ticker. */
export const idOfSignal = v.custom<SignalId>((x) => typeof x === "string", "not an id");

/** TD1 as the number of the column. */
export const day = v.custom<TradingDay>((x) => Number.isSafeInteger(x), "not a day");

export const exchange = oneOf<Exchange>({ KRX: true, DEMO: true });

export const market = oneOf<Market>({ KOSPI: true, KOSDAQ: true, KONEX: true });

export const instrumentKind = oneOf<InstrumentKind>({
  common: true,
  preferred: true,
  spac: true,
  reit: true,
  fund: true,
});

export const notice = oneOf<Notice>({ administration: true, caution: true, liquidation: true });

export const gateStatus = oneOf<GateStatus>({ GREEN: true, YELLOW: true, RED: true, UNKNOWN: true });

export const grade = oneOf<Grade>({ S: true, A: true, B: true, C: true, D: true });

export const signalState: Stored<SignalState> = v.picklist(SIGNAL_STATES);

/** Neither suspended nor ended. */
export const runningState: Stored<PreState | PostState> = v.picklist(SIGNAL_STATES.filter(isRunning));

function isRunning(state: SignalState): state is PreState | PostState {
  return state !== "SUSPENDED" && state !== "FAILED" && state !== "EXPIRED";
}
