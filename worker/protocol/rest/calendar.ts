/** `/calendar`: whether it is a session now, when the next one is, which days are closed, and how sure each of these is. */
import * as v from "valibot";
import { ExchangeName, KstTime, listOf, SessionDate } from "../vocabulary.ts";

/** `confirmed`: agrees with the exchange's own bars; `announced`: as published; `derived`: from the law. */
const Confidence = v.picklist(["confirmed", "announced", "derived"]);

/** The body of the route. Instants in KST. */
export const CalendarBody = v.object({
  exchange: ExchangeName,
  session: v.object({
    /** Today in Seoul; of the demo the day on its own clock, `null` before it runs. */
    date: v.nullable(SessionDate),
    /** `unknown`: the table of holidays does not reach so far, or the demo's clock is not there. */
    state: v.picklist(["before_open", "open", "after_close", "break", "holiday", "weekend", "unknown"]),
    opens_at: v.nullable(KstTime),
    closes_at: v.nullable(KstTime),
    /** Why the hours are not 09:00 to 15:30. */
    shifted: v.nullable(v.picklist(["first_session", "exam"])),
    holiday: v.nullable(v.object({ en: v.string(), ko: v.string() })),
    confidence: v.nullable(Confidence),
  }),
  /** `null`: not known. */
  next_open: v.nullable(v.object({ at: KstTime, date: SessionDate, confidence: Confidence })),
  /** The newest session of which there are bars. */
  last_session: v.nullable(SessionDate),
  /** Closed weekdays from the first of January on. */
  holidays: listOf(v.object({ date: SessionDate, en: v.string(), ko: v.string(), confidence: Confidence })),
  /** The days that the table of holidays covers; `null`: this exchange has none. */
  covers: v.nullable(v.object({ first: SessionDate, last: SessionDate })),
  /** What is not known, in a sentence. */
  note: v.nullable(v.string()),
  generated_at: KstTime,
});
export type CalendarBody = v.InferOutput<typeof CalendarBody>;
