/** What is known of a share over REST: its entry in the master, and the detector's verdict on it today. */
import * as v from "valibot";
import { InstrumentBody } from "../instrument.ts";
import { VerdictBody } from "../verdict.ts";
import { Count, ExchangeName, KstTime, listOf } from "../vocabulary.ts";

export const StocksBody = v.object({
  exchange: ExchangeName,
  stocks: listOf(InstrumentBody),
  count: Count,
  generated_at: KstTime,
});
export type StocksBody = v.InferOutput<typeof StocksBody>;

/** `instrument` is `null` while no master names the ticker, `verdict` while it has no bars; one of them is there. */
export const StockBody = v.object({
  exchange: ExchangeName,
  ticker: v.string(),
  instrument: v.nullable(InstrumentBody),
  verdict: v.nullable(VerdictBody),
  generated_at: KstTime,
});
export type StockBody = v.InferOutput<typeof StockBody>;
