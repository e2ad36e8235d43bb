/** EV1: the parts of a report that tell which bars were studied, and what those bars cannot show. */
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import { RESAMPLES } from "../core/outcome/sample-summary.ts";
import type { StudyGrounds, StudyReport } from "../protocol/rest/study-report.ts";
import { edgeOf, limitsOf } from "./claims.ts";
import { exchangesOf, inSample, trialsOf } from "./versions.ts";
import type { StudyInput } from "./walk-forward.ts";

/** What the bars of a study are; counts by the place of a session. */
export interface StudiedBars {
  readonly tickers: readonly string[];
  /** Tickers whose rows end before the last session. */
  readonly endedEarly: number;
  readonly withInstruments: boolean;
  readonly madeUp: boolean;
  readonly sessions: readonly TradingDay[];
  /** Place of the first session judged; `null` without any. */
  readonly from: number | null;
  /** Shares with a row on each session, and eligible ones. */
  readonly rows: ArrayLike<number>;
  readonly eligible: ArrayLike<number>;
}

function dateOf(day: TradingDay | undefined): string | null {
  return day === undefined ? null : formatTradingDay(day);
}

function sampleOf({
  tickers,
  endedEarly,
  sessions,
  from,
  rows,
  eligible,
}: StudiedBars): StudyReport["sample"] {
  // EV1i: an index file may begin years before the bars.
  const places = Array.from(sessions.keys()).filter((place) => (rows[place] ?? 0) > 0);
  const days = places.map((place) => sessions[place]);
  const counts = places
    .filter((place) => from !== null && place >= from)
    .map((place) => eligible[place] ?? 0);
  return {
    tickers: tickers.length,
    first_session: dateOf(days[0]),
    last_session: dateOf(days.at(-1)),
    sessions: days.length,
    judged_from: dateOf(from === null ? undefined : sessions[from]),
    judged_sessions: counts.length,
    mean_eligible: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0) / counts.length,
    ended_early: endedEarly,
  };
}

type Rules = Pick<StudyInput, "params" | "seed">;
type ReportHead = Omit<StudyReport, "cohorts" | "differences" | "entries" | "limits" | "grounds">;

/** The report as far as its cohorts. */
export function headOf({ params, seed }: Rules, bars: StudiedBars): ReportHead {
  return {
    schema: "vcp-study-1",
    params_version: params.version,
    params: { ...params },
    seed,
    resamples: RESAMPLES,
    trials: trialsOf(params.version).length,
    sample: sampleOf(bars),
  };
}

interface Found {
  readonly differences: StudyReport["differences"];
  /** Months with an entry of a signal. */
  readonly months: number;
}

/** The end of the report. `notes` are sentences about the bars that only the person who runs the study knows. */
export function tailOf(
  { params: { version } }: Rules,
  bars: StudiedBars,
  { differences, months }: Found,
  notes: readonly string[],
): Pick<StudyReport, "limits" | "grounds"> {
  const { from, madeUp, sessions, tickers, withInstruments } = bars;
  const first = from === null ? undefined : sessions[from];
  const last = sessions.at(-1);
  const judged =
    first === undefined || last === undefined
      ? null
      : { exchanges: exchangesOf(tickers, madeUp), first, last };
  const grounds: StudyGrounds = {
    edge: edgeOf(differences),
    in_sample: judged === null ? [] : [...inSample(version, judged)],
    signal_months: months,
    with_instruments: withInstruments,
    made_up: madeUp,
  };
  const sample = sampleOf(bars);
  return {
    limits:
      judged === null
        ? ["Too few bars: no session could be judged."]
        : [...limitsOf({ sample, version, judged, months, withInstruments, madeUp, notes })],
    grounds,
  };
}
