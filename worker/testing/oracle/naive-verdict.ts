/**
 * The detector's numbers a second time, from the text of SPEC.md alone: plain loops over rows, nothing shared with
 * worker/core but the types. Slow on purpose; tests hold `scan` against it.
 */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { Instrument, Market } from "../../core/instrument/instrument.ts";
import type { EligibilityReason, TemplateResult } from "../../core/vcp/verdict.ts";
import type { ShareMeasure } from "../../core/vcp/measure-names.ts";
import { at, isTraded, mean, median } from "./naive-bars.ts";

/** One share as a file gives it; `rows` may reach past the as-of day. */
export interface NaiveListing {
  readonly ticker: string;
  readonly instrument: Instrument | null;
  readonly unlisted?: boolean;
  readonly rows: readonly Row[];
}

export interface NaiveVerdict {
  /** All rows up to the session, halts included. */
  readonly rows: readonly Row[];
  readonly bars: readonly Row[];
  readonly template: readonly TemplateResult[];
  /** The left and right side of each template rule; for two conditions the right side is the harder one. */
  readonly sides: readonly (readonly [value: number | null, threshold: number | null])[];
  readonly rsRaw: number | null;
  readonly rs: number | null;
  /** 1 - line / its 252-bar high, and the two flags of RS3; `null` without a line. */
  readonly line: { readonly gap: number; readonly high: boolean; readonly leads: boolean } | null;
  readonly reason: EligibilityReason | null;
  /** EL3: median traded value of the last 20 sessions. */
  readonly value: number;
  /** The quantities that the table asks of a share; `null` is not measured. */
  readonly measures: Readonly<Record<ShareMeasure, number | null>>;
}

/** The simple mean of the last `n` closes, `ago` bars back; `null` when there are not so many. */
function movingMean(closes: readonly number[], n: number, ago = 0): number | null {
  const end = closes.length - ago;
  return end < n ? null : mean(closes.slice(end - n, end));
}

/** How far a mean stands above another; `null` without one of them. */
function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : (a - b) / b;
}

/** TR1 to TR3, and what the table takes from the template and the rating. */
function measuresOf(closes: readonly number[], passed: number, rs: number | null): NaiveVerdict["measures"] {
  const close = closes.at(-1) ?? null;
  return {
    passed: closes.length < 252 ? null : passed,
    rs,
    closeOverMean50: ratio(close, movingMean(closes, 50)),
    mean50OverMean200: ratio(movingMean(closes, 50), movingMean(closes, 200)),
    mean150OverMean200: ratio(movingMean(closes, 150), movingMean(closes, 200)),
    mean150Rise: ratio(movingMean(closes, 150), movingMean(closes, 150, 20)),
  };
}

function rawStrengthOf(closes: readonly number[]): number | null {
  if (closes.length < 253) {
    return null;
  }
  const last = closes.length - 1;
  const quarter = (n: number): number => at(closes, last) / at(closes, last - n) - 1;
  return 0.4 * quarter(63) + 0.2 * quarter(126) + 0.2 * quarter(189) + 0.2 * quarter(252);
}

/** RS2: the mean rank of equal values is the mean of the places they take. */
export function naiveRatings(raws: readonly number[]): readonly (number | null)[] {
  return raws.map((raw) => {
    if (raws.length < 2) {
      return null;
    }
    const below = raws.filter((other) => other < raw).length;
    const equal = raws.filter((other) => other === raw).length;
    const rank = below + (equal + 1) / 2;
    return 1 + Math.floor((98 * (rank - 1)) / (raws.length - 1) + 0.5);
  });
}

