/**
 * A ticker's prices laid on the sessions of its exchange, so that "20 sessions later" is an index and not a search. A
 * session without trading has open, high and low 0 and its close carried; so have the sessions after the last row,
 * because a share that left the exchange is held to its last close and does not leave the statistics.
 */
import { adjust } from "../bars/adjust.ts";
import { isBar } from "../bars/bar.ts";
import type { Columns } from "../bars/columns.ts";
import type { OutcomeBars } from "./outcome.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** Arrays by the place of a session; before the first row all prices are NaN. In the shares of the last row (BR3a). */
export interface History extends OutcomeBars {
  /** What a price as of a session is multiplied by to be one of this history: 1 unless shares were split later. */
  readonly factor: Float64Array;
}

/** Both sides ascend, so one walk over both is enough. Rows between two sessions are left out. */
export function historyOf(raw: Columns, sessions: readonly TradingDay[]): History {
  const { columns } = adjust(raw);
  const nothing = (): Float64Array => new Float64Array(sessions.length).fill(Number.NaN);
  const history = { open: nothing(), high: nothing(), low: nothing(), close: nothing(), factor: nothing() };
  let row = 0;
  for (const [place, session] of sessions.entries()) {
    while ((columns.day[row] ?? Number.POSITIVE_INFINITY) < session) {
      row += 1;
    }
    if (columns.day[row] === session) {
      takeRow(history, place, columns, row);
      history.factor[place] = (columns.close[row] ?? Number.NaN) / (raw.close[row] ?? Number.NaN);
    } else if (place > 0) {
      carry(history, place);
    }
  }
  return history;
}

function takeRow(history: History, place: number, columns: Columns, row: number): void {
  const high = columns.high[row] ?? 0;
  const traded = isBar({ high, volume: columns.volume[row] ?? 0 });
  history.open[place] = traded ? (columns.open[row] ?? 0) : 0;
  history.high[place] = traded ? high : 0;
  history.low[place] = traded ? (columns.low[row] ?? 0) : 0;
  history.close[place] = columns.close[row] ?? Number.NaN;
}

function carry(history: History, place: number): void {
  const close = history.close[place - 1] ?? Number.NaN;
  const range = Number.isNaN(close) ? Number.NaN : 0;
  history.open[place] = range;
  history.high[place] = range;
  history.low[place] = range;
  history.close[place] = close;
  history.factor[place] = history.factor[place - 1] ?? Number.NaN;
}

/** Whether the share traded in the session at `place`. */
export function isTraded({ high }: Pick<History, "high">, place: number): boolean {
  return (high[place] ?? 0) > 0;
}

/** A close this far above the one before, without any range, is locked at the limit. */
const LOCKED = 1.29;

/** LC4: whether the session had one price only, at the upper limit: an order there is not filled. */
export function isLocked({ high, low, close }: OutcomeBars, place: number): boolean {
  const top = high[place] ?? 0;
  return top > 0 && low[place] === top && top >= LOCKED * (close[place - 1] ?? Number.NaN);
}
