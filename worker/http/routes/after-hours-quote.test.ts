import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { type CloseKind, originCode, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PricesBody } from "../../protocol/rest/quote.ts";
import { makeMemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

function rowOn(n: number, close: number, base: number | null, kind: CloseKind): Row {
  const prices = { open: close, high: close, low: close, close, volume: 1, value: null, shares: null, base };
  const day = tradingDayOf(TWO_CLOSES_SINCE + n);
  return { day, ...prices, origin: originCode(1, { close: kind, final: true }) };
}

describe("the change of a share that closed after hours the day before", () => {
  it.for([
    ["last", 10_000, 500],
    ["unknown", 10_000, 500],
    ["last", null, 400],
    ["regular", null, 400],
  ] as const)(
    "[BR3b] counts after a %s close from base price %s",
    async ([kind, base, change], { expect }) => {
      const ports = makeMemoryPorts();
      const rows = [rowOn(0, 10_100, 10_000, kind), rowOn(1, 10_500, base, kind)];
      ports.books.KRX.columns.set("005930", columnsOf(rows));
      const { json } = await ask(makeApp(ports), "/api/kr/realtime-prices?tickers=005930&exchange=KRX");
      expect(v.parse(PricesBody, json).prices["005930"]).toMatchObject({ price: 10_500, change });
    },
  );
});
