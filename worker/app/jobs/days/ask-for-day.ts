/** One closed session of a source, whole or not at all: half of a board would be taken for a market that shrank. */
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import type { IndexColumns, TickerColumns } from "../../ports/market-book.ts";
import type { DaySource } from "../../ports/market-sources.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";

/** The exchange lists some 2,700 shares; a day that was taken with many more would have every other day for a part of one. */
const MOST_ROWS = 6_000;

/** One row of the day a ticker, of every board with an index, and one of each index. */
export interface WholeDay {
  readonly rows: readonly TickerColumns[];
  readonly indices: readonly IndexColumns[];
}

/** A ticker with two rows: which one is the day's nobody knows, and no series takes both. */
function firstTwice(rows: readonly TickerColumns[]): string | null {
  const seen = new Set<string>();
  for (const { ticker } of rows) {
    if (seen.has(ticker)) {
      return ticker;
    }
    seen.add(ticker);
  }
  return null;
}

/** Every board and both indices, or the first answer that is none. Rejects as the source does. */
export async function askForDay(day: TradingDay, source: DaySource): Promise<WholeDay | StepOutcome> {
  const rows: TickerColumns[] = [];
  for (const board of INDEX_CODES) {
    const answer = await source.day(day, board);
    if (answer.status !== "ok") {
      return outcomeOf(source.id, answer);
    }
    for (const row of answer.value) {
      rows.push(row);
    }
  }
  if (rows.length > MOST_ROWS) {
    return {
      status: "failed",
      text: `${source.id} has ${rows.length} rows of one session, and no market has more than ${MOST_ROWS}`,
    };
  }
  const twice = firstTwice(rows);
  if (twice !== null) {
    return { status: "failed", text: `${source.id} has ${twice} on both boards` };
  }
  const indices = await source.indices(day);
  return indices.status === "ok" ? { rows, indices: indices.value } : outcomeOf(source.id, indices);
}
