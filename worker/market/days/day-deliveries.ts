/**
 * Days that another machine collects for this book: what it is to ask the vendors for, and what becomes of their answers. Every
 * decision is that of a book which asks them itself, because it gets the answers in the place of the vendors (decision 041).
 */
import * as v from "valibot";
import { type BackfillState, progressOf } from "../../app/jobs/days/backfill-state.ts";
import { deliveredSources } from "../../app/jobs/days/delivered-answers.ts";
import { BadDelivery } from "../../app/jobs/days/delivered-values.ts";
import { progressOfWalk } from "../../app/jobs/days/share-walk-state.ts";
import { whomToAsk } from "../../app/jobs/days/evening-snapshot.ts";
import { type ClockSources, type DayStep, dueSteps } from "../../app/jobs/days/market-clock.ts";
import type { DayBars } from "../../app/jobs/days/official-day.ts";
import type { SessionDays } from "../../app/jobs/days/session-days.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type {
  CollectorSources,
  DaySource,
  MarketSources,
  SourceId,
  TakenDelivery,
  WantedFromVendors,
} from "../../app/ports/market-sources.ts";
import {
  formatTradingDay,
  parseTradingDay,
  type TradingDay,
  tradingDayAt,
} from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { DayDelivery } from "../../protocol/rest/market-days.ts";
import type { BackfillRunner } from "./backfill-runner.ts";
import type { MarketPast } from "./market-past.ts";
import { STEPS_KEPT_DAYS, type StepTable } from "./step-table.ts";

/** So far the clocks of two machines may differ: the other one goes by this one's, measured over a network. */
const CLOCKS_DIFFER_MS = 60_000;

/** So long a machine that has stopped is missed; an owner may have given it up. */
const MISSED_DAYS = 30;

export interface DeliveryDeps {
  readonly clock: Clock;
  readonly steps: StepTable;
  readonly backfill: Pick<BackfillRunner, "ahead" | "deliver" | "progress">;
  readonly shares: Pick<MarketPast, "aheadOfShares" | "deliverShares">;
  readonly bars: Pick<DayBars, "listings" | "rowsByDay">;
  readonly instruments: Pick<InstrumentStore, "all">;
  exchange(): Exchange;
  days(): SessionDays;
  /** Those that the book asks itself. */
  own(): MarketSources | null;
  /** Does a step with these sources, to its row in the list of runs. Never rejects for a vendor's failure. */
  follow(step: DayStep, sources: MarketSources): Promise<StepOutcome>;
}

function idsOf(sources: MarketSources | null): readonly SourceId[] {
  const all = [sources?.day, sources?.master, sources?.present, sources?.evening?.snapshot, sources?.history];
  return [...new Set(all.flatMap((one) => one?.id ?? []))];
}

function read(bytes: Uint8Array): DayDelivery {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  const parsed = v.safeParse(
    v.pipe(
      v.instance(Uint8Array),
      v.rawTransform(({ dataset, addIssue, NEVER }) => {
        try {
          return text.decode(dataset.value);
        } catch {
          addIssue({ message: "is not UTF-8" });
          return NEVER;
        }
      }),
      v.parseJson(undefined, "is not JSON"),
      DayDelivery,
    ),
    bytes,
    // A body of faults has more of them than an object can hold.
    { abortEarly: true },
  );
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw new BadDelivery(`${v.getDotPath(issue) ?? "body"}: ${issue.message}`);
}

