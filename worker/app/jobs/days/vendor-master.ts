/** The master as the vendors publish it, merged into the stored one: who publishes what is of no matter to the store (IG8a). */
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { MarketSources, MasterSource } from "../../ports/market-sources.ts";
import { countRejected } from "../../ports/rejected-lines.ts";
import { MasterMerge } from "../master-rows.ts";
import { type MasterPorts, storeMaster } from "../store-master.ts";
import { type DayStep, sessionsBefore } from "./market-clock.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";

/** A master, and the day as of which it is asked. */
export interface AskedMaster {
  readonly master: MasterSource;
  readonly day: TradingDay;
}

/** Whose masters a step is about. What both have is the official one's, whose counts are exact. */
export function mastersOf(
  { kind, day }: DayStep,
  { master, present }: Pick<MarketSources, "master" | "present">,
): readonly AskedMaster[] {
  const [before] = sessionsBefore(day, 1);
  const official = kind === "official_master" ? day : before;
  return [
    ...(present !== null && kind === "present_master" ? [{ master: present, day }] : []),
    ...(master !== null && official !== undefined ? [{ master, day: official }] : []),
  ];
}

/**
 * In the order of `asked`, of which later values count. One that has nothing to give is named, and the others are stored; when none
 * has, nothing is. Rejects as the sources and the store do.
 */
export async function fetchMasters(
  exchange: Exchange,
  asked: readonly AskedMaster[],
  ports: MasterPorts,
): Promise<StepOutcome> {
  const merge = new MasterMerge((key) => parseTicker(exchange, key));
  const without: StepOutcome[] = [];
  for (const [file, { master, day }] of asked.entries()) {
    const answer = await master.instruments(day);
    if (answer.status === "ok") {
      merge.take(
        answer.value.map((value, line) => ({ line, key: value.ticker, value })),
        file,
      );
    } else {
      without.push(outcomeOf(master.id, answer));
    }
  }
  const [first] = without;
  if (first !== undefined && without.length === asked.length) {
    return first;
  }
  const { added, replaced, unchanged, ...refused } = await storeMaster(exchange, merge.rows(), ports);
  const left = countRejected(refused);
  const parts = [
    `${added + replaced + unchanged} instruments: ${added} new, ${replaced} changed`,
    ...(left === 0 ? [] : [`${left} without a name or a market`]),
    ...without.map(({ text }) => text),
  ];
  // A scan is of bars: a name or a notice waits for the next session.
  return { status: "stored", moved: false, text: parts.join(", ") };
}
