/** The master as the vendors publish it, merged into the stored one: who publishes what is of no matter to the store (IG8a). */
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { MasterSource } from "../../ports/market-sources.ts";
import { countRejected } from "../../ports/rejected-lines.ts";
import { MasterMerge } from "../master-rows.ts";
import { type MasterPorts, storeMaster } from "../store-master.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";

/** `master` is asked as of `day`. Rejects as it does, and as the store does. */
export async function fetchMaster(
  exchange: Exchange,
  day: TradingDay,
  master: MasterSource,
  ports: MasterPorts,
): Promise<StepOutcome> {
  const answer = await master.instruments(day);
  if (answer.status !== "ok") {
    return outcomeOf(master.id, answer);
  }
  const merge = new MasterMerge((key) => parseTicker(exchange, key));
  merge.take(answer.value.map((value, line) => ({ line, key: value.ticker, value })));
  const { added, replaced, unchanged, ...refused } = await storeMaster(exchange, merge.rows(), ports);
  const left = countRejected(refused);
  return {
    status: "stored",
    // A scan is of bars: a name or a notice waits for the next session.
    moved: false,
    text: `${added + replaced + unchanged} instruments: ${added} new, ${replaced} changed${
      left === 0 ? "" : `, ${left} without a name or a market`
    }`,
  };
}
