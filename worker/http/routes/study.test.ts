import * as v from "valibot";
import { describe, it } from "vitest";
import type { StudyStanding } from "../../app/ports/study.ts";
import { assert } from "../../core/assert.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { StudyEntriesBody } from "../../protocol/rest/outcome-list.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { StudyBody, StudyStatus } from "../../protocol/rest/study.ts";
import { runStudy } from "../../research/study.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { studyMarket } from "../../testing/builders/study-market.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const AT = Date.parse("2025-05-19T10:00:00+09:00");

const ENDED: StudyStanding = {
  isDue: false,
  running: null,
  made: { asOf: dayOf("2025-04-16"), startedAt: AT, endedAt: AT + 1_000, paramsVersion: "vcp-4" },
  stopped: null,
};
const INSTRUMENT: Omit<Instrument, "ticker"> = {
  name: "한빛전자",
  nameEn: null,
  market: "KOSPI",
  kind: "common",
  notice: null,
  industry: null,
  listedOn: null,
  listedShares: null,
};
const ENTRIES = "/api/kr/study/entries?exchange=KRX";

async function readEntries(ports: MemoryPorts, query: string): Promise<StudyEntriesBody> {
  return v.parse(StudyEntriesBody, (await ask(makeApp(ports), ENTRIES + query)).json);
}

async function read(ports: MemoryPorts, query = ""): Promise<StudyBody> {
  return v.parse(StudyBody, (await ask(makeApp(ports), `/api/kr/study${query}`)).json);
}

describe("/api/kr/study", () => {
  it("[RT39] has the report of the study of files, without its entries, and where the next one stands", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    expect(await read(ports)).toMatchObject({
      exchange: "DEMO",
      is_due: false,
      running: null,
      made: null,
      report: null,
    });
    const { entries, params, ...report } = runStudy(studyMarket(), []);
    expect(entries.length).toBeGreaterThan(0);
    ports.books.KRX.studied = JSON.stringify({ ...report, params, entries: [] });
    ports.books.KRX.studying = {
      isDue: false,
      running: { asOf: dayOf("2025-05-16"), startedAt: AT, done: 0.25 },
      made: { asOf: dayOf("2025-04-16"), startedAt: AT, endedAt: AT + 1_000, paramsVersion: "vcp-4" },
      stopped: null,
    };
    const body = await read(ports, "?exchange=KRX");
    expect(body.report).toEqual(JSON.parse(JSON.stringify(report)));
    expect(body).toMatchObject({
      exchange: "KRX",
      running: { as_of: "2025-05-16", done: 0.25 },
      made: { as_of: "2025-04-16", ended_at: "2025-05-19T10:00:01.000+09:00" },
    });
    const status = await ask(makeApp(ports), "/api/kr/study/status?exchange=KRX");
    expect(v.parse(v.strictObject(StudyStatus.entries), status.json)).toMatchObject({
      running: { done: 0.25 },
    });
  });

  it("[RT39] takes a report in a form that it does not know for none, with a line of the log", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    ports.books.DEMO.studied = '{"schema":"vcp-study-0"}';
    ports.books.DEMO.studying = {
      isDue: false,
      running: null,
      made: { asOf: dayOf("2025-04-16"), startedAt: AT, endedAt: AT, paramsVersion: "vcp-0" },
      stopped: { at: AT, reason: "bars_changed" },
    };
    expect(await read(ports)).toMatchObject({ report: null, stopped: { reason: "bars_changed" } });
    expect(ports.log.lines.map(({ event }) => event)).toContain("study_report_not_read");
  });

  it("[RT39a] has the entries behind each row, page by page, with the row's number and mean", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    const report = runStudy(studyMarket(), []);
    const [some] = report.entries;
    assert(some, "The study has entries");
    ports.books.KRX.studied = JSON.stringify(report);
    ports.books.KRX.studying = ENDED;
    const master: Instrument = { ...INSTRUMENT, ticker: tickerOf(some.ticker) };
    await ports.instruments.put("KRX", [master]);
    const rows = report.cohorts
      .filter(({ cohort }) => cohort === "signal_trigger")
      .flatMap(({ groups }) => groups);
    expect(rows.length).toBeGreaterThan(5);
    for (const { by, key, entries, horizons } of rows) {
      const changes: (number | null)[] = [];
      let cursor: string | null = "";
      let mean: number | null = null;
      while (cursor !== null) {
        const asked = `&cohort=signal_trigger&by=${by}&key=${key}&limit=7${cursor && `&cursor=${cursor}`}`;
        const body: StudyEntriesBody = await readEntries(ports, asked);
        changes.push(...body.entries.map(({ change }) => change[20]));
        expect([body.count, body.closed]).toEqual([entries, horizons[20].change.n]);
        ({ next_cursor: cursor, mean } = body);
      }
      expect(changes).toHaveLength(entries);
      const closed = changes.filter((change) => change !== null);
      const own = closed.reduce((sum, change) => sum + change, 0) / closed.length;
      expect(mean === null).toBe(horizons[20].change.mean === null);
      expect(mean ?? own).toBeCloseTo(horizons[20].change.mean ?? own, 9);
    }
    const named = await readEntries(ports, "&cohort=signal_open&limit=100");
    expect(named.entries.find(({ ticker }) => ticker === some.ticker)).toMatchObject({ name: "한빛전자" });
  });

  it("[RT39a] refuses a cursor of a study that another has replaced, and has nothing before the first", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    expect(await readEntries(ports, "")).toMatchObject({ as_of: null, count: 0, mean: null, entries: [] });
    ports.books.KRX.studied = JSON.stringify(runStudy(studyMarket(), []));
    ports.books.KRX.studying = ENDED;
    const { next_cursor } = await readEntries(ports, "&limit=2");
    assert(ENDED.made, "It has ended");
    ports.books.KRX.studying = { ...ENDED, made: { ...ENDED.made, endedAt: AT + 9 } };
    const refused = await ask(makeApp(ports), `${ENTRIES}&limit=2&cursor=${next_cursor}`);
    expect(refused.status).toBe(400);
    expect(v.parse(Problem, refused.json).detail).toContain("ask for the first page again");
    expect((await ask(makeApp(ports), `${ENTRIES}&cursor=bm9uc2Vuc2U`)).status).toBe(400);
  });
});
