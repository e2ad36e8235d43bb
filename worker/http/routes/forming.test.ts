import * as v from "valibot";
import { describe, it } from "vitest";
import { FormingBody } from "../../protocol/rest/forming.ts";
import { SignalRow } from "../../protocol/signal-row.ts";
import { dayOf, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const DAY = dayOf("2026-09-16");
const AT = Date.parse("2026-09-16T10:30:00+09:00");

describe("/api/kr/forming", () => {
  it("[RT45] answers with what the running session would list, when it was asked, and of how many shares", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const none = await ask(app, "/api/kr/forming?exchange=KRX");
    expect(v.parse(FormingBody, none.json)).toMatchObject({ exchange: "KRX", forming: null });
    const signal = makeSignal({ bornOn: DAY });
    ports.books.KRX.formed = {
      day: DAY,
      at: AT,
      quoted: 2_590,
      expected: 2_601,
      breadth: { above50: null, above200: null, newHighsLessLows: null, advancers: null },
      signals: [{ signal, createdAt: AT, updatedAt: AT, runId: "", nameEn: null }],
    };
    const { json } = await ask(app, "/api/kr/forming?exchange=KRX");
    const { forming } = v.parse(FormingBody, json);
    expect(forming).toMatchObject({
      as_of: "2026-09-16",
      at: "2026-09-16T10:30:00.000+09:00",
      quoted: 2_590,
      expected: 2_601,
    });
    expect(forming?.signals.map((row) => [v.is(SignalRow, row), row.id, row.signal_date])).toEqual([
      [true, signal.id, "2026-09-16"],
    ]);
  });
});
