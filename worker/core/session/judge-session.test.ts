/** Sessions that are wrong as a whole, and sessions that only look so. */
import { describe, it } from "vitest";
import {
  haltedRow,
  plainMarket,
  priced,
  seriesOf,
  sessionsUntil,
  withLastSession,
} from "../../testing/builders/plain-market.ts";
import type { Row } from "../bars/columns.ts";
import { originCode, TWO_CLOSES_SINCE } from "../bars/origin.ts";
import { midnightOf, parseTradingDay, type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";
import type { Exchange } from "../instrument/instrument.ts";
import type { SessionFinding } from "./finding.ts";
import { calendarWarning, judgeSession } from "./judge-session.ts";
import { SessionFigures } from "./session-figures.ts";

function dayOf(text: string): TradingDay {
  return parseTradingDay(text) ?? tradingDayOf(0);
}

/** A Wednesday, and the three sessions up to it. */
const DAY = dayOf("2025-06-11");
const DAYS = sessionsUntil(DAY, 3);
const TICKERS = 50;
const MARKET = plainMarket(DAYS, TICKERS);
type Market = ReadonlyMap<string, readonly Row[]>;

interface Judged {
  readonly exchange: Exchange;
  readonly day: TradingDay;
  readonly now: number;
}

function judge(market: Market, own: Partial<Judged> = {}): readonly SessionFinding[] {
  const rows = new Map<number, number>();
  for (const { day } of [...market.values()].flat()) {
    rows.set(day, (rows.get(day) ?? 0) + 1);
  }
  const day = own.day ?? tradingDayOf(Math.max(...rows.keys()));
  const before = [...rows.keys()].filter((one) => one < day);
  const figures = new SessionFigures(day, before.length === 0 ? null : tradingDayOf(Math.max(...before)));
  for (const columns of seriesOf(market).values()) {
    figures.add(columns);
  }
  const now = midnightOf(tradingDayOf(day + 1));
  return judgeSession({ exchange: "KRX", day, now, rowsByDay: rows, figures, rebased: null, ...own });
}

/** The last session under another date. */
function dated(text: string): Market {
  return withLastSession(MARKET, (row) => ({ ...row, day: dayOf(text) }));
}

/** The same market, from 2026-09-14 on, with the last prices of the after-market as closes. */
function afterHours(market: Market): Market {
  const move = TWO_CLOSES_SINCE + 7 - DAY;
  const origin = originCode(1, { close: "last", final: true });
  return new Map(
    Array.from(market, ([ticker, rows], n) => [
      ticker,
      rows.map((row, i) => ({
        ...row,
        day: tradingDayOf(row.day + move - ((row.day + move) % 7 === 2 ? 1 : 0)),
        close: Math.round(row.close * (1 + 0.015 * Math.sin(7 * n + i))),
        origin,
      })),
    ]),
  );
}

describe("a session", () => {
  it("[DY3] [DY4] of an ordinary day has no finding", ({ expect }) => {
    expect(judge(MARKET)).toEqual([]);
    expect(judge(afterHours(MARKET))).toEqual([]);
  });

  it.for([
    ["2025-06-14", "a Saturday or Sunday"],
    ["2025-10-03", "National Foundation Day"],
  ] as const)("[DY4] of %s is none: %s", ([text, why], { expect }) => {
    expect(judge(dated(text))).toEqual([{ kind: "no_session", day: dayOf(text), why }]);
    expect(judge(dated(text), { exchange: "DEMO" })).toEqual([]);
  });

  it("[DY4a] of a day that the calendar does not know, or only derives, is a warning and no finding", ({
    expect,
  }) => {
    expect(judge(dated("2014-06-11"))).toEqual([]);
    expect(judge(dated("2029-08-15"))).toEqual([]);
    const warned = (text: string): string | null => calendarWarning("KRX", dayOf(text), text);
    expect(warned("2031-06-11")).toMatch(/outside the calendar's years/);
    expect(warned("2029-08-15")).toMatch(/should be Liberation Day/);
    expect([warned("2025-06-11"), calendarWarning("DEMO", dayOf("2031-06-11"), "")]).toEqual([null, null]);
  });

  it("[DY4] of today is open until its close, and its rows of noon stay provisional in the evening", ({
    expect,
  }) => {
    const closesAt = midnightOf(DAY) + 15.5 * 3_600_000;
    const open = [{ kind: "still_open", day: DAY, closesAt }];
    expect(judge(MARKET, { now: closesAt - 1 })).toEqual(open);
    expect(judge(MARKET, { now: closesAt })).toEqual([]);
    const origin = originCode(1, { close: "regular", final: false });
    const noon = (share: number): Market =>
      withLastSession(MARKET, (row, _, n) => (n < share * TICKERS ? { ...row, origin } : row));
    expect(judge(noon(0.1), { now: closesAt + 1 })).toEqual(open);
    expect(judge(noon(0.08), { now: closesAt + 1 })).toEqual([]);
  });

  it("[DY4] is over when its provisional rows came after the close, whatever replaces them later", ({
    expect,
  }) => {
    const closesAt = midnightOf(DAY) + 15.5 * 3_600_000;
    const rows = seriesOf(
      withLastSession(MARKET, (row, _, n) => ({
        ...row,
        origin: originCode(n < 10 ? 1 : 2, { close: "regular", final: false }),
      })),
    );
    const judged = (isEarly: (origin: number) => boolean): readonly SessionFinding[] => {
      const figures = new SessionFigures(DAY, null, isEarly);
      for (const columns of rows.values()) {
        figures.add(columns);
      }
      const rowsByDay = new Map([[Number(DAY), TICKERS]]);
      return judgeSession({ exchange: "KRX", day: DAY, now: closesAt, rowsByDay, figures, rebased: null });
    };
    expect(judged(() => false)).toEqual([]);
    expect(judged((origin) => origin === 1)).toEqual([{ kind: "still_open", day: DAY, closesAt }]);
  });

  it("[DY4] [SE2] of which only a part has arrived is partial, also when later ones are whole", ({
    expect,
  }) => {
    const part = withLastSession(MARKET, (row, _, n) => (n < 0.88 * TICKERS ? row : null));
    expect(judge(part)).toEqual([{ kind: "partial_day", day: DAY, rows: 44, before: 50 }]);
    const later = plainMarket([tradingDayOf(DAY + 1)], TICKERS);
    for (const [ticker, rows] of part) {
      later.set(ticker, [...rows, ...(later.get(ticker) ?? [])]);
    }
    expect(judge(later, { day: DAY })).toMatchObject([{ kind: "partial_day", rows: 44 }]);
  });

  it("[DY4] of which a part holds another close is partial, until nine tenths hold the better one", ({
    expect,
  }) => {
    const regular = originCode(2, { close: "regular", final: true });
    const corrected = (tickers: number): Market =>
      withLastSession(afterHours(MARKET), (row, _, n) => (n < tickers ? { ...row, origin: regular } : row));
    const day = Math.max(...[...corrected(1).values()].flat().map((row) => row.day));
    expect(judge(corrected(44))).toEqual([
      { kind: "partial_day", day, close: "regular", rows: 44, before: 50 },
    ]);
    expect([judge(corrected(45)), judge(corrected(50)), judge(corrected(0))]).toEqual([[], [], []]);
  });

  it("[DY3] that repeats the one before in nine tenths of its tickers is refused", ({ expect }) => {
    const repeating = (share: number): Market =>
      withLastSession(MARKET, (row, before, n) => (n < share * TICKERS ? { ...before, day: row.day } : row));
    expect(judge(repeating(0.9))).toEqual([{ kind: "repeats", day: DAY, rows: 50, repeated: 45 }]);
    expect(judge(repeating(0.88))).toEqual([]);
    const dull = withLastSession(MARKET, (row, before) => ({ ...before, day: row.day, volume: row.volume }));
    expect(judge(dull)).toEqual([]);
  });

  it("[DY3] in which three tenths of what traded is halted is refused, and a circuit breaker's is not", ({
    expect,
  }) => {
    const halting = (share: number): Market =>
      withLastSession(MARKET, (row, before, n) =>
        n < Math.round(share * TICKERS) ? haltedRow(row, before) : row,
      );
    expect(judge(halting(0.3))).toEqual([{ kind: "all_halted", day: DAY, traded: 50, halted: 15 }]);
    expect(judge(halting(0.28))).toEqual([]);
    // Trading stopped for the day after an hour: every share traded, and a tenth of its volume.
    const breaker = withLastSession(MARKET, (row) => {
      const volume = Math.round(row.volume / 10);
      return { ...priced(row, 0.8), volume, value: row.close * 0.8 * volume };
    });
    expect(judge(breaker)).toEqual([]);
  });

  it.for([0.01, 0.1, 0.5, 2, 100, 1_000])(
    "[DY3] at %d times its prices is a slip of unit, with its base prices and without",
    (factor, { expect }) => {
      const slip = withLastSession(MARKET, (row) => ({ ...priced(row, factor), value: null }));
      expect(judge(slip)).toMatchObject([{ kind: "jump", day: DAY, rows: 50, beyond: 50 }]);
      const based = (market: Market): Market =>
        withLastSession(market, (row) => ({
          ...priced(row, factor),
          value: null,
          base: (row.base ?? 0) * factor,
        }));
      expect(judge(based(MARKET))).toMatchObject([{ kind: "jump" }]);
      expect(judge(based(afterHours(MARKET)))).toMatchObject([{ kind: "jump" }]);
    },
  );

  it("[DY3] in which one ticker in twenty moved beyond the limit is refused, and one at the limit is not", ({
    expect,
  }) => {
    const jumping = (share: number, factor: number, market: Market = MARKET): Market =>
      withLastSession(market, (row, before, n) => {
        const close = Math.floor(factor * (row.origin === undefined ? before.close : (row.base ?? 0)));
        const prices = { open: close, high: close, low: close, close, value: null };
        return n < share * TICKERS ? { ...row, ...prices } : row;
      });
    expect(judge(jumping(0.06, 1.32))).toMatchObject([{ kind: "jump", beyond: 3 }]);
    expect(judge(jumping(0.04, 1.32))).toEqual([]);
    expect(judge(jumping(0.04, 1.3))).toEqual([]);
    // Below the median that no market reaches, and within the point that the limit of a ticker allows for rounding.
    expect(judge(jumping(1, 0.695))).toMatchObject([{ kind: "jump", beyond: 0 }]);
    for (const limit of [1.3, 0.7001]) {
      expect(judge(jumping(1, limit))).toEqual([]);
      expect(judge(jumping(1, limit, afterHours(MARKET)))).toEqual([]);
    }
  });

  it("[DY3] with volumes in thousands, or values in millions, is refused", ({ expect }) => {
    const thousands = withLastSession(MARKET, (row) => ({
      ...row,
      volume: Math.ceil(row.volume / 1_000),
      value: null,
    }));
    expect(judge(thousands)).toMatchObject([{ kind: "volume_unit" }]);
    const dull = withLastSession(MARKET, (row) => ({ ...row, volume: row.volume / 40, value: null }));
    expect(judge(dull)).toEqual([]);
    const millions = withLastSession(MARKET, (row) => ({ ...row, value: (row.value ?? 0) / 1e6 }));
    expect(judge(millions)).toMatchObject([{ kind: "value_unit" }]);
    const loose = withLastSession(MARKET, (row) => ({ ...row, value: (row.value ?? 0) * 1.3 }));
    expect(judge(loose)).toEqual([]);
  });

  it("[DY3] of fewer than five tickers shows nothing by its figures", ({ expect }) => {
    const few = new Map([...MARKET].slice(0, 4));
    expect(judge(withLastSession(few, (row) => priced(row, 0.01)))).toEqual([]);
    const five = new Map([...MARKET].slice(0, 5));
    expect(judge(withLastSession(five, (row) => ({ ...priced(row, 0.01), value: null })))).toMatchObject([
      { kind: "jump" },
    ]);
  });

  it("[DY5] after an import that moved the past by one factor is refused by it, behind all others", ({
    expect,
  }) => {
    const figures = new SessionFigures(DAY, null);
    const rebased = { tickers: 3, days: 60, factor: 0.5 };
    const found = judgeSession({
      exchange: "KRX",
      day: dayOf("2025-06-14"),
      now: 0,
      rowsByDay: new Map(),
      figures,
      rebased,
    });
    expect(found.map(({ kind }) => kind)).toEqual(["no_session", "rebased_history"]);
    expect(found[1]).toMatchObject(rebased);
  });
});
