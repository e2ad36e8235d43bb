/** UP6: samples of what a vendor's services give, for an owner's check: what the check of every vendor does alike. */
import type { Answer, DatedRow, HistorySource, MasterSource } from "../../app/ports/market-sources.ts";
import type { SampleQuestion, ServiceSample } from "../../app/ports/source-check.ts";
import { TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";

/** Quotes and charts are asked of so many names, a chart of each costs a call. */
const QUOTED = 5;
const CHARTED = 3;
/** Some twenty sessions, which one part of a chart holds. */
const CHART_DAYS = 30;

export const EMPTY_SAMPLE: Omit<ServiceSample, "count"> = { rows: [], tickers: [], sessions: null };

/** The answer with a value read into a sample; any other answer stays as it is. */
export function sampled<T>(answer: Answer<T>, read: (value: T) => ServiceSample): Answer<ServiceSample> {
  return answer.status === "ok" ? { ...answer, value: read(answer.value) } : answer;
}

/** Whether there is a token. */
export function tokenSample(answer: Answer<unknown>): Answer<ServiceSample> {
  return sampled(answer, () => ({ ...EMPTY_SAMPLE, count: 1 }));
}

/** The largest common shares. Today as the program's clock has it: of every other day these services have nothing. */
export async function masterSample(source: MasterSource, now: number): Promise<Answer<ServiceSample>> {
  const answer = await source.instruments(tradingDayAt(now));
  return sampled(answer, (lines) => ({
    ...EMPTY_SAMPLE,
    count: lines.length,
    tickers: lines
      .filter(({ kind }) => kind === "common")
      .toSorted((a, b) => (b.listedShares ?? 0) - (a.listedShares ?? 0))
      .slice(0, QUOTED)
      .map(({ ticker }): Ticker => ticker),
  }));
}

/** What has a price at this moment, also one that no session would take. */
export async function quoteSample(
  source: { sample(tickers: readonly Ticker[]): Promise<Answer<number>> },
  { tickers }: SampleQuestion,
): Promise<Answer<ServiceSample>> {
  return sampled(await source.sample(tickers.slice(0, QUOTED)), (count) => ({ ...EMPTY_SAMPLE, count }));
}

/** Rows of some shares; a denial ends it, another answer than rows is that of the last share. */
export async function chartSample(
  history: HistorySource,
  { day, tickers }: SampleQuestion,
): Promise<Answer<ServiceSample>> {
  const rows: ServiceSample["rows"][number][] = [];
  const from = tradingDayOf(Math.max(TWO_CLOSES_SINCE, day - CHART_DAYS));
  let last: Answer<readonly DatedRow[]> = { status: "closed" };
  for (const ticker of tickers.slice(0, CHARTED)) {
    last = await history.share(ticker, from, day);
    if (last.status === "denied") {
      return last;
    }
    if (last.status === "ok") {
      rows.push(...last.value.map(({ row, close }) => ({ ticker, row, close })));
    }
  }
  return rows.length > 0 && last.status === "ok"
    ? { ...last, value: { ...EMPTY_SAMPLE, count: rows.length, rows } }
    : sampled(last, () => ({ ...EMPTY_SAMPLE, count: 0 }));
}

export async function indexSample(
  history: HistorySource,
  { day }: SampleQuestion,
): Promise<Answer<ServiceSample>> {
  const answer = await history.index("KOSPI", tradingDayOf(day - CHART_DAYS), day);
  return sampled(answer, ({ length }) => ({ ...EMPTY_SAMPLE, count: length }));
}
