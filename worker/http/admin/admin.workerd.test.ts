/** The owner's imports and switches, and the health of the neighbours. */
import * as v from "valibot";
import { describe, it, vi } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { ImportReportBody } from "../../protocol/rest/owner.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { makeApp } from "../app.ts";

const FILE = "ticker,date,open,high,low,close,volume\n";

describe("imports", () => {
  it.for(["bars", "indices", "instruments"])(
    "[RT16] POST %s answers the report of the file",
    async (kind, { expect }) => {
      const ports = makeMemoryPorts();
      const { status, json } = await ask(
        makeApp(ports),
        `/api/admin/${kind}?exchange=KRX`,
        asOwner(OWNER_TOKEN, "POST", FILE),
      );
      expect(status).toBe(200);
      expect(v.parse(ImportReportBody, json)).toMatchObject({
        exchange: "KRX",
        rows: 3,
        accepted: 2,
        rejected: { zero_price: 1 },
        rejects: [{ line: 4, key: "005930", date: "2025-05-16", reason: "zero_price" }],
        first_day: "2025-05-14",
        last_day: "2025-05-15",
      });
      expect(ports.ingest.calls).toMatchObject([{ 0: kind, 1: "KRX", 2: FILE.length }]);
    },
  );

  it.for(["bars", "indices", "instruments"])(
    "[RT16] POST %s is 400 for a file that cannot be read",
    async (kind, { expect }) => {
      const ports = makeMemoryPorts();
      ports.ingest.report = { unreadable: "The header has no column close." };
      const { status, json } = await ask(
        makeApp(ports),
        `/api/admin/${kind}?exchange=KRX`,
        asOwner(OWNER_TOKEN, "POST", "x"),
      );
      expect([status, v.parse(Problem, json)]).toMatchObject([
        400,
        { type: "/problems/unreadable-file", detail: "The header has no column close." },
      ]);
    },
  );

  it("[RT16] hands a chunk on with its mark; the last one ends the import", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    for (const query of [
      "first_line=2&import=set-1&chunk=0",
      "first_line=900&import=set-1&chunk=1&last=true&close=last",
    ]) {
      await ask(app, `/api/admin/bars?exchange=KRX&${query}`, asOwner(OWNER_TOKEN, "POST", FILE));
    }
    expect(ports.ingest.calls).toEqual([
      ["bars", "KRX", FILE.length, { firstLine: 2, mark: { id: "set-1", next: 1 }, close: null }],
      ["bars", "KRX", FILE.length, { firstLine: 900, mark: { id: "set-1", next: null }, close: "last" }],
    ]);
    ports.books.KRX.positions.set("set-1", 5);
    const asked = await ask(app, "/api/admin/imports/set-1?exchange=KRX", asOwner(OWNER_TOKEN, "GET"));
    expect(asked.json).toEqual({ exchange: "KRX", import: "set-1", next_chunk: 5 });
    const unknown = await ask(app, "/api/admin/imports/none?exchange=KRX", asOwner(OWNER_TOKEN, "GET"));
    expect(unknown.json).toMatchObject({ next_chunk: 0 });
  });

  it.for([
    ["bars", "", "exchange"],
    ["indices", "", "exchange"],
    ["instruments", "?exchange=NYSE", "exchange"],
    ["bars", "?exchange=KRX&import=set-1", "chunk"],
    ["bars", "?exchange=KRX&chunk=1", "chunk"],
    ["bars", "?exchange=KRX&import=a%2Fb&chunk=1", "import"],
    ["bars", "?exchange=KRX&import=set-1&chunk=-1", "chunk"],
    ["bars", "?exchange=KRX&first_line=0", "first_line"],
    ["bars", "?exchange=KRX&last=yes", "last"],
  ] as const)("[RT4] [RT16] POST %s%s is refused", async ([kind, query, field], { expect }) => {
    const ports = makeMemoryPorts();
    const { status, json } = await ask(
      makeApp(ports),
      `/api/admin/${kind}${query}`,
      asOwner(OWNER_TOKEN, "POST", FILE),
    );
    expect([status, v.parse(Problem, json).field, ports.ingest.calls]).toEqual([400, field, []]);
  });
});

describe("/api/admin/exchange", () => {
  it("[RT17] switches what is shown, and repeats a switch when asked again", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    expect((await ask(app, "/api/admin/exchange", asOwner(OWNER_TOKEN, "GET"))).json).toEqual({
      exchange: "DEMO",
    });
    for (let times = 0; times < 2; times++) {
      const put = await ask(app, "/api/admin/exchange", asOwner(OWNER_TOKEN, "PUT", '{"exchange":"KRX"}'));
      expect([put.status, put.json]).toEqual([200, { exchange: "KRX" }]);
    }
    expect([ports.settings.exchange, ports.switched]).toEqual(["KRX", ["KRX", "KRX"]]);
  });

  it.for(["", "{}", '{"exchange":"krx"}', '{"exchange":null}', "KRX"])(
    "[RT4b] [RT17] refuses %j",
    async (body, { expect }) => {
      const ports = makeMemoryPorts();
      const { status } = await ask(makeApp(ports), "/api/admin/exchange", asOwner(OWNER_TOKEN, "PUT", body));
      expect([status, ports.settings.exchange, ports.switched]).toEqual([400, "DEMO", []]);
    },
  );
});

