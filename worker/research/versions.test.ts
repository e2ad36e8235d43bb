import { beforeAll, describe, it } from "vitest";
import { asOf, type Columns } from "../core/bars/columns.ts";
import { concatenate } from "../core/bars/take-rows.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import { PARAMS } from "../core/params.ts";
import type { StudyReport } from "../protocol/rest/study-report.ts";
import { dayOf } from "../testing/builders/signal-builder.ts";
import { STUDY_SESSIONS, studyMarket } from "../testing/builders/study-market.ts";
import { reportMarkdown } from "./report-markdown.ts";
import { runStudy } from "./study.ts";
import type { StudyInput } from "./walk-forward.ts";
import { exchangesOf, inSample, LAW_VERSIONS, trialsOf } from "./versions.ts";

const LAST = STUDY_SESSIONS[285] ?? tradingDayOf(0);

/** The study's market until shortly after its first judged session, to be quick. */
function shortMarket(): StudyInput {
  const market = studyMarket();
  return {
    ...market,
    listings: market.listings.map((one) => ({ ...one, columns: asOf(one.columns, LAST) })),
    sessions: STUDY_SESSIONS.filter((session) => session <= LAST),
  };
}

/** The same rows `days` days earlier. */
function earlier(columns: Columns, days: number): Columns {
  return { ...columns, day: columns.day.map((day) => day - days) };
}

describe("the versions of the law", () => {
  it("[EV1k] name the present one, each once", ({ expect }) => {
    const names = LAW_VERSIONS.map(({ version }) => version);
    expect(names).toContain(PARAMS.version);
    expect(new Set(names).size).toBe(names.length);
    expect(trialsOf("vcp-1")).toEqual(["vcp-1"]);
    expect(trialsOf("vcp-4")).toEqual(["vcp-1", "vcp-2", "vcp-3", "vcp-4"]);
    expect(trialsOf("mine")).toHaveLength(names.length + 1);
  });

  it.for<readonly [Exchange, string, string, number]>([
    ["KRX", "2025-06-17", "2026-05-29", 1],
    ["KRX", "2025-06-18", "2026-05-29", 0],
    ["KRX", "2020-01-01", "2023-12-04", 0],
    ["KRX", "2020-01-01", "2023-12-05", 1],
    ["KRX", "2012-01-01", "2025-01-01", 2],
    ["DEMO", "2012-01-01", "2025-01-01", 0],
  ])("[EV1j] %s bars of %s to %s overlap %i looked at", ([exchange, first, last, count], { expect }) => {
    const judged = { exchanges: new Set([exchange]), first: dayOf(first), last: dayOf(last) };
    expect(inSample("vcp-4", judged)).toHaveLength(count);
  });

  it("[EV1j] bars that are made up are of no exchange", ({ expect }) => {
    expect(exchangesOf(["005930", "D00001"], false)).toEqual(new Set(["KRX", "DEMO"]));
    expect(exchangesOf(["005930"], true)).toEqual(new Set());
  });
});

describe("a report", () => {
  let report: StudyReport;
  beforeAll(() => {
    report = runStudy(shortMarket(), []);
  });

  it("[EV1k] counts the versions before as trials", ({ expect }) => {
    const trials = trialsOf(PARAMS.version);
    expect(report.trials).toBe(trials.length);
    expect(reportMarkdown(report, [])).toContain(
      `${trials.length} trials (${trials.slice(0, -1).join(", ")} before it)`,
    );
  });

  it("[EV1i] counts sessions of the bars, whatever days the index file has", ({ expect }) => {
    const market = shortMarket();
    const { KOSPI } = market.indices;
    const longer = KOSPI && concatenate(earlier(KOSPI, 1_000), KOSPI);
    const first = market.sessions[0] ?? 0;
    const days = Array.from(longer?.day ?? [], tradingDayOf).filter((day) => day < first);
    const sessions = [...days, ...market.sessions];
    const indices = { ...market.indices, ...(longer && { KOSPI: longer }) };
    expect(days.length).toBeGreaterThan(100);
    const other = runStudy({ ...market, sessions, indices }, []);
    expect(other.sample).toEqual(report.sample);
    expect(report.sample).toMatchObject({ sessions: 286, judged_sessions: 13 });
  });

  it("[EV1i] counts no day on which only an index has a row, among the judged ones too", ({ expect }) => {
    const market = shortMarket();
    const hole = STUDY_SESSIONS[270] ?? 0;
    const listings = market.listings.map((one) => {
      const { columns } = one;
      const after = columns.day.findIndex((day) => day >= hole);
      const day = columns.day.map((each, i) => (i >= after ? each + 7 : each));
      return { ...one, columns: { ...columns, day } };
    });
    const sessions = market.sessions.map((day) => (day >= hole ? tradingDayOf(day + 7) : day));
    const holes = [tradingDayOf(hole), tradingDayOf(hole + 1)];
    const with2 = runStudy(
      { ...market, listings, sessions: [...sessions, ...holes].toSorted((a, b) => a - b) },
      [],
    );
    expect(with2.sample).toMatchObject({ sessions: 286, judged_sessions: 13 });
  });

  it("[EV1j] of made-up bars states it and is not in-sample", ({ expect }) => {
    const looked = report.limits.some((limit) => limit.startsWith("In-sample"));
    const made = runStudy({ ...shortMarket(), madeUp: true }, []).limits;
    expect(looked).toBe(true);
    expect(made.some((limit) => limit.startsWith("In-sample"))).toBe(false);
    expect(made).toContain("The bars are made up: whatever is found in them was put there.");
  });
});
