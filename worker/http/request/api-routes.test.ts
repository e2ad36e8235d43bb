/** Queries: every range at its ends and beyond, and anything at all. */
import * as fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";

const READS = [
  "/api/kr/signals",
  "/api/kr/signals/vcp",
  "/api/kr/signals/x",
  "/api/kr/signals/x/events",
  "/api/kr/scan/status",
  "/api/kr/runs",
  "/api/kr/runs/x",
  "/api/kr/market-gate",
  "/api/kr/market-gate/history",
  "/api/kr/indices",
  "/api/kr/realtime-prices",
  "/api/kr/names",
  "/api/kr/stocks",
  "/api/kr/stocks/D00001",
  "/api/kr/stocks/D00001/chart",
  "/api/kr/stocks/D00001/signals",
  "/api/health",
];

describe("queries", () => {
  it.for([
    [
      "/api/kr/signals",
      "limit",
      ["0", "101", "1e1", " 5", "5 ", "", "05", "+5", "-1", "1.0", "0x10", "NaN", "９"],
    ],
    ["/api/kr/signals", "min_score", ["-1", "100.1", "101", "", "1e1", "Infinity", ".5", "5."]],
    ["/api/kr/signals", "market", ["", "kospi", "NYSE"]],
    ["/api/kr/signals", "state", ["", "BREAKOUT", "ready"]],
    ["/api/kr/signals", "grade", ["", "E", "s"]],
    ["/api/kr/signals", "exchange", ["", "krx", "NYSE"]],
    ["/api/kr/signals/vcp", "limit", ["0", "51", ""]],
    ["/api/kr/runs", "limit", ["0", "101", "x"]],
    ["/api/kr/market-gate/history", "limit", ["0", "501"]],
    ["/api/kr/stocks", "limit", ["0", "101"]],
    ["/api/kr/stocks", "q", ["x".repeat(51)]],
    ["/api/kr/stocks/D00001/chart", "period", ["", "1d", "5y", "1Y"]],
    [
      "/api/kr/realtime-prices",
      "tickers",
      ["", ",", "005930,", "5930", "ABC", "0,0", Array(101).fill("005930").join(",")],
    ],
  ] as const)("[RT4] %s refuses a bad %s", async ([path, field, values], { expect }) => {
    const app = makeApp(makeMemoryPorts());
    for (const value of values) {
      const { status, json } = await ask(app, `${path}?${field}=${encodeURIComponent(value)}`);
      expect([value, status, v.parse(Problem, json).field]).toEqual([value, 400, field]);
    }
  });

  it("[RT4] refuses a name given twice, takes the ends of every range, and ignores names it does not know", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts());
    expect((await ask(app, "/api/kr/signals?limit=5&limit=6")).status).toBe(400);
    for (const query of ["limit=1", "limit=100", "min_score=0", "min_score=100", "min_score=62.5", "utm=x"]) {
      expect([query, (await ask(app, `/api/kr/signals?${query}`)).status]).toEqual([query, 200]);
    }
    expect((await ask(app, "/api/kr/realtime-prices")).status).toBe(400);
  });

  it.for(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "[RT4c] takes %s for a name like any other",
    async (name, { expect }) => {
      const app = makeApp(makeMemoryPorts());
      const statusOf = async (path: string): Promise<number> => (await ask(app, path)).status;
      for (const place of ["signals/$", "signals/$/events", "runs/$", "stocks/$", "stocks/$/chart", "$"]) {
        expect([place, await statusOf(`/api/kr/${place.replace("$", name)}`)]).toEqual([place, 404]);
      }
      const values = [
        "signals?exchange",
        "signals?market",
        "signals?state",
        "signals?grade",
        "signals?cursor",
      ];
      for (const value of [...values, "stocks/D00001/chart?period", "realtime-prices?tickers"]) {
        expect([value, await statusOf(`/api/kr/${value}=${name}`)]).toEqual([value, 400]);
      }
      for (const query of [`${name}=1`, `${name}[exchange]=KRX`, `${name}.exchange=KRX`]) {
        const { status, json } = await ask(app, `/api/kr/signals?${query}`);
        expect([query, status, json]).toMatchObject([query, 200, { exchange: "DEMO" }]);
      }
      expect([Object.keys(Object.prototype), "exchange" in {}]).toEqual([[], false]);
    },
  );

  it("[RT2] [RT4] never breaks on any query", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    const name = fc.constantFrom(
      "limit",
      "cursor",
      "market",
      "exchange",
      "q",
      "tickers",
      "period",
      "min_score",
      "__proto__",
      "constructor",
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("KRX", "DEMO", "1", "D00001", "1y", "%E0%A4%A", "null", "W10"),
    );
    const raw = fc.string().map((text) => text.replaceAll("#", ""));
    const pairs = fc.array(fc.tuple(name, value), { maxLength: 4 });
    const query = fc.oneof(
      raw,
      pairs.map((all) => new URLSearchParams(all.map(([n, x]) => [n, x])).toString()),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...READS), query, async (path, text) => {
        const { status, json } = await ask(app, `${path}?${text}`);
        expect([200, 400, 404]).toContain(status);
        if (status !== 200) {
          expect(v.is(Problem, json)).toBe(true);
        }
      }),
      { seed: 20_250_617, numRuns: 300 },
    );
  });
});