function templateOf(bars: readonly Row[], rs: number | null): Pick<NaiveVerdict, "template" | "sides"> {
  const closes = bars.map((bar) => bar.close);
  const year = bars.slice(-252);
  const [m50, m150, m200] = [movingMean(closes, 50), movingMean(closes, 150), movingMean(closes, 200)];
  const before = movingMean(closes, 200, 22);
  if (bars.length < 252 || m50 === null || m150 === null || m200 === null || before === null) {
    const nothing = Array.from({ length: 8 }, () => [null, null] as const);
    return { template: nothing.map(() => "unavailable"), sides: nothing };
  }
  const close = at(closes, closes.length - 1);
  const low = Math.min(...year.map((bar) => bar.low));
  const high = Math.max(...year.map((bar) => bar.high));
  const judged: readonly (readonly [boolean, number | null, number | null])[] = [
    [close > m150 && close > m200, close, Math.max(m150, m200)],
    [m150 > m200, m150, m200],
    [m200 > before, m200, before],
    [m50 > m150 && m50 > m200, m50, Math.max(m150, m200)],
    [close > m50, close, m50],
    [close >= 1.3 * low, close, 1.3 * low],
    [close >= 0.75 * high, close, 0.75 * high],
    [rs !== null && rs >= 70, rs, 70],
  ];
  return {
    template: judged.map(([ok, value]) => (value === null ? "unavailable" : ok ? "pass" : "fail")),
    sides: judged.map(([, value, threshold]) => [value, threshold] as const),
  };
}

/**
 * RS3 on closes, over the bars there are when a young share has fewer than 252. Bars on days without an index row have
 * no point on the line; without one for the last bar there is no line.
 */
function lineOf(bars: readonly Row[], index: readonly Row[] | undefined): NaiveVerdict["line"] {
  if (index === undefined || bars.length < 60) {
    return null;
  }
  const levels = new Map<number, number>(index.map((row) => [row.day, row.close]));
  const year = bars.slice(-252);
  const points = year.flatMap((bar) => {
    const level = levels.get(bar.day);
    return level === undefined ? [] : [{ day: bar.day, line: bar.close / level }];
  });
  const last = year.at(-1);
  const today = points.at(-1);
  if (last === undefined || today === undefined || today.day !== last.day) {
    return null;
  }
  const gap = 1 - today.line / Math.max(...points.map((point) => point.line));
  const priceHigh = year.every((bar) => bar.close <= last.close);
  return { gap, high: gap === 0, leads: gap === 0 && !priceHigh };
}

function hasSuspectMove(bars: readonly Row[], rows: readonly Row[], instrument: Instrument | null): boolean {
  if (instrument?.notice === "liquidation") {
    return false;
  }
  for (let k = Math.max(1, bars.length - 252); k < bars.length; k++) {
    const [before, bar] = [bars[k - 1], bars[k]];
    assert(before !== undefined && bar !== undefined, "Bars have neighbours");
    // 2015-06-15 is day 16,601 since 1970-01-01: the daily limit went from 15 % to 30 %.
    const limit = bar.day >= 16_601 ? 0.3 : 0.15;
    const halted = rows.some((row) => row.day > before.day && row.day < bar.day);
    // BR3b: with an after-market the day before, only the base price is the regular close. 2026-09-14 is day 20,710.
    const yesterday = rows.findLast((row) => row.day < bar.day);
    const regular = yesterday === undefined || yesterday.day < 20_710 || (yesterday.origin ?? 2) % 4 === 0;
    const from = regular ? before.close : (bar.base ?? before.close);
    if (Math.abs(bar.close / from - 1) > limit + 0.01 && !(halted && bar.base !== null)) {
      return true;
    }
  }
  return false;
}

interface Liquidity {
  readonly halts: number;
  readonly value: number;
  readonly silent: number;
}

/** A session without a row is missing, not 0: it is neither a value nor a halt nor a session without volume. */
function liquidityOf(rows: readonly Row[], sessions: readonly number[]): Liquidity {
  const byDay = new Map<number, Row>(rows.map((row) => [row.day, row]));
  const last = (n: number): readonly Row[] =>
    sessions.slice(-n).flatMap((day) => {
      const row = byDay.get(day);
      return row === undefined ? [] : [row];
    });
  const values = last(20).map((row) => (isTraded(row) ? (row.value ?? row.close * row.volume) : 0));
  return {
    halts: last(20).filter((row) => !isTraded(row)).length,
    value: values.length === 0 ? 0 : median(values),
    silent: last(60).filter((row) => row.volume === 0).length,
  };
}

