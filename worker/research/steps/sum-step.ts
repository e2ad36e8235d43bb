/** EV1m, last phase: the figures of each cohort, then what stands between them, and the report as text. */
import { HORIZONS } from "../../core/outcome/outcome.ts";
import { type Cohort, COHORTS, REFUSALS } from "../entry.ts";
import { type MeasuredCohort, type Refused, sumSteps } from "../measured-cohort.ts";
import type { MonthSums } from "../statistics.ts";
import { type ByCohort, differenceSteps } from "../study.ts";
import { headOf, tailOf, type StudiedBars } from "../studied-bars.ts";
import { rowCounts } from "./count-step.ts";
import { readEntries } from "./stored-entries.ts";
import {
  numbersPart,
  storedNumbers,
  type SteppedMarket,
  type StudyMoments,
  type StudyPart,
  type StudyParts,
  type StudyState,
} from "./study-store.ts";

/** Entries of a part of the result. */
const LISTED = 1_000;
/** Places of a cohort's parts begin so far apart. */
const COHORT_PLACES = 100_000;

/** Where the entries of a cohort stand among the parts of their kind: from a place to before another. */
export function listedPlaces(cohort: Cohort): { readonly from: number; readonly to: number } {
  const from = COHORT_PLACES * COHORTS.indexOf(cohort);
  return { from, to: from + COHORT_PLACES };
}

type Excess = MeasuredCohort["excess"];

function refusedOf(cohort: Cohort, parts: StudyParts): Refused {
  const numbers = storedNumbers(parts, "refused", COHORTS.length * REFUSALS.length);
  const own = numbers.subarray(COHORTS.indexOf(cohort) * REFUSALS.length);
  const counted = REFUSALS.map((reason, i) => [reason, own[i] ?? 0] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

function excessParts(c: number, excess: Excess): readonly StudyPart[] {
  return HORIZONS.flatMap((horizon, h): readonly StudyPart[] => {
    const place = HORIZONS.length * c + h;
    const months = [...excess[horizon]];
    const numbers = Float64Array.from(months.flatMap(([, { sum, count }]) => [sum, count]));
    return [
      numbersPart("excess", place, numbers),
      { kind: "months", place, body: months.map(([month]) => month).join(" ") },
    ];
  });
}

function storedMonths(parts: StudyParts, place: number): readonly string[] {
  return (parts.text("months", place) ?? "").split(" ").filter((month) => month !== "");
}

function storedExcess(parts: StudyParts, cohort: Cohort): Excess {
  const of = (h: number): MonthSums => {
    const place = HORIZONS.length * COHORTS.indexOf(cohort) + h;
    const body = parts.numbers("excess", place);
    const numbers = new Float64Array(body ?? new ArrayBuffer(0));
    return new Map(
      storedMonths(parts, place).map((month, i) => [
        month,
        { sum: numbers[2 * i] ?? 0, count: numbers[2 * i + 1] ?? 0 },
      ]),
    );
  };
  const [a, b, c, d] = HORIZONS;
  return { [a]: of(0), [b]: of(1), [c]: of(2), [d]: of(3) };
}

/** Beyond the places of the excess: months with an entry of each cohort. */
const MONTHS_AT = HORIZONS.length * COHORTS.length;

function* cohortStep(cohort: Cohort, x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const c = COHORTS.indexOf(cohort);
  const measured = readEntries(cohort, {
    numbers: parts.allNumbers("entry"),
    signals: cohort === "signal_open" || cohort === "signal_trigger" ? parts.allTexts(cohort) : [],
    ticker: (share) => x.tickers[share] ?? "",
  });
  const steps = sumSteps(cohort, refusedOf(cohort, parts), measured, x.sessions);
  let step = steps.next();
  while (step.done !== true) {
    yield;
    step = steps.next();
  }
  const { summary, excess, months, rows } = step.value;
  const listed = Array.from({ length: Math.ceil(rows.length / LISTED) }, (_, i): StudyPart => ({
    kind: "listed",
    place: listedPlaces(cohort).from + i,
    body: rows
      .slice(LISTED * i, LISTED * (i + 1))
      .map((row) => JSON.stringify(row))
      .join(","),
  }));
  return {
    state: { ...state, next: c + 1 },
    parts: [
      { kind: "cohort", place: c, body: JSON.stringify(summary) },
      { kind: "months", place: MONTHS_AT + c, body: [...months].join(" ") },
      ...excessParts(c, excess),
      ...listed,
    ],
  };
}

function studiedBars(x: SteppedMarket, { from }: StudyState, parts: StudyParts): StudiedBars {
  const { sessions, tickers, madeUp = false } = x;
  const { here, rest } = rowCounts(parts, sessions.length);
  const eligible = Array.from(parts.allNumbers("eligible"), (body) => [...new Float64Array(body)]).flat();
  return {
    tickers,
    endedEarly: rest[0] ?? 0,
    withInstruments: (rest[1] ?? 0) > 0,
    madeUp,
    sessions,
    from,
    rows: here,
    eligible: sessions.map((_, s) => eligible[s - (from ?? sessions.length)] ?? 0),
  };
}

function* reportStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const excess: ByCohort<Excess> = {
    signal_open: storedExcess(parts, "signal_open"),
    signal_trigger: storedExcess(parts, "signal_trigger"),
    template_open: storedExcess(parts, "template_open"),
    random_open: storedExcess(parts, "random_open"),
  };
  const differences = yield* differenceSteps(excess, x.seed);
  const bars = studiedBars(x, state, parts);
  const months = new Set([...storedMonths(parts, MONTHS_AT), ...storedMonths(parts, MONTHS_AT + 1)]).size;
  // The report of files is JSON in this order; its cohorts are text already.
  const head = JSON.stringify(headOf(x, bars)).slice(0, -1);
  const cohorts = [...parts.allTexts("cohort")].join(",");
  const tail = JSON.stringify(tailOf(x, bars, { differences, months }, [])).slice(1);
  return {
    state: { ...state, phase: "done", next: 0 },
    parts: [
      {
        kind: "report",
        place: 0,
        body: `${head},"cohorts":[${cohorts}],"differences":${JSON.stringify(differences)},"entries":[`,
      },
      { kind: "report", place: 1, body: `],${tail}` },
    ],
  };
}

export function sumStep(x: SteppedMarket, state: StudyState, parts: StudyParts): StudyMoments {
  const cohort = COHORTS[state.next];
  return cohort === undefined ? reportStep(x, state, parts) : cohortStep(cohort, x, state, parts);
}
