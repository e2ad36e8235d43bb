/** Lists of signals over REST, in the order of their score: apart from a signal in full, which a page of lists does not load. */
import * as v from "valibot";
import { SignalRow } from "../signal-row.ts";
import { Count, ExchangeName, KstTime, listOf } from "../vocabulary.ts";

/** `/signals/vcp`. `count` is of all that match, on this page or not. */
export const VcpSignalsBody = v.object({
  exchange: ExchangeName,
  signals: listOf(SignalRow),
  count: Count,
  generated_at: KstTime,
});
export type VcpSignalsBody = v.InferOutput<typeof VcpSignalsBody>;

/** `/signals`. `next_cursor`, opaque, asks for the page after this one; `null` on the last. */
export const SignalsBody = v.object({ ...VcpSignalsBody.entries, next_cursor: v.nullable(v.string()) });
export type SignalsBody = v.InferOutput<typeof SignalsBody>;

/** `/stocks/{ticker}/signals`: open and ended ones, the latest born first. */
export const StockSignalsBody = v.object({ ...VcpSignalsBody.entries, ticker: v.string() });
export type StockSignalsBody = v.InferOutput<typeof StockSignalsBody>;