/** The first reason in the order of EL. */
function reasonOf(
  bars: readonly Row[],
  rows: readonly Row[],
  { instrument, unlisted = false }: NaiveListing,
  liquidity: Liquidity,
  today: number,
): EligibilityReason | null {
  const row = rows.at(-1);
  const reasons: readonly (readonly [EligibilityReason, boolean])[] = [
    ["no_master", unlisted],
    ["EL1", instrument !== null && instrument.kind !== "common"],
    ["too_short", bars.length < 60],
    ["no_row", row?.day !== today],
    ["adjustment_suspect", hasSuspectMove(bars, rows, instrument)],
    ["halted", liquidity.halts >= 5],
    ["EL2", instrument !== null && instrument.notice !== null],
    ["halted_today", row !== undefined && !isTraded(row)],
    ["EL3_value", liquidity.value < 1_000_000_000],
    ["EL3_price", (bars.at(-1)?.close ?? 0) < 1_000],
    ["EL4", liquidity.silent > 3],
  ];
  return reasons.find(([, holds]) => holds)?.[0] ?? null;
}

/** RS2: who is ranked. Liquidity, notices and halts of the past keep nobody out. */
function isRanked(
  verdict: NaiveVerdict,
  { instrument, unlisted = false }: NaiveListing,
  rows: readonly Row[],
  today: number,
): boolean {
  return (
    verdict.rsRaw !== null &&
    !unlisted &&
    (instrument === null || (instrument.kind === "common" && instrument.market !== "KONEX")) &&
    !hasSuspectMove(verdict.bars, rows, instrument) &&
    verdict.bars.at(-1)?.day === today
  );
}

/**
 * Every share of a market as of a session. `sessions` ascend and may reach past `today`, which is one of them.
 * An index is joined by the share's market; a share without an instrument has no index.
 */
export function naiveVerdicts(
  listings: readonly NaiveListing[],
  sessions: readonly number[],
  indices: Readonly<Partial<Record<Market, readonly Row[]>>>,
  today: number,
): ReadonlyMap<string, NaiveVerdict> {
  const past = sessions.filter((day) => day <= today);
  const first = listings.map((listing) => {
    const rows = listing.rows.filter((row) => row.day <= today);
    const bars = rows.filter(isTraded);
    const closes = bars.map((bar) => bar.close);
    const index = listing.instrument === null ? undefined : indices[listing.instrument.market];
    const liquidity = liquidityOf(rows, past);
    const verdict: NaiveVerdict = {
      rows,
      bars,
      ...templateOf(bars, null),
      rsRaw: rawStrengthOf(closes),
      rs: null,
      line: lineOf(bars, index),
      reason: reasonOf(bars, rows, listing, liquidity, today),
      value: liquidity.value,
      measures: measuresOf(closes, 0, null),
    };
    return { listing, verdict, ranked: isRanked(verdict, listing, rows, today) };
  });
  const ranked = first.filter((one) => one.ranked);
  const rated = naiveRatings(ranked.map((one) => one.verdict.rsRaw ?? Number.NaN));
  const rating = new Map(ranked.map((one, i) => [one.listing.ticker, rated[i] ?? null]));
  return new Map(
    first.map(({ listing, verdict }) => {
      const rs = rating.get(listing.ticker) ?? null;
      const template = templateOf(verdict.bars, rs);
      const passed = template.template.filter((result) => result === "pass").length;
      const measures = measuresOf(
        verdict.bars.map((bar) => bar.close),
        passed,
        rs,
      );
      return [listing.ticker, { ...verdict, rs, ...template, measures }];
    }),
  );
}
