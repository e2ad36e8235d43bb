/** The running session as a bar that is not final: made of the feed's own values, never of guesses. */
import type { ChartBar } from "../../../../worker/protocol/rest/chart.ts";
import type { LivePrice } from "../../../store/live-price.ts";

/** A bar as the chart shows it: the running session's volume may be unknown. */
export type ShownBar = Omit<ChartBar, "volume"> & { readonly volume: number | null };

/** A session that no stored bar has yet. */
export interface Today {
  /** Open, high and low are `null` where the feed does not have all three. */
  readonly bar: ShownBar;
  /** When its values were, with offset. */
  readonly at: string;
  /** The feed counts from another base than the last close: prices before it are in other shares, so nothing is drawn. */
  readonly isRebased: boolean;
}

/** Within it a base price is the last close or that of another hour; beyond it shares were split or joined. */
const SAME_SHARES: readonly [least: number, most: number] = [0.9, 1.1];

function isRebased({ price, change }: LivePrice, last: ChartBar): boolean {
  const ratio = change === null ? 1 : (price - change) / last.close;
  return ratio < SAME_SHARES[0] || ratio > SAME_SHARES[1];
}

/** `last`: the newest stored bar. `null` for a stored close, for a session that has its bar, and without any bar. */
export function todayOf(live: LivePrice | null, last: ChartBar | null): Today | null {
  if (live === null || live.at === null || last === null || live.as_of <= last.date) {
    return null;
  }
  const { price, open, high, low, volume } = live;
  const hasAll = open !== null && high !== null && low !== null;
  // A price beyond the feed's high or low has been traded, so it is the new one.
  const range = hasAll
    ? { open, high: Math.max(open, high, price), low: Math.min(open, low, price) }
    : { open: null, high: null, low: null };
  return {
    bar: { date: live.as_of, ...range, close: price, volume },
    at: live.at,
    isRebased: isRebased(live, last),
  };
}

/** Sessions with trading of the mean that volumes are held against. */
export const VOLUME_BARS = 50;

/** The mean volume of the {@link VOLUME_BARS} sessions with trading before position `end`; `null` with fewer. */
export function meanVolume(bars: readonly ChartBar[], end: number): number | null {
  let sum = 0;
  let count = 0;
  for (let i = end - 1; i >= 0 && count < VOLUME_BARS; i--) {
    const bar = bars[i];
    if (bar && bar.open !== null) {
      sum += bar.volume;
      count += 1;
    }
  }
  return count === VOLUME_BARS && sum > 0 ? sum / count : null;
}
