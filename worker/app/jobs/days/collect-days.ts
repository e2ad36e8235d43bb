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
  /** `false`: what is due now alone. */
  readonly past?: boolean;
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
  /** Dates of the past that came with rows, or shares of it. */
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

/** A step that is asked for by itself; shares of the past come nine at a time. */
type OwnStep = { readonly kind: Exclude<DayDelivery["kind"], "past_shares">; readonly day: string };

async function collectStep(
  step: OwnStep,
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

/** KW26: the past of some shares at once, or the indices' where none is named. */
async function collectShares(
  { from: first, to: last, tickers }: NonNullable<WantedDays["shares"]>,
  ports: CollectPorts,
): Promise<DeliveryAnswer | CollectedStep> {
  const [from, to] = [parseTradingDay(first), parseTradingDay(last)];
  const { sources, answers } = recordSources(ports.sources);
  const { history } = sources;
  const ask = async (what: string, question: () => Promise<unknown>): Promise<void> => {
    try {
      await question();
    } catch (error) {
      // The answer states it, and the book decides what follows.
      logFailure(ports.log, "collect_share_failed", error, { what });
    }
  };
  if (history !== null && from !== null && to !== null) {
    const shares = tickers.flatMap((text) => parseTicker("KRX", text) ?? []);
    await Promise.all(shares.map(async (ticker) => ask(ticker, async () => history.share(ticker, from, to))));
    for (const code of tickers.length === 0 ? INDEX_CODES : []) {
      await ask(code, async () => history.index(code, from, to));
    }
  }
  const step = { kind: "past_shares", day: last } as const;
  return answers.length === 0
    ? { ...step, status: "failed", text: "no vendor here has the past of a share" }
    : ports.deliver({ ...step, answers: [...answers] });
}

/** What comes next, and what it is known by; `null` when nothing does. */
interface NextAsk {
  readonly key: string;
  /** Whether it is one of the day's steps, each of which is stated. */
  readonly isStep: boolean;
  /** How many dates or shares of the past it is. */
  readonly size: number;
  ask(): Promise<DeliveryAnswer | CollectedStep>;
}

const keyOf = ({ kind, day }: Pick<DayDelivery, "kind" | "day">): string => `${kind} ${day}`;

function nextOf(wanted: WantedDays, done: ReadonlySet<string>, ports: CollectPorts): NextAsk | null {
  for (const { kind, day } of wanted.steps) {
    if (kind !== "past_shares" && !done.has(keyOf({ kind, day }))) {
      const step: OwnStep = { kind, day };
      const ask = async (): ReturnType<NextAsk["ask"]> => collectStep(step, wanted.tickers ?? [], ports);
      return { key: keyOf(step), isStep: true, size: 1, ask };
    }
  }
  const { shares } = wanted;
  const { next_day: next } = wanted.backfill;
  if (ports.past === false) {
    return null;
  }
  if (next !== null) {
    const step: OwnStep = { kind: "backfill", day: next };
    return { key: keyOf(step), isStep: false, size: 1, ask: async () => collectStep(step, [], ports) };
  }
  return (
    shares && {
      key: `past_shares ${shares.tickers.join(" ")}`,
      isStep: false,
      size: shares.tickers.length,
      ask: async () => collectShares(shares, ports),
    }
  );
}

/**
 * Each step that is due, once, and the past until it is there. A step that becomes due meanwhile comes before the next of the past.
 * Rejects as `deliver` does.
 */
export async function collectDays(first: WantedDays, ports: CollectPorts): Promise<CollectedTurn> {
  const done = new Set<string>();
  const steps: CollectedStep[] = [];
  let dates = 0;
  let wanted = first;
  for (let isOver = false; !isOver;) {
    const next = nextOf(wanted, done, ports);
    if (next === null || done.has(next.key)) {
      break;
    }
    done.add(next.key);
    const ended = await next.ask();
    wanted = "wanted" in ended ? ended.wanted : wanted;
    const { kind, day, status, text } = ended;
    if (next.isStep) {
      steps.push({ kind, day, status, text });
    } else {
      dates += status === "stored" ? next.size : 0;
      isOver = status === "denied" || status === "failed";
      steps.push(...(isOver ? [{ kind, day, status, text }] : []));
      ports.onDate(wanted.backfill);
    }
  }
  return { steps, dates, backfill: wanted.backfill };
}
