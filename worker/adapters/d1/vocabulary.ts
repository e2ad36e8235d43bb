/**
 * Schemas of the core's unions. Each lists every member, so that a new member does not compile until it is added here;
 * otherwise rows with it could be written and never read again.
 */
import * as v from "valibot";
import type { GateStatus } from "../../core/scan/gate.ts";
import type { Exchange, InstrumentKind, Market, Notice } from "../../core/instrument/instrument.ts";
import {
  type PostState,
  type PreState,
  SIGNAL_STATES,
  type SignalState,
} from "../../core/vcp/signal-state.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Price, SignalId, Ticker } from "../../core/nominal.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import type { Stored } from "./stored-value.ts";

/** A member of a union of texts, all of which are listed. */
export function oneOf<T extends string>(all: Readonly<Record<T, true>>): Stored<T> {
  return v.custom<T>((x) => typeof x === "string" && Object.hasOwn(all, x), "not a known value");
}

/** A number that JSON can carry. */
export const number = v.pipe(v.number(), v.finite());

/** A number of won. */
export const price = v.custom<Price>((x) => Number.isFinite(x), "not a price");

export const ticker = v.custom<Ticker>((x) => typeof x === "string", "not a ticker");

export const idOfSignal = v.custom<SignalId>((x) => typeof x === "string", "not an id");

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
