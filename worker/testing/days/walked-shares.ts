/** A book of KIS alone in front of the fakes, whose process can die in the question for any share, and what it must hold then. */
import type { HistorySource, MarketSources } from "../../app/ports/market-sources.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { originFactsOf } from "../../core/bars/origin.ts";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { type ExchangeOptions, regularRow, type SessionRow } from "../fakes/exchange/simulated-exchange.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";
import { MarketWorld } from "./market-world.ts";
import { bothSourcesOf } from "./real-sources.ts";

/** Somewhat more than 400 sessions before {@link TODAY}. */
export const EXCHANGE: ExchangeOptions = {
  first: dayOf("2025-01-06"),
  last: dayOf("2026-10-30"),
  names: 60,
  seed: 5,
  drift: 0.01,
};
export const SHORT: ExchangeOptions = { ...EXCHANGE, first: dayOf("2026-08-24") };
export const TODAY = dayOf("2026-10-14");
export const NOON = [12 * 60 + 5, 12 * 60 + 5] as const;

/** A history whose process dies in some of its calls: they are never answered. */
export class MortalHistory {
  /** How often each share was asked for, and answered. */
  readonly asked = new Map<string, number>();
  readonly answered = new Map<string, number>();
  /** Which give no answer, and how often. */
  readonly failing = new Map<string, number>();
  readonly deaths: Set<number>;
  died = Promise.withResolvers<null>();
  #calls = 0;

  constructor(deaths: Iterable<number> = []) {
    this.deaths = new Set(deaths);
  }

  of(stage: VendorStage): MarketSources {
    const { history, ...kis } = bothSourcesOf(stage);
    if (history === null) {
      throw new Error("KIS has a history");
    }
    const mortal: HistorySource = {
      id: history.id,
      index: async (...asked) => history.index(...asked),
      share: async (ticker, from, to) => {
        this.asked.set(ticker, (this.asked.get(ticker) ?? 0) + 1);
        this.#calls += 1;
        if (this.deaths.has(this.#calls)) {
          this.died.resolve(null);
          return new Promise(() => undefined);
        }
        const left = this.failing.get(ticker) ?? 0;
        if (left > 0) {
          this.failing.set(ticker, left - 1);
          throw new Error("No answer");
        }
        const answer = await history.share(ticker, from, to);
        if (answer.status === "ok") {
          this.answered.set(ticker, (this.answered.get(ticker) ?? 0) + 1);
        }
        return answer;
      },
    };
    return { ...kis, day: null, master: null, history: mortal };
  }
}

export async function openAt(source: MortalHistory, exchange: ExchangeOptions): Promise<MarketWorld> {
  const world = await MarketWorld.open(exchange, (stage) => source.of(stage));
  world.stage.clock.moveTo(midnightOf(TODAY));
  await world.turns(TODAY, NOON);
  return world;
}

/** As the vendor's chart has it before it is corrected. */
export function lastRow(row: SessionRow): ReturnType<typeof regularRow> {
  return row.volume === 0 && row.last.volume === 0 ? regularRow(row) : { ...regularRow(row), ...row.last };
}

/** Rows of the book that are not the exchange's, of shares that are listed on the last of these days. */
export function faultsOf(
  world: MarketWorld,
  sessions: readonly TradingDay[],
  truthOf: (row: SessionRow) => ReturnType<typeof regularRow> = regularRow,
): readonly string[] {
  const listed = new Set(world.instruments.lists.KRX.map(({ ticker }) => String(ticker)));
  return sessions.flatMap((day) =>
    world.stage.exchange.rows(day).flatMap((row) => {
      const { ticker } = row.listing;
      const columns = world.series(ticker);
      const at = columns?.day.indexOf(day) ?? -1;
      const {
        origin: _,
        shares: __,
        ...own
      } = columns !== null && at >= 0 ? rowAt(columns, at) : { origin: 0, shares: 0 };
      const { shares: ___, ...truth } = truthOf(row);
      return !listed.has(ticker) || JSON.stringify(own) === JSON.stringify(truth)
        ? []
        : [`${ticker} ${day} ${JSON.stringify(own)} ${JSON.stringify(truth)}`];
    }),
  );
}

export function factsOn(world: MarketWorld, day: TradingDay): readonly string[] {
  const facts = world.book.tickers().flatMap((ticker) => {
    const columns = world.series(ticker);
    const at = columns?.day.indexOf(day) ?? -1;
    const { close, final } = originFactsOf(columns?.origin?.[at] ?? Number.NaN, day);
    return at < 0 ? [] : [`${close} ${final ? "final" : "provisional"}`];
  });
  return [...new Set(facts)];
}
