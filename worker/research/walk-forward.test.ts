import { beforeAll, describe, it } from "vitest";
import { asOf } from "../core/bars/columns.ts";
import { scan } from "../core/scan/scan.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import { STUDY_SESSIONS, studyMarket } from "../testing/builders/study-market.ts";
import { COHORTS, type Cohort, type Entry, type Refusal } from "./entry.ts";
import { type StudyInput, type Walk, walkForward } from "./walk-forward.ts";

/** The market as it was known on a session. */
function cutAt(x: StudyInput, session: number): StudyInput {
  const day = STUDY_SESSIONS[session];
  const until = (columns: StudyInput["listings"][number]["columns"]) => asOf(columns, day ?? tradingDayOf(0));
  const { KOSPI, KOSDAQ } = x.indices;
  return {
    ...x,
    listings: x.listings.map((one) => ({ ...one, columns: until(one.columns) })),
    sessions: STUDY_SESSIONS.slice(0, session + 1),
    indices: { ...(KOSPI && { KOSPI: until(KOSPI) }), ...(KOSDAQ && { KOSDAQ: until(KOSDAQ) }) },
  };
}

const entriesOf = (fates: readonly (Entry | Refusal)[]): readonly Entry[] =>
  fates.filter((fate): fate is Entry => typeof fate !== "string");

const byTime = (walk: Walk, cohort: Cohort, last: number): readonly Entry[] =>
  entriesOf(walk.fates[cohort])
    .filter(({ entered }) => entered <= last)
    .toSorted((a, b) => a.entered - b.entered || (a.ticker < b.ticker ? -1 : 1));

describe("the past session by session", () => {
  let whole: Walk;
  beforeAll(() => {
    whole = walkForward(studyMarket());
  });

  it("[EV1] finds something to compare in every cohort", ({ expect }) => {
    const counts = COHORTS.map((cohort) => entriesOf(whole.fates[cohort]).length);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    expect(whole.from).toBe(273);
  });

  it.for([8, 24])(
    "[EV1] bars cut off on the evening of listing %i give the same until then",
    (n, { expect }) => {
      const last = entriesOf(whole.fates.signal_open)[n]?.session ?? 0;
      const cut = walkForward(cutAt(studyMarket(), last));
      for (const cohort of COHORTS) {
        expect(byTime(cut, cohort, last), cohort).toEqual(byTime(whole, cohort, last));
      }
      expect(cut.eligible).toEqual(whole.eligible.slice(0, last + 1));
      // Who looks a session ahead names on this evening what the cut bars cannot show: names are counted, not only entries.
      for (const cohort of ["signal_open", "template_open"] as const) {
        const named = entriesOf(whole.fates[cohort]).filter(({ session }) => session <= last);
        expect(cut.fates[cohort], cohort).toHaveLength(named.length);
      }
      expect(cut.fates.signal_open).toContain("waiting");
    },
  );

  it("[EV1] does not depend on the order of the shares, nor on notices of the file's day", ({ expect }) => {
    const market = cutAt(studyMarket(), 278);
    const listings = market.listings
      .map((one, i) => ({
        ...one,
        instrument:
          one.instrument && i % 2 === 0
            ? { ...one.instrument, notice: "administration" as const }
            : one.instrument,
      }))
      .toReversed();
    expect(walkForward({ ...market, listings }).fates).toEqual(walkForward(market).fates);
  });

  it("[EV1c] counts a signal once, after the evening that listed it", ({ expect }) => {
    for (const cohort of ["signal_open", "signal_trigger"] as const) {
      const entries = entriesOf(whole.fates[cohort]);
      const ids = entries.map(({ signalId }) => signalId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(entries.every(({ session, entered }) => entered > session)).toBe(true);
    }
    const opens = entriesOf(whole.fates.signal_open);
    expect(opens.every(({ session, entered }) => entered === session + 1)).toBe(true);
  });

  it("[EV1e] draws 20 eligible names a session by the seed, and other ones by another", ({ expect }) => {
    const drawn = entriesOf(whole.fates.random_open);
    const inSession = Map.groupBy(drawn, ({ session }) => session);
    expect(new Set(Array.from(inSession.values(), (names) => names.length))).toEqual(new Set([20]));
    expect(drawn.every(({ session, share }) => whole.eligible[session]?.includes(share))).toBe(true);
    const other = walkForward({ ...cutAt(studyMarket(2), 279) });
    const names = (walk: Walk): readonly string[] =>
      byTime(walk, "random_open", 279).map(({ ticker }) => ticker);
    expect(names(other)).not.toEqual(names(whole));
    expect(names(other)).toHaveLength(names(whole).length);
  });

  it("[EV1e] takes a name of the template on the first session of each stay", ({ expect }) => {
    const market = studyMarket();
    const expected: string[] = [];
    let before: readonly string[] = [];
    for (let session = whole.from ?? 0; session <= 290; session++) {
      const result = scan({ ...market, asOf: STUDY_SESSIONS[session] ?? null });
      const standing = (result?.verdicts ?? [])
        .filter(({ eligibility, passed, valid }) => eligibility.ok && passed === 8 && !valid)
        .map(({ ticker }) => ticker);
      expected.push(
        ...standing.filter((ticker) => !before.includes(ticker)).map((ticker) => `${session} ${ticker}`),
      );
      before = standing;
    }
    const taken = entriesOf(whole.fates.template_open).filter(({ session }) => session <= 290);
    expect(taken.map(({ session, ticker }) => `${session} ${ticker}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });
});
