/** EV1: what the same sessions gave without choosing: the eligible shares in equal parts, and the index of the market. */
import type { Columns } from "../core/bars/columns.ts";
import type { IndexCode, Market } from "../core/instrument/instrument.ts";
import { type History, historyOf, isTraded } from "../core/outcome/history.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { Walk } from "./walk-forward.ts";

/** Some sources give an index no volume; it has traded all the same. */
function indexHistory(columns: Columns, sessions: readonly TradingDay[]): History {
  return historyOf({ ...columns, volume: new Float64Array(columns.day.length).fill(1) }, sessions);
}

export class Benchmarks {
  readonly #histories: readonly History[];
  readonly #eligible: Walk["eligible"];
  readonly #indices: Readonly<Partial<Record<IndexCode, History>>>;
  readonly #known = new Map<string, number | null>();

  constructor(
    { histories, eligible }: Pick<Walk, "histories" | "eligible">,
    indices: Readonly<Partial<Record<IndexCode, Columns>>>,
    sessions: readonly TradingDay[],
  ) {
    const { KOSPI, KOSDAQ } = indices;
    this.#histories = histories;
    this.#eligible = eligible;
    this.#indices = {
      ...(KOSPI && { KOSPI: indexHistory(KOSPI, sessions) }),
      ...(KOSDAQ && { KOSDAQ: indexHistory(KOSDAQ, sessions) }),
    };
  }

  /**
   * Mean change from the open of `entered` over so many sessions of the shares that were eligible the evening before
   * and traded that session; `null` while sessions are missing or when there is no such share.
   */
  universe(entered: number, sessions: number): number | null {
    const key = `${entered}+${sessions}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const changes = (this.#eligible[entered - 1] ?? []).flatMap((share) => {
      const history = this.#histories[share];
      return history && isTraded(history, entered) ? [change(history, entered, sessions)] : [];
    });
    const sum = changes.reduce<number>((total, each) => total + (each ?? Number.NaN), 0);
    const mean = changes.length === 0 || Number.isNaN(sum) ? null : sum / changes.length;
    this.#known.set(key, mean);
    return mean;
  }

  /** The same of the market's index; `null` also for a market without one. */
  index(market: Market | null, entered: number, sessions: number): number | null {
    const history = market === "KOSPI" || market === "KOSDAQ" ? this.#indices[market] : undefined;
    return history ? change(history, entered, sessions) : null;
  }
}

function change({ open, close }: History, entered: number, sessions: number): number | null {
  const from = open[entered] ?? Number.NaN;
  const to = close[entered + sessions - 1] ?? Number.NaN;
  return from > 0 && to > 0 ? to / from - 1 : null;
}
