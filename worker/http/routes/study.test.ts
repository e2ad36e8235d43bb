import * as v from "valibot";
import { describe, it } from "vitest";
import { StudyBody, StudyStatus } from "../../protocol/rest/study.ts";
import { runStudy } from "../../research/study.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { studyMarket } from "../../testing/builders/study-market.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const AT = Date.parse("2025-05-19T10:00:00+09:00");

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
});
