/** EV1h: what the figures of a study leave open. It stands beside the figures, because without it they mislead. */
import { formatTradingDay, parseTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { StudyReport } from "../protocol/rest/study-report.ts";
import { CLAIM_MONTHS } from "./claims.ts";

/** The days whose KRX bars were looked at while the thresholds were chosen, since vcp-1. A new calibration adds its own. */
const CALIBRATED = [
  ["2005-01-01", "2019-12-31"],
  ["2023-12-05", "2025-06-17"],
] as const;

function overlaps(from: string, to: string, first: TradingDay, last: TradingDay): boolean {
  return (parseTradingDay(from) ?? 0) <= last && (parseTradingDay(to) ?? 0) >= first;
}

function calibration(version: string, first: TradingDay, last: TradingDay): readonly string[] {
  return CALIBRATED.filter(([from, to]) => overlaps(from, to, first, last)).map(
    ([from, to]) =>
      `In-sample: the thresholds of ${version} were chosen while looking at KRX bars of ${from} to ${to}, and this study judges days among them. Its figures describe; they do not confirm.`,
  );
}

export interface LimitsInput {
  readonly sample: StudyReport["sample"];
  readonly version: string;
  readonly first: TradingDay;
  readonly last: TradingDay;
  /** Months with an entry of a signal. */
  readonly months: number;
  readonly withInstruments: boolean;
  /** What the person who ran it knows of the bars. */
  readonly notes: readonly string[];
}

export function limitsOf(x: LimitsInput): readonly string[] {
  const { sample, months } = x;
  const survivors =
    sample.ended_early === 0
      ? `Survivorship: not one of the ${sample.tickers} tickers ends before the last session, so names that left the exchange are missing.`
      : `Survivorship: ${sample.ended_early} of the ${sample.tickers} tickers end before the last session (their last close is carried); whether all that left the exchange are among them, the bars cannot tell.`;
  return [
    ...calibration(x.version, x.first, x.last),
    `${sample.judged_sessions} sessions from ${sample.judged_from ?? "none"} to ${formatTradingDay(x.last)}, ${months} months with a signal${months < CLAIM_MONTHS ? `: an interval drawn from fewer than ${CLAIM_MONTHS} months is itself uncertain, usually too narrow` : ""}. One market climate is one observation.`,
    survivors,
    x.withInstruments
      ? "Kinds, markets and industries are those of the instruments file's day. Notices (EL2) are left out: those of the past days are not known, and today's would be knowledge of the future."
      : "Without an instruments file every ticker counts as a common share without a market: preferred shares and funds are among them, and there is no excess against an index.",
    "Bars that were adjusted by their collector carry later splits and dividends back: price floors and ticks then see prices that nobody paid.",
    "Before costs: commission, tax, spread and slippage are not deducted (about 0.3 to 0.5 % a round trip on KRX).",
    "Entries overlap in time; the interval allows for that by months, not for the likeness of neighbouring months.",
    ...x.notes,
  ];
}
