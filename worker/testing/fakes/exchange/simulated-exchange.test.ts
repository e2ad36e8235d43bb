import { describe, it } from "vitest";
import { adjust } from "../../../core/bars/adjust.ts";
import { isBar, rejectRow } from "../../../core/bars/bar.ts";
import { type Columns, columnsOf, type Row } from "../../../core/bars/columns.ts";
import { originCode, TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import { tickAt } from "../../../core/bars/tick-size.ts";
import { formatTradingDay } from "../../../core/calendar/trading-day.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import { dayOf } from "../../builders/signal-builder.ts";
import { regularRow, type SessionRow, SimulatedExchange } from "./simulated-exchange.ts";

const OPTIONS = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16"), names: 130, seed: 1 };

function seriesOf(
  exchange: SimulatedExchange,
  toRow: (row: SessionRow) => Row,
): ReadonlyMap<string, Columns> {
  const rows = exchange.sessions.flatMap((day) => exchange.rows(day));
  const byTicker = Map.groupBy(rows, ({ listing }) => listing.ticker);
  return new Map([...byTicker].map(([ticker, own]) => [ticker, columnsOf(own.map(toRow))]));
}

describe("the simulated exchange", () => {
  it("[FK1] is the same on every machine, and another one for another seed", ({ expect }) => {
    const day = dayOf("2026-09-14");
    const [a, b] = [new SimulatedExchange(OPTIONS), new SimulatedExchange(OPTIONS)];
    expect(a.rows(day)).toEqual(b.rows(day));
    expect(new SimulatedExchange({ ...OPTIONS, seed: 2 }).rows(day)).not.toEqual(a.rows(day));
    expect(a.rows(day).find(({ listing }) => listing.ticker === "100580")?.close).toMatchInlineSnapshot(
      `6470`,
    );
  });

  it("[FK1] opens as the calendar has it, but for a day that was decreed closed", ({ expect }) => {
    const exchange = new SimulatedExchange({ ...OPTIONS, decreed: [dayOf("2026-09-30")] });
    const days = exchange.sessions.map(formatTradingDay);
    expect(days).toContain("2026-09-29");
    for (const closed of ["2026-08-17", "2026-09-24", "2026-09-26", "2026-09-30", "2026-10-05"]) {
      expect(days).not.toContain(closed);
    }
    expect(exchange.rows(dayOf("2026-09-30"))).toEqual([]);
    expect(formatTradingDay(exchange.nextSession(dayOf("2026-09-29")))).toBe("2026-10-01");
  });

  it("[FK1] the exam's day opens and closes an hour later, and so does its after-market", ({ expect }) => {
    const exchange = new SimulatedExchange({ ...OPTIONS, names: 30, last: dayOf("2026-11-30") });
    const exam = dayOf("2026-11-19");
    const at = (time: string): number => Date.parse(`2026-11-19T${time}+09:00`);
    expect(exchange.hoursOf(exam)).toMatchObject({ opensAt: at("10:00:00"), closesAt: at("16:30:00") });
    expect(exchange.afterMarketOf(exam)).toEqual({ from: at("17:00:00"), until: at("20:00:00") });
    expect(exchange.afterMarketOf(dayOf("2026-09-11"))).toBeNull();
  });

  it("[FK1] both boards hold every kind, each row passes BR2, and codes are the exchange's", ({ expect }) => {
    const exchange = new SimulatedExchange({ ...OPTIONS, names: 30 });
    for (const day of exchange.sessions) {
      const rows = exchange.rows(day);
      expect(rows.map((row) => rejectRow(regularRow(row))).filter((reason) => reason !== null)).toEqual([]);
      expect(rows.every(({ listing }) => parseTicker("KRX", listing.ticker) === listing.ticker)).toBe(true);
      expect(new Set(rows.map(({ listing }) => listing.ticker)).size).toBe(rows.length);
      for (const board of ["KOSPI", "KOSDAQ"] as const) {
        const own = exchange.rows(day, board);
        expect(own.length).toBeGreaterThan(5);
        expect(own.some((row) => !isBar(row))).toBe(true);
      }
    }
    const kinds = exchange.rows(dayOf("2026-09-14")).map(({ listing }) => listing.company.kind);
    expect([...new Set(kinds)].toSorted()).toEqual(["common", "fund", "preferred", "reit", "spac"]);
  });

  it("[FK1] its corporate actions are those that base prices show, no more and no fewer", ({ expect }) => {
    const exchange = new SimulatedExchange(OPTIONS);
    const actions = exchange
      .events()
      .flatMap(({ company, event, day }) =>
        event.kind === "split" || event.kind === "bonus" || event.kind === "ex_rights"
          ? [`${company.ticker} ${formatTradingDay(day)}`]
          : [],
      );
    const code = originCode(1, { close: "regular", final: true });
    const series = seriesOf(exchange, (row) => ({ ...regularRow(row), origin: code }));
    const found = [...series].flatMap(([ticker, columns]) =>
      adjust(columns).events.map(({ day }) => `${ticker} ${formatTradingDay(day)}`),
    );
    expect(actions.length).toBeGreaterThan(8);
    expect(found.toSorted()).toEqual(actions.toSorted());
  });

  it("[FK1] new shares of a bonus issue are counted sessions after its price", ({ expect }) => {
    const exchange = new SimulatedExchange(OPTIONS);
    const bonus = exchange.events().find(({ event }) => event.kind === "bonus");
    const rows = exchange.sessions.flatMap((day) => exchange.rowOf(day, bonus?.company.ticker ?? "") ?? []);
    const at = rows.findIndex(({ day }) => day === bonus?.day);
    const [before, on] = [rows[at - 1], rows[at]];
    expect((on?.base ?? 0) / (before?.close ?? 1)).toBeCloseTo(0.5, 2);
    expect(on?.listing.shares).toBe(before?.listing.shares);
    expect(rows[at + 4]?.listing.shares).toBe(2 * (on?.listing.shares ?? 0));
  });

  it("[FK1] one share is listed, one leaves after its liquidation, one gets another name, one another code", ({
    expect,
  }) => {
    const exchange = new SimulatedExchange({ ...OPTIONS, names: 30 });
    const day = (kind: string) => exchange.events().find(({ event }) => event.kind === kind);
    const on = (at: number | undefined, ticker: string | undefined) =>
      exchange.rowOf(exchange.sessions[at ?? -1] ?? OPTIONS.first, ticker ?? "");
    const [listing, leaving, renamed, recoded] = [
      day("listing"),
      day("delisting"),
      day("rename"),
      day("recode"),
    ];
    const ticker = listing?.company.ticker;
    expect(on((listing?.event.at ?? 0) - 1, ticker)).toBeNull();
    const first = on(listing?.event.at, ticker);
    expect((first?.close ?? 0) / (first?.base ?? 1)).toBeGreaterThan(1.3);
    expect(on((leaving?.event.at ?? 0) - 1, leaving?.company.ticker)?.listing.notice).toBe("liquidation");
    expect(on(leaving?.event.at, leaving?.company.ticker)).toBeNull();
    expect(on(renamed?.event.at, renamed?.company.ticker)?.listing.name).toBe("다시온테크");
    expect(on(recoded?.event.at, recoded?.company.ticker)).toBeNull();
    const before = on((recoded?.event.at ?? 0) - 1, recoded?.company.ticker);
    const after = on(recoded?.event.at, recoded?.event.kind === "recode" ? recoded.event.ticker : "");
    expect(after?.base).toBe(before?.close);
  });

  it("[FK1] from 2026-09-14 on the after-market moves every share that traded, by a tick or more", ({
    expect,
  }) => {
    const exchange = new SimulatedExchange(OPTIONS);
    for (const day of exchange.sessions) {
      for (const row of exchange.rows(day)) {
        const moved = Math.abs(row.last.close - row.close);
        if (day < TWO_CLOSES_SINCE || !isBar(row)) {
          expect([moved, row.last.volume]).toEqual([0, row.volume]);
        } else {
          expect(moved).toBeGreaterThanOrEqual(tickAt(Math.min(row.close, row.last.close), "krx"));
          expect(row.last.high).toBeGreaterThanOrEqual(row.last.close);
          expect(row.last.low).toBeLessThanOrEqual(row.last.close);
          expect(row.last.volume).toBeGreaterThan(row.volume);
        }
      }
    }
  });
});
