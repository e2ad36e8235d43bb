/** A book that asks no vendor, and a machine beside it that asks them and brings it the answers: what `npm run collect` is over HTTP. */
import { collectDays, type CollectedTurn } from "../../app/jobs/days/collect-days.ts";
import type { MarketSources, TakenDelivery } from "../../app/ports/market-sources.ts";
import { assert } from "../../core/assert.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../../protocol/format.ts";
import type { DayDelivery, DeliveryAnswer, WantedDays } from "../../protocol/rest/market-days.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import type { MarketWorld } from "./market-world.ts";

export const ALL_SESSIONS = 400;

/** The routes in between, without their HTTP. */
export class Deliveries {
  readonly world: MarketWorld;
  readonly sources: MarketSources;
  /** Every delivery as it was sent. */
  readonly sent: Uint8Array[] = [];
  readonly sessions: number;

  constructor(world: MarketWorld, sources: MarketSources, sessions: number = ALL_SESSIONS) {
    this.world = world;
    this.sources = sources;
    this.sessions = sessions;
  }

  async wanted(): Promise<WantedDays> {
    const { day, master, present, evening, history } = this.sources;
    const can = {
      official: day !== null,
      master: master !== null,
      present: present !== null,
      snapshot: evening !== null,
      history: history !== null && day === null,
    };
    const wanted = await this.world.book.wantedDays(can, this.sessions);
    const { now, askedHere, steps, tickers, backfill, shares = null } = wanted;
    return {
      exchange: "KRX",
      now: formatKst(now),
      asked_here: [...askedHere],
      steps: steps.map((step) => ({ ...step, day: formatTradingDay(step.day) })),
      tickers,
      backfill: {
        exchange: "KRX",
        status: backfill?.status ?? "none",
        sessions: backfill?.sessions ?? 0,
        wanted: backfill?.wanted ?? 0,
        fetched: backfill?.fetched ?? 0,
        next_day:
          backfill === null || backfill.status === "done" || backfill.counts === "shares"
            ? null
            : formatTradingDay(backfill.next),
        holidays: [],
        started_at: null,
        seconds_left: null,
        reason: backfill?.reason ?? null,
      },
      shares: shares && {
        from: formatTradingDay(shares.from),
        to: formatTradingDay(shares.to),
        tickers: [...shares.tickers],
      },
    };
  }

  async send(delivery: DayDelivery): Promise<TakenDelivery> {
    const bytes = new TextEncoder().encode(JSON.stringify(delivery));
    this.sent.push(bytes);
    return this.world.book.takeDay(bytes, this.sessions);
  }

  async collect(): Promise<CollectedTurn> {
    return collectDays(await this.wanted(), {
      sources: this.sources,
      log: new MemoryLog(),
      onDate: () => undefined,
      deliver: async (delivery): Promise<DeliveryAnswer> => {
        const taken = await this.send(delivery);
        assert(taken.status !== "bad" && taken.status !== "asked_here", JSON.stringify(taken));
        return { ...taken, day: delivery.day, wanted: await this.wanted() };
      },
    });
  }
}
