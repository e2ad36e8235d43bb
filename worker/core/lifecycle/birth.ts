/** LC rows 0 and 1, and the identity of a signal (LCI). */
import { assert } from "../assert.ts";
import type { Exchange } from "../instrument/instrument.ts";
import type { Step } from "./life-event.ts";
import { type SignalId, signalIdOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { Signal } from "./signal.ts";
import { formatTradingDay, type TradingDay } from "../calendar/trading-day.ts";
import type { Base, Verdict } from "../vcp/verdict.ts";

/** The days of H_1 and H_T. */
export type Span = readonly [first: TradingDay, last: TradingDay];

/** Days of H_1 and H_T; a base without contractions is a broken invariant. */
export function spanOf(base: Base): Span {
  const first = base.contractions[0];
  const last = base.contractions.at(-1);
  assert(first && last, "A base has contractions");
  return [first.highDay, last.highDay];
}

/** LCI2: a base belongs to a signal when their spans from H_1 to H_T intersect. */
export function belongs(a: Base, b: Base): boolean {
  const [aFirst, aLast] = spanOf(a);
  const [bFirst, bLast] = spanOf(b);
  return aFirst <= bLast && bFirst <= aLast;
}

function compact(day: TradingDay): string {
  return formatTradingDay(day).replaceAll("-", "");
}

/** LCI1: dates, not bar numbers, which a corrected row would move; no ticker is of two exchanges (TK1). */
export function signalId(ticker: string, base: Base): SignalId {
  const [first, last] = spanOf(base);
  return signalIdOf(`${ticker}.${compact(first)}.${compact(last)}`);
}

/** A new signal from a detected verdict; the reason of its first event is `new` or, above the pivot already, `new_breakout`. */
export function born(verdict: Verdict, exchange: Exchange, params: Params): Step {
  const { base, scoreTerms, score, close, grade } = verdict;
  assert(
    base !== null && scoreTerms !== null && score !== null && close !== null && grade !== null,
    `${verdict.ticker} is listed without a base`,
  );
  const broken = base.state === "CONFIRMED" || base.state === "UNCONFIRMED";
  const breakout = broken ? base.breakout : null;
  const reason = broken ? "new_breakout" : "new";
  const signal = {
    id: signalId(verdict.ticker, base),
    exchange,
    ticker: verdict.ticker,
    name: verdict.name ?? verdict.ticker,
    market: verdict.market,
    state: base.state,
    prev: null,
    base,
    score: score,
    scoreTerms: { ...scoreTerms },
    grade: grade,
    template: verdict.template,
    passed: verdict.passed,
    rs: verdict.rs,
    flags: verdict.flags,
    close: close,
    bornOn: verdict.asOf,
    measuredOn: verdict.asOf,
    appliedOn: verdict.asOf,
    appliedSeq: 2,
    endedOn: null,
    reason,
    triggeredOn: breakout?.day ?? null,
    sinceTrigger: breakout?.bars ?? null,
    sinceBreak: breakout?.bars ?? null,
    sinceSquat: null,
    volumeOk: base.state === "CONFIRMED",
    baseBars: base.bars,
    belowLow: false,
    leaderValue: verdict.leaderValue,
    misses: 0,
    suspended: 0,
    paramsVersion: params.version,
  } satisfies Signal;
  const values = {
    footprint: base.footprint,
    pivot: base.pivot,
    entry: base.entry,
    stop: base.stop,
    score,
    grade,
  };
  return { signal, transitions: [{ day: verdict.asOf, from: null, to: base.state, reason, values }] };
}
