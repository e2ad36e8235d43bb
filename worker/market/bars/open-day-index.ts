/** BK7: the open days seen by ticker, because a series is its folded rows and then its share of every open day. */
import { viewOf, type Columns } from "../../core/bars/columns.ts";
import { takeRows, withoutEmpty } from "../../core/bars/take-rows.ts";
import type { DayRow } from "./day-row.ts";

export interface OpenDayIndex {
  /** Every ticker with a row on an open day, in no order. */
  tickers(): readonly string[];
  /** The ticker's rows of the open days, oldest first; `null` when no open day has one. */
  of(ticker: string): Columns | null;
}

/** The index of the given days, which come oldest first. */
export function openDayIndexOf(days: readonly DayRow[]): OpenDayIndex {
  const numbers = new Map<string, number>();
  const numbersByDay = days.map((day) =>
    Uint32Array.from(day.tickers, (ticker) => {
      const number = numbers.get(ticker) ?? numbers.size;
      if (number === numbers.size) {
        numbers.set(ticker, number);
      }
      return number;
    }),
  );
  const starts = startsOf(numbersByDay, numbers.size);
  const columns = regroup(days, numbersByDay, starts);
  return {
    tickers: () => [...numbers.keys()],
    of: (ticker) => {
      const number = numbers.get(ticker);
      return number === undefined
        ? null
        : withoutEmpty(viewOf(columns, starts[number] ?? 0, starts[number + 1] ?? 0));
    },
  };
}

/** Where the rows of each ticker begin when they stand ticker by ticker; one entry more marks the end of the last ones. */
function startsOf(numbersByDay: readonly Uint32Array[], tickers: number): Uint32Array {
  const starts = new Uint32Array(tickers + 1);
  for (const numbers of numbersByDay) {
    for (const number of numbers) {
      starts[number + 1] = (starts[number + 1] ?? 0) + 1;
    }
  }
  for (let number = 1; number <= tickers; number++) {
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
  }
  return starts;
}

/** All rows of all days once, ticker by ticker: a gathering for each ticker would cost as much as its scan. */
function regroup(
  days: readonly DayRow[],
  numbersByDay: readonly Uint32Array[],
  starts: Uint32Array,
): Columns {
  const free = starts.slice();
  const from = new Uint32Array(starts.at(-1) ?? 0);
  const at = new Uint32Array(from.length);
  numbersByDay.forEach((numbers, d) => {
    for (let position = 0; position < numbers.length; position++) {
      const number = numbers[position] ?? 0;
      const place = free[number] ?? 0;
      free[number] = place + 1;
      from[place] = d;
      at[place] = position;
    }
  });
  return takeRows({ sources: days.map((day) => day.columns), from, at });
}
