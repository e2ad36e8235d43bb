/** What a file's name states where no column does: the ticker of a file of one share, the day of a file of one day, an index. */
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { indexCodeOf } from "./exchange-terms.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";

function baseName(path: string): string {
  return path.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
}

function only<T>(found: readonly T[]): T | null {
  const [first, ...others] = new Set(found);
  return first !== undefined && others.length === 0 ? first : null;
}

/** `005930.csv`, `삼성전자_005930.csv`, `A005930.csv`, `005930.KS.csv`; `null` when it has none or two. */
export function tickerInName(path: string): string | null {
  const parts = baseName(path)
    .toUpperCase()
    .split(/[^0-9A-Z]+/);
  return only(
    parts.flatMap((part) => {
      const ticker = /^A[0-9]/.test(part) && part.length === 7 ? part.slice(1) : part;
      return exchangeOf(ticker) === null ? [] : [ticker];
    }),
  );
}

/** `2025-06-17.csv`, `data_20250617.csv`; `null` when it has none or two. */
export function dayInName(path: string): TradingDay | null {
  const found = baseName(path).matchAll(/(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g);
  return only(
    Array.from(found, ([, year, , month, day]) => parseTradingDay(`${year}-${month}-${day}`)).filter(
      (day) => day !== null,
    ),
  );
}

/** `KS11.csv`, `코스피.csv`, `index_1001.csv`; `null` when it has none or two. */
export function indexInName(path: string): IndexCode | null {
  const parts = baseName(path).split(/[^0-9A-Za-z가-힣^]+/);
  return only(parts.map(indexCodeOf).filter((code) => code !== null));
}
