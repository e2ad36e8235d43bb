import { describe, it } from "vitest";
import { makeApp } from "../app.ts";
import { dayOf, makeRun } from "../../testing/builders/signal-builder.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, type MemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";

async function owner(ports: MemoryPorts, method: string, path: string, body?: string) {
  const answer = await ask(makeApp(ports), `/api/admin${path}`, asOwner(OWNER_TOKEN, method, body));
  return { status: answer.status, answer: answer.json };
}

describe("removals", () => {
  it("[RT30] state on GET what POST takes out, of a whole day or of one ticker or index", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.removed = { rows: 2_700, indexRows: 2 };
    const path = "/removals?exchange=KRX&day=2025-06-14";
    expect(await owner(ports, "GET", path)).toEqual({
      status: 200,
      answer: {
        exchange: "KRX",
        day: "2025-06-14",
        ticker: null,
        rows: 2_700,
        index_rows: 2,
        removed: false,
      },
    });
    expect(ports.books.KRX.removals).toEqual([]);
    expect((await owner(ports, "POST", path)).answer).toMatchObject({ rows: 2_700, removed: true });
    await owner(ports, "POST", `${path}&ticker=005930`);
    await owner(ports, "POST", `${path}&ticker=kospi`);
    const day = dayOf("2025-06-14");
    expect(ports.books.KRX.removals).toEqual([
      [day, null],
      [day, "005930"],
      [day, "KOSPI"],
    ]);
  });

  it("[RT30] refuse a day that is none, and a ticker of another exchange", async ({ expect }) => {
    const ports = makeMemoryPorts();
    expect(await owner(ports, "POST", "/removals?exchange=KRX&day=2025-02-30")).toMatchObject({
      status: 400,
      answer: { field: "day" },
    });
    expect(await owner(ports, "POST", "/removals?exchange=KRX")).toMatchObject({ status: 400 });
    expect(await owner(ports, "POST", "/removals?exchange=KRX&day=2025-06-14&ticker=D00001")).toMatchObject({
      status: 400,
      answer: { field: "ticker" },
    });
    expect(ports.books.KRX.removals).toEqual([]);
  });
});

describe("an emptying", () => {
  const path = "/removals/all?exchange=KRX";

  it("[RT32] names the exchange twice, and begins its streams anew when it is the active one", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    expect(await owner(ports, "POST", path, '{"empty":"DEMO"}')).toMatchObject({ status: 400 });
    expect(await owner(ports, "POST", path, "{}")).toMatchObject({ status: 400 });
    expect(await owner(ports, "POST", path.replace("KRX", "DEMO"), '{"empty":"DEMO"}')).toMatchObject({
      status: 400,
      answer: { field: "empty" },
    });
    expect(await owner(ports, "POST", path, '{"empty":"KRX"}')).toEqual({
      status: 200,
      answer: { exchange: "KRX", emptied: true },
    });
    expect(ports.switched).toEqual([]);
    ports.settings.exchange = "KRX";
    await owner(ports, "POST", path, '{"empty":"KRX"}');
    expect(ports.switched).toEqual(["KRX"]);
  });

  it("[RT32] is refused while a run holds the book", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.standing = { runId: "krx-9", stage: "reading", done: 0, total: 0 };
    expect(await owner(ports, "POST", path, '{"empty":"KRX"}')).toMatchObject({
      status: 409,
      answer: { run_id: "krx-9" },
    });
  });
});

describe("corrections", () => {
  const DUE = { from: dayOf("2025-06-16"), sessions: [dayOf("2025-06-16"), dayOf("2025-06-17")] };
  const LEFT = { first: dayOf("2024-01-02"), days: 3, possibleFrom: dayOf("2025-04-01") };

  it("[RT31] state what is due, and what is too old to be", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.changed = { due: DUE, left: LEFT };
    expect((await owner(ports, "GET", "/corrections?exchange=KRX")).answer).toEqual({
      exchange: "KRX",
      due: { from: "2025-06-16", sessions: ["2025-06-16", "2025-06-17"] },
      left: { first_day: "2024-01-02", days: 3, possible_from: "2025-04-01" },
    });
  });

  it("[RT31] judge again what is due, or from a day on, and answer with the run or with null", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    const path = "/corrections?exchange=KRX";
    expect(await owner(ports, "POST", path, "{}")).toEqual({
      status: 200,
      answer: { exchange: "KRX", run: null, left: null },
    });
    ports.books.KRX.changed = { due: DUE, left: null };
    const run = makeRun({ kind: "correction", judgedFrom: dayOf("2025-06-16") });
    ports.books.KRX.outcome = { status: "done", run, results: [] };
    expect((await owner(ports, "POST", path, "{}")).answer).toMatchObject({
      run: { kind: "correction", judged_from: "2025-06-16" },
    });
    await owner(ports, "POST", path, '{"from":"2025-06-10","accept":["jump"]}');
    expect(ports.books.KRX.corrections).toEqual([null, null, dayOf("2025-06-10")]);
    expect((await owner(ports, "POST", path, '{"from":"June"}')).status).toBe(400);
    ports.books.KRX.outcome = { status: "busy", runId: "krx-1" };
    expect(await owner(ports, "POST", path, "{}")).toMatchObject({
      status: 409,
      answer: { run_id: "krx-1" },
    });
  });

  it("[RT31] can be forgotten, as a restore does", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.changed = { due: DUE, left: null };
    await owner(ports, "POST", "/corrections/forget?exchange=KRX");
    expect((await owner(ports, "GET", "/corrections?exchange=KRX")).answer).toMatchObject({ due: null });
  });
});
