/**
 * The day of a real market for a Worker that may not call the vendors: what it wants is asked of them here, and every answer goes
 * to its book, which decides (decision 041). Nothing is kept between two turns but the vendors' counts and tokens.
 */
import { parseTradingDay } from "../../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../../core/instrument/instrument.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { DayDelivery, DeliveryAnswer, WantedDays } from "../../../protocol/rest/market-days.ts";
import { type Log, logFailure } from "../../ports/log.ts";
import type { MarketSources } from "../../ports/market-sources.ts";
import { askForDay } from "./ask-for-day.ts";
import type { DayStep } from "./market-clock.ts";
import { nameOfStep } from "./official-day.ts";
import { recordSources } from "./recorded-answers.ts";
import { mastersOf } from "./vendor-master.ts";

export interface CollectPorts {
  readonly sources: MarketSources;
  readonly log: Log;
  /** Brings a step to the book. Rejects where the Worker is out of reach or refuses it. */
  deliver(delivery: DayDelivery): Promise<DeliveryAnswer>;
  /** After each date of the past. */
  onDate(backfill: WantedDays["backfill"]): void;
}

/** How a step ended. */
export type CollectedStep = Pick<DeliveryAnswer, "kind" | "day" | "status" | "text">;

export interface CollectedTurn {
  /** The day's steps, and the date of the past that was refused or failed. */
  readonly steps: readonly CollectedStep[];
  /** Dates of the past that came with rows. */
  readonly dates: number;
  readonly backfill: WantedDays["backfill"];
}

/** Every question of a step. What a source answers is written down by it; rejects as it does. */
async function askStep(step: DayStep, sources: MarketSources, tickers: readonly string[]): Promise<void> {
  const { day: source, evening } = sources;
  switch (step.kind) {
    case "backfill":
    case "official_day": {
      await (source && askForDay(step.day, source));
      break;
    }
    case "evening_snapshot": {
      const asked = tickers.flatMap((text) => parseTicker("KRX", text) ?? []);
      const quotes = asked.length === 0 ? null : await evening?.snapshot.quotes(asked);
      for (const code of quotes?.status === "ok" ? INDEX_CODES : []) {
        await evening?.history.index(code, step.day, step.day);
      }
      break;
    }
    case "official_master":
    case "present_master": {
      for (const { master, day } of mastersOf(step, sources)) {
        await master.instruments(day);
      }
      break;
    }
    case "calendar":
    case "history_day":
    case "activation": {
      throw new Error(`Nothing of the kind ${step.kind} can be collected`);
    }
  }
}

async function collectStep(
  step: Pick<DayDelivery, "kind" | "day">,
  tickers: readonly string[],
  ports: CollectPorts,
): Promise<DeliveryAnswer | CollectedStep> {
  const day = parseTradingDay(step.day);
  const { sources, answers } = recordSources(ports.sources);
  if (day !== null) {
    const asked: DayStep = { kind: step.kind, day };
    try {
      await askStep(asked, sources, tickers);
    } catch (error) {
      logFailure(ports.log, "collect_step_failed", error, { step: nameOfStep(asked) });
    }
  }
  return answers.length === 0
    ? { ...step, status: "not_ready", text: "the Worker has no master and no session yet to ask for" }
    : ports.deliver({ ...step, answers: [...answers] });
}

const keyOf = ({ kind, day }: Pick<DayDelivery, "kind" | "day">): string => `${kind} ${day}`;

/**
 * Each step that is due, once, and the past until it is there. A step that becomes due meanwhile comes before the next date. Rejects
 * as `deliver` does.
 */
export async function collectDays(first: WantedDays, ports: CollectPorts): Promise<CollectedTurn> {
  const done = new Set<string>();
  const steps: CollectedStep[] = [];
  let dates = 0;
  let wanted = first;
  for (let isOver = false; !isOver;) {
    const step = wanted.steps.find((one) => !done.has(keyOf(one)));
    const { next_day: next } = wanted.backfill;
    const date = next === null ? null : ({ kind: "backfill", day: next } as const);
    const asked = step ?? date;
    if (asked === null || done.has(keyOf(asked))) {
      break;
    }
    done.add(keyOf(asked));
    const ended = await collectStep(asked, wanted.tickers ?? [], ports);
    wanted = "wanted" in ended ? ended.wanted : wanted;
    const { kind, day, status, text } = ended;
    if (step !== undefined) {
      steps.push({ kind, day, status, text });
    } else {
      dates += status === "stored" ? 1 : 0;
      isOver = status === "denied" || status === "failed";
      steps.push(...(isOver ? [{ kind, day, status, text }] : []));
      ports.onDate(wanted.backfill);
    }
  }
  return { steps, dates, backfill: wanted.backfill };
}
