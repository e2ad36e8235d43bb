/** What forms in a running session, over REST: rows like those of the list, which nobody has stored. */
import * as v from "valibot";
import { Count, ExchangeName, KstTime, listOf, SessionDate } from "../vocabulary.ts";
import { SignalRow } from "../signal-row.ts";

/** `forming` is `null` where no session was judged: the owner has not asked for it, none runs, or prices are missing. */
export const FormingBody = v.object({
  exchange: ExchangeName,
  forming: v.nullable(
    v.object({
      as_of: SessionDate,
      /** When the prices were asked for. */
      at: KstTime,
      /** Shares with a price of the session, and shares of the session before. */
      quoted: Count,
      expected: Count,
      /** What the evening's scan would list for the first time if the session closed at these prices, best first. */
      signals: listOf(SignalRow),
    }),
  ),
  generated_at: KstTime,
});
export type FormingBody = v.InferOutput<typeof FormingBody>;
