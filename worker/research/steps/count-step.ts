/** EV1m, first phase: how many shares have a row on each session, and from which one on the study can judge. */
import type { Listing } from "../../core/scan/scan.ts";
import { eachShare, sharesOf } from "./each-share.ts";
import {
  numbersPart,
  storedNumbers,
  type SteppedMarket,
  type StudyMoments,
  type StudyParts,
  type StudyState,
} from "./study-store.ts";

/** Rows of a step, and of a moment of it. */
const STEP_ROWS = 600_000;
const MOMENT_ROWS = 20_000;

/** By the place of a session, as views on one array. */
export interface RowCounts {
  readonly numbers: Float64Array;
  /** Shares with a row, and those of them with the bars of a rating. */
  readonly here: Float64Array;
  readonly grown: Float64Array;
  /** Shares whose rows end before the last session, and shares with an instrument. */
  readonly rest: Float64Array;
}

export function rowCounts(parts: StudyParts, sessions: number): RowCounts {
  const numbers = storedNumbers(parts, "count", 2 * sessions + 2);
  return {
    numbers,
    here: numbers.subarray(0, sessions),
    grown: numbers.subarray(sessions, 2 * sessions),
    rest: numbers.subarray(2 * sessions),
  };
}

function countShare(
  { columns: { day }, instrument }: Listing,
  { sessions, params }: SteppedMarket,
  { here, grown, rest }: RowCounts,
): void {
  let rows = 0;
  for (const [s, session] of sessions.entries()) {
    while (rows < day.length && (day[rows] ?? 0) <= session) {
      rows += 1;
    }
    if (day[rows - 1] === session) {
      here[s] = (here[s] ?? 0) + 1;
      grown[s] = (grown[s] ?? 0) + (rows > params.year ? 1 : 0);
    }
  }
  const isEarly = (day.at(-1) ?? 0) < (sessions.at(-1) ?? 0);
  rest[0] = (rest[0] ?? 0) + (isEarly ? 1 : 0);
  rest[1] = (rest[1] ?? 0) + (instrument === null ? 0 : 1);
}

/** As of the study of files: the first session on which half of the shares that have a row have the bars of a rating. */
function firstJudged({ here, grown }: RowCounts): number | null {
  const first = here.findIndex((rows, s) => (grown[s] ?? 0) > 0 && 2 * (grown[s] ?? 0) >= rows);
  return first < 0 ? null : first;
}

export function* countStep(x: SteppedMarket, { next }: StudyState, parts: StudyParts): StudyMoments {
  const counts = rowCounts(parts, x.sessions.length);
  const to = Math.min(x.tickers.length, next + sharesOf(STEP_ROWS, x));
  yield* eachShare(x, { from: next, to, rows: MOMENT_ROWS }, (listing) => {
    countShare(listing, x, counts);
  });
  const from = firstJudged(counts);
  const after: StudyState = { phase: from === null ? "sum" : "read", next: 0, from };
  return {
    state: to === x.tickers.length ? after : { phase: "count", next: to, from: null },
    parts: [numbersPart("count", 0, counts.numbers)],
  };
}
