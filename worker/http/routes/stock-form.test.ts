/** The form of one share over REST: every rule of it, asked of the base that the reader is shown. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PARAMS } from "../../core/params.ts";
import { explainForm } from "../../core/scan/explain.ts";
import { scan } from "../../core/scan/scan.ts";
import { StockBody } from "../../protocol/rest/stock.ts";
import { encodeExplained } from "../../protocol/verdict.ts";
import { dayOf, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { randomUniverse, scanInput } from "../../testing/oracle/random-universe.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const LAST = dayOf("2025-05-16");

/** Bars up to a price of the path: an advance, and a base of three contractions under its high. */
const PATH: readonly (readonly [bars: number, price: number])[] = [
  [120, 100],
  [15, 82],
  [20, 97],
  [8, 89],
  [12, 96],
  [4, 93.2],
  [7, 95],
];

/** A base that meets every rule of one, in the shape of bars with a usual range. */
function baseRows(): readonly Row[] {
  const prices = PATH.reduce<readonly number[]>(
    (before, [bars, price]) => {
      const from = before.at(-1) ?? price;
      return [...before, ...Array.from({ length: bars }, (_, i) => from + ((price - from) * (i + 1)) / bars)];
    },
    [60],
  );
  return prices.map((price, i) => {
    const close = Math.round(1_000 * price);
    const range = Math.round(0.007 * close);
    return {
      day: tradingDayOf(LAST - (prices.length - 1 - i)),
      open: close,
      high: close + range,
      low: close - range,
      close,
      volume: 100,
      value: null,
      shares: null,
      base: null,
    };
  });
}

describe("/api/kr/stocks/{ticker}", () => {
  it("[RT15][RT1g] explains the whole form from the bars of the one share, up to the session of its verdict", async ({
    expect,
  }) => {
    const made = makeMemoryPorts();
    const { listings } = scanInput(randomUniverse(4, 12), null);
    const all = [...listings].map((one, i) => ({ ...one, ticker: `D0010${i % 10}` })).slice(0, 10);
    const sessions = [...new Set(all.flatMap(({ columns }) => [...columns.day]))].map(tradingDayOf);
    const input = {
      listings: all,
      sessions: sessions.toSorted((a, b) => a - b),
      indices: {},
      params: PARAMS,
    };
    const result = scan({ ...input, asOf: input.sessions.at(-3) ?? null });
    const verdicts = result?.verdicts ?? [];
    for (const { ticker, columns } of all) {
      made.books.DEMO.columns.set(ticker, columns);
    }
    for (const verdict of verdicts) {
      made.books.DEMO.verdicts.set(verdict.ticker, verdict);
    }
    const app = makeApp(made);
    let drawn = 0;
    for (const verdict of verdicts) {
      const columns = all.find(({ ticker }) => ticker === verdict.ticker)?.columns;
      const { json } = await ask(app, `/api/kr/stocks/${verdict.ticker}`);
      const shown = v.parse(StockBody, json).verdict;
      const form = columns && explainForm({ columns, verdict, params: PARAMS, grid: "krx" });
      expect(shown).toEqual(form && encodeExplained(verdict, form, PARAMS));
      drawn += shown?.near_miss?.base ? 1 : 0;
    }
    expect(verdicts.length).toBe(10);
    expect(drawn).toBeGreaterThan(0);
  });

  it("[RT15][RT1g] asks the rules of the base on which an open signal stands, unless its share is listed anew", async ({
    expect,
  }) => {
    const made = makeMemoryPorts();
    const rows = baseRows();
    made.books.DEMO.columns.set("D00001", columnsOf(rows));
    const verdict = makeVerdict({ ticker: "D00001", asOf: LAST, bars: rows.length, detected: false });
    made.books.DEMO.verdicts.set("D00001", verdict);
    const rulesOf = async (): Promise<unknown> =>
      v.parse(StockBody, (await ask(makeApp(made), "/api/kr/stocks/D00001")).json).verdict?.rules_of;
    expect(await rulesOf()).toBe("listed");
    const { of } = explainForm({ columns: columnsOf(rows), verdict, params: PARAMS, grid: "krx" });
    const signal = makeSignal({
      ticker: "D00001",
      ...(of && { base: of.base }),
      paramsVersion: PARAMS.version,
    });
    made.ledger.stored = [{ signal, createdAt: 1, updatedAt: 1, runId: "run-1" }];
    expect(await rulesOf()).toBe("own");
    made.books.DEMO.verdicts.set("D00001", { ...verdict, detected: true });
    expect(await rulesOf()).toBe("listed");
  });
});
