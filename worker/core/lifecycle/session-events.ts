/** From a ticker's rows to the events of its signals: one a session, oldest first. */
import { adjust } from "../bars/adjust.ts";
import { isBar } from "../bars/bar.ts";
import { asOf, type Columns, rowsUntil } from "../bars/columns.ts";
import type { Notice } from "../instrument/instrument.ts";
import type { LifeBar, LifeEvent } from "./life-event.ts";
import { priceOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import { PatternTime } from "../bars/pattern-time.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

/** A close this far above the one before, without any range, is locked at the limit (LC4). */
const LOCKED = 0.29;

/** `change` of the last price against the base price or the close before it, as a share. */
export function isLocked(high: number, low: number, change: number): boolean {
  return high === low && change >= LOCKED;
}

/** The events that a signal missed, oldest first, and the bar that its scan is judged with. */
export interface LifeSessions {
  readonly events: readonly LifeEvent[];
  /** The bar of the as-of session; `null` when there is none. */
  readonly today: LifeBar | null;
}

/**
 * The events of the sessions after `since`, up to the last of `sessions`. `notice` is the one in force on that last
 * session. A session without a row counts only when no later row follows: a gap in the data is not a delisting.
 */
export function lifeSessions(
  raw: Columns,
  sessions: readonly TradingDay[],
  since: TradingDay,
  notice: Notice | null,
  params: Params,
): LifeSessions {
  const last = sessions.at(-1);
  if (last === undefined) {
    return { events: [], today: null };
  }
  const rows = asOf(raw, last);
  const { columns, events: actions } = adjust(rows);
  const bars = new PatternTime();
  bars.load(columns);
  const events: LifeEvent[] = [];
  let today: LifeBar | null = null;
  let k = firstBarAfter(bars, since);
  for (let i = rowsUntil(columns, since); i < columns.day.length; i++) {
    const day = tradingDayOf(columns.day[i] ?? Number.NaN);
    const action = actions.find((one) => one.day === day);
    if (action !== undefined) {
      events.push({ type: "action", day, factor: action.factor });
    }
    const traded = isBar({ high: columns.high[i] ?? 0, volume: columns.volume[i] ?? 0 });
    const suspended = day === last && (notice === "administration" || notice === "liquidation");
    if (!traded || suspended) {
      events.push({ type: "halt", day, cause: traded ? (notice ?? "halted") : "halted" });
      k += traded ? 1 : 0;
      continue;
    }
    const bar = barAt(bars, k, rows, i, params);
    today = day === last ? bar : null;
    events.push({ type: "bar", day, bar });
    k += 1;
  }
  if ((columns.day.at(-1) ?? Number.NEGATIVE_INFINITY) < last && since < last) {
    events.push({ type: "no_row", day: last });
  }
  return { events, today };
}

function firstBarAfter(bars: PatternTime, day: TradingDay): number {
  let k = bars.n;
  while (k > 0 && (bars.day[k - 1] ?? 0) > day) {
    k -= 1;
  }
  return k;
}

/** Bar `k` at the prices of its own session, row `i`; what compares it with earlier bars is adjusted. */
function barAt(bars: PatternTime, k: number, rows: Columns, i: number, params: Params): LifeBar {
  const high = priceOf(rows.high[i] ?? 0);
  const low = priceOf(rows.low[i] ?? 0);
  const ratio = (bars.volume[k] ?? 0) / bars.meanVolume(k - params.life.volumeBars, k - 1);
  const change = (bars.close[k] ?? 0) / (bars.close[k - 1] ?? Number.NaN) - 1;
  return {
    high,
    low,
    close: priceOf(rows.close[i] ?? 0),
    volumeRatio: Number.isFinite(ratio) ? ratio : null,
    locked: isLocked(high, low, change),
  };
}