export class DayDeliveries {
  readonly #deps: DeliveryDeps;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** Rejects as the store of instruments does. */
  async wanted(can: CollectorSources, sessions: number): Promise<WantedFromVendors> {
    const { bars, clock, instruments, steps } = this.#deps;
    const now = clock.now();
    const past = can.official ? this.#deps.backfill.ahead(sessions) : null;
    const walk =
      can.history === true && past === null ? await this.#deps.shares.aheadOfShares(sessions) : null;
    const due = [
      // The vendor's calendar is for whoever has the key here; another machine brings rows.
      ...dueSteps(now, can, (step) => steps.isSettled(step), this.#deps.days()).flatMap(({ kind, day }) =>
        kind === "calendar" || kind === "history_day" || kind === "activation" ? [] : [{ kind, day }],
      ),
      ...(can.master && past !== null ? this.#masterOfPast(past) : []),
      // A past of shares begins with the list of them, whatever the day and the hour.
      ...(can.present && walk?.hasMaster === false
        ? [{ kind: "present_master", day: tradingDayAt(now) } as const]
        : []),
    ];
    const evening = due.find(({ kind }) => kind === "evening_snapshot");
    return {
      now,
      askedHere: idsOf(this.#deps.own()),
      steps: due,
      tickers:
        evening === undefined
          ? null
          : (await whomToAsk(this.#deps.exchange(), evening.day, { bars, instruments })).tickers,
      backfill: past !== null ? progressOf(past) : walk && progressOfWalk(walk.walk),
      shares:
        walk?.hasMaster === true && walk.walk.status === "running"
          ? { ...walk.walk, tickers: walk.tickers }
          : null,
    };
  }

  /** MD35: what such a machine has brought of late, so that one that has stopped is missed; `null` where there was none. */
  brought(): ClockSources | null {
    const { backfill, clock, steps } = this.#deps;
    const since = tradingDayAt(clock.now()) - MISSED_DAYS;
    const has = (kind: DayStep["kind"]): boolean => (steps.newest(kind)?.day ?? 0) >= since;
    const begun = backfill.progress()?.startedAt ?? null;
    const official = has("official_day") || (begun !== null && tradingDayAt(begun) >= since);
    const [master, present, snapshot] = [
      has("official_master"),
      has("present_master"),
      has("evening_snapshot"),
    ];
    return official || snapshot ? { official, master, present, snapshot } : null;
  }

  /** Rejects as the stores do. */
  async take(bytes: Uint8Array, sessions: number): Promise<TakenDelivery> {
    try {
      return await this.#take(read(bytes), sessions);
    } catch (error) {
      if (error instanceof BadDelivery) {
        return { status: "bad", text: error.message };
      }
      throw error;
    }
  }

  async #take({ kind, day: date, answers }: DayDelivery, sessions: number): Promise<TakenDelivery> {
    const { clock, steps } = this.#deps;
    const now = clock.now();
    const today = tradingDayAt(now);
    const day = parseTradingDay(date);
    const isOfToday = kind === "present_master" || kind === "evening_snapshot";
    if (day === null || (isOfToday ? day !== today : day >= today)) {
      throw new BadDelivery(
        `day: ${kind} is of ${isOfToday ? "today" : "a session before today"}, not ${date}`,
      );
    }
    if (kind === "official_day") {
      this.#refuseNoSession(day, today);
    }
    const sources = deliveredSources(answers, day, now + CLOCKS_DIFFER_MS);
    const own = idsOf(this.#deps.own());
    const twice = idsOf(sources).find((id) => own.includes(id));
    if (twice !== undefined) {
      return { status: "asked_here", source: twice };
    }
    if (!isAnswered(kind, sources)) {
      throw new BadDelivery(`answers: none of them is to a question of ${kind}`);
    }
    if (kind === "past_shares") {
      return this.#tookShares(day, sources, answers, sessions);
    }
    const step = { kind, day };
    const outcome =
      kind === "backfill"
        ? await this.#backfilled(day, sources.day, sessions)
        : steps.isSettled(step)
          ? null
          : await this.#deps.follow(step, sources);
    return outcome === null
      ? { ...step, status: "repeated", text: "it was settled before" }
      : { ...step, status: outcome.status, text: outcome.text };
  }

  async #tookShares(
    day: TradingDay,
    { history }: MarketSources,
    answers: DayDelivery["answers"],
    sessions: number,
  ): Promise<TakenDelivery> {
    const tickers = answers.flatMap((one) => (one.call === "share" ? [one.ticker] : []));
    const outcome = history && (await this.#deps.shares.deliverShares(history, tickers, sessions));
    const step = { kind: "past_shares", day } as const;
    return outcome === null
      ? { ...step, status: "repeated", text: "it is not what comes next" }
      : { ...step, status: outcome.status, text: outcome.text };
  }

  /** A book asks for no such day itself; of one that is older than its steps nobody knows whether it was settled. */
  #refuseNoSession(day: TradingDay, today: TradingDay): void {
    const date = formatTradingDay(day);
    if (day < today - STEPS_KEPT_DAYS) {
      throw new BadDelivery(`day: ${date} is older than ${STEPS_KEPT_DAYS} days; npm run import takes it`);
    }
    if (this.#deps.days().isSession(day) === false) {
      throw new BadDelivery(`day: ${date} is no session`);
    }
  }

  async #backfilled(
    day: TradingDay,
    source: DaySource | null,
    sessions: number,
  ): Promise<StepOutcome | null> {
    return source === null ? null : this.#deps.backfill.deliver(day, source, sessions);
  }

  /**
   * A market without a master is judged without one: that of the newest session comes before the rest of the past. One
   * that came later has all that it has (MD36), also when its own step is forgotten.
   */
  #masterOfPast({ newest }: BackfillState): WantedFromVendors["steps"] {
    if (newest === null) {
      return [];
    }
    const { steps } = this.#deps;
    const step = { kind: "official_master", day: newest } as const;
    const isThere = (["official_master", "present_master"] as const).some((kind) =>
      steps.isSettledAfter({ kind, day: newest }),
    );
    return isThere || steps.isSettled(step) ? [] : [step];
  }
}

/** A step without any of its answers would be done with nothing. */
function isAnswered(
  kind: DayDelivery["kind"],
  { day, master, present, evening, history }: MarketSources,
): boolean {
  switch (kind) {
    case "official_day":
    case "backfill": {
      return day !== null;
    }
    case "evening_snapshot": {
      return evening !== null;
    }
    case "official_master": {
      return master !== null;
    }
    case "present_master": {
      return present !== null || master !== null;
    }
    case "past_shares": {
      return history !== null;
    }
  }
}
