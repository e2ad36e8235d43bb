import * as v from "valibot";
import { describe, it } from "vitest";
import { readBars } from "../../adapters/csv/read-prices.ts";
import { assert } from "../../core/assert.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { type Origin, originCode } from "../../core/bars/origin.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { FindingsBody } from "../../protocol/rest/owner.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { makeMemoryPorts, type MemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const DAY = tradingDayOf(20_710);
const LAST: Origin = { source: "file", close: "last", final: true, receivedAt: 17 };

function bookOf(ports: MemoryPorts): void {
  const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1, value: null, shares: null, base: null };
  ports.books.KRX.columns.set(
    "005930",
    columnsOf([
      { day: tradingDayOf(DAY - 3), ...prices },
      { day: DAY, ...prices, origin: originCode(4, LAST) },
    ]),
  );
  ports.books.KRX.storedOrigins = new Map([[4, LAST]]);
}

describe("what an import asks of the last session", () => {
  it("[RT29] has each finding with its text, its figures and what to do", async ({ expect }) => {
    const ports = makeMemoryPorts();
    bookOf(ports);
    ports.books.KRX.found = [{ kind: "jump", day: DAY, rows: 50, beyond: 49, ratio: 0.01 }];
    const get = async (exchange: string): Promise<FindingsBody> => {
      const path = `/api/admin/findings?exchange=${exchange}`;
      return v.parse(FindingsBody, (await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, "GET"))).json);
    };
    expect(await get("KRX")).toEqual({
      exchange: "KRX",
      day: "2026-09-14",
      findings: [
        {
          reason: "jump",
          text: expect.stringMatching(/^on 2026-09-14 49 of 50 tickers moved beyond the daily limit/),
          remedy: expect.stringContaining("--accept jump"),
          figures: { rows: 50, beyond: 49, ratio: 0.01 },
        },
      ],
      warning: null,
    });
    expect(await get("DEMO")).toEqual({ exchange: "DEMO", day: null, findings: [], warning: null });
    const guest = await ask(makeApp(ports), "/api/admin/findings?exchange=KRX", asOwner("wrong", "GET"));
    expect(guest.status).toBe(401);
  });
});

describe("the rows of a backup", () => {
  it("[RT26a] name their origins when asked to, and begin with a day", async ({ expect }) => {
    const ports = makeMemoryPorts();
    bookOf(ports);
    const get = async (query: string): Promise<string> =>
      (await ask(makeApp(ports), `/api/admin/bars?exchange=KRX${query}`, asOwner(OWNER_TOKEN, "GET"))).text;
    const header = "ticker,date,open,high,low,close,volume,value,shares,base_price";
    const [first, second] = ["005930,2026-09-11,1,1,1,1,1,,,", "005930,2026-09-14,1,1,1,1,1,,,"];
    expect(await get("")).toBe(`${header}\n${first}\n${second}\n`);
    const named = await get("&origin=true");
    expect(named).toBe(`${header},origin\n${first},\n${second},file/last/final/17\n`);
    expect(await get("&from=2026-09-14")).toBe(`${header}\n${second}\n`);
    const read = readBars(new TextEncoder().encode(named), 2, null);
    assert("lines" in read, "The export can be read");
    expect(read.origins).toEqual([LAST]);
    expect(read.lines.map(({ value }) => value.origin)).toEqual([undefined, originCode(1, LAST)]);
  });
});

describe("an import that has to state its close", () => {
  it("[IG20] is answered 400 and the name of the parameter", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.ingest.report = { unreadable: "Line 3 is of 2026-09-14: state it", field: "close" };
    const post = async (query: string): Promise<readonly [number, string | undefined]> => {
      const request = asOwner(OWNER_TOKEN, "POST", "x");
      const { status, json } = await ask(makeApp(ports), `/api/admin/bars?exchange=KRX${query}`, request);
      return [status, v.parse(Problem, json).field];
    };
    expect(await post("")).toEqual([400, "close"]);
    expect(await post("&close=both")).toEqual([400, "close"]);
    expect(ports.ingest.calls).toHaveLength(1);
  });
});