describe("/api/health", () => {
  it("[RT18] has the ages of the last run and of the outbox", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const app = makeApp(ports);
    const fresh = v.parse(HealthBody, (await ask(app, "/api/health")).json);
    expect(fresh).toMatchObject({
      build: "test-build",
      exchange: "DEMO",
      last_run: null,
      outbox: { waiting: 0, oldest_age_s: null },
    });
    expect(fresh.book).toEqual({ tickers: 0, rows: 0, sessions: 0, first_day: null, last_day: null });
    ports.ledger.journal = [makeRun({ finishedAt: NOW - 90_000 })];
    ports.ledger.waiting = [{ id: "m", exchange: "DEMO", topic: "signal:vcp", body: "{}", at: NOW - 7_000 }];
    expect(v.parse(HealthBody, (await ask(app, "/api/health")).json)).toMatchObject({
      last_run: { id: "run-1", age_s: 90 },
      outbox: { waiting: 1, oldest_age_s: 7 },
    });
  });

  it("[RT18] is 503 and names who fails", async ({ expect }) => {
    const broken = (): Promise<never> => Promise.reject(new Error("secret detail"));
    const ports = makeMemoryPorts();
    const cases = [
      ["D1", { ...ports, settings: Object.assign(makeMemoryPorts().settings, { lastSwitch: broken }) }],
      ["D1", { ...ports, ledger: Object.assign(makeMemoryPorts().ledger, { outboxAge: broken }) }],
      [
        "MarketBook",
        { ...ports, book: () => Object.assign(makeMemoryPorts().books.DEMO, { summary: broken }) },
      ],
    ] as const;
    for (const [neighbour, failing] of cases) {
      const { status, json, text } = await ask(makeApp(failing), "/api/health");
      expect([status, v.parse(Problem, json).neighbour]).toEqual([503, neighbour]);
      expect(text).not.toContain("secret");
    }
  });

  it("[RT18] does not wait for ever on one that is silent", async ({ expect }) => {
    vi.useFakeTimers();
    try {
      const silent = {
        ...makeMemoryPorts(),
        book: () =>
          Object.assign(makeMemoryPorts().books.DEMO, { summary: () => new Promise<never>(() => {}) }),
      };
      const asked = ask(makeApp(silent), "/api/health");
      await vi.advanceTimersByTimeAsync(5_000);
      const { status, json } = await asked;
      expect([status, v.parse(Problem, json).neighbour]).toEqual([503, "MarketBook"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the backup", () => {
  const rows: readonly Row[] = [
    {
      day: tradingDayOf(20_000),
      open: 0,
      high: 0,
      low: 0,
      close: 12_345,
      volume: 0,
      value: null,
      shares: 5e9,
      base: null,
    },
    {
      day: tradingDayOf(20_001),
      open: 1e6,
      high: 1e6,
      low: 0.1,
      close: 1 / 3,
      volume: 2 ** 40,
      value: 1e15,
      shares: null,
      base: 77.5,
    },
  ];

  it("[RT26] gives every row of every page back to the import, to the last digit", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const tickers = ["0015N0", "005930", "000020", "373220", "D00001"];
    for (const ticker of tickers) {
      ports.books.KRX.columns.set(ticker, columnsOf(rows));
    }
    const read: unknown[] = [];
    let after: string | null = "";
    for (let pages = 0; after !== null; pages++) {
      expect(pages).toBeLessThan(3);
      const path = `/api/admin/bars?exchange=KRX&limit=2&after=${after}`;
      const { status, headers, text } = await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, "GET"));
      expect([status, headers.get("Content-Type")]).toEqual([200, "text/csv; charset=utf-8"]);
      const file = csvFileReader.bars(new TextEncoder().encode(text), 2);
      expect(file).toMatchObject({ rejected: [] });
      read.push(...("lines" in file ? file.lines.map(({ key, value: row }) => ({ ticker: key, row })) : []));
      after = headers.get("X-Next-After");
    }
    expect(read).toEqual(tickers.toSorted().flatMap((ticker) => rows.map((row) => ({ ticker, row }))));
  });

  it("[RT26] of an exchange without bars is a header alone", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    for (const [route, key] of [
      ["bars", "ticker"],
      ["indices", "index"],
    ] as const) {
      const { headers, text } = await ask(
        app,
        `/api/admin/${route}?exchange=KRX`,
        asOwner(OWNER_TOKEN, "GET"),
      );
      expect(text).toBe(`${key},date,open,high,low,close,volume,value,shares,base_price\n`);
      expect(headers.get("X-Next-After")).toBeNull();
    }
  });
});
