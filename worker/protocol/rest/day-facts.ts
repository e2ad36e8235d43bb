/** What the vendors state of days: how their calendar differs from the built-in one, and what official rows changed in those before. */
import * as v from "valibot";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../format.ts";
import { Count, KstTime, listOf, SessionDate } from "../vocabulary.ts";

const FIELDS = ["open", "high", "low", "close", "volume", "value", "shares", "base"] as const;

/** A day of which a vendor's calendar states another thing than the built-in one. */
export const StatedDay = v.object({ day: SessionDate, session: v.boolean() });
export type StatedDay = v.InferOutput<typeof StatedDay>;

/** What the official rows of one session changed in the rows that stood before them; all counts are of stocks. */
export const SessionDifferences = v.object({
  session: SessionDate,
  /** Official rows. */
  rows: Count,
  /** Those whose stored value was another one; a value that was missing before is no difference. A field without any is not there. */
  fields: listOf(v.object({ field: v.picklist(FIELDS), stocks: Count })),
  /** Without a stored row. */
  added: Count,
  /** With a stored row that the official ones do not have. */
  unconfirmed: Count,
  /** When the official rows came. */
  at: KstTime,
});
export type SessionDifferences = v.InferOutput<typeof SessionDifferences>;

export function encodeStatedDay({
  day,
  isSession,
}: {
  readonly day: TradingDay;
  readonly isSession: boolean;
}): StatedDay {
  return { day: formatTradingDay(day), session: isSession };
}

/** As the book has it. Milliseconds since the epoch. */
interface KnownDifferences {
  readonly day: TradingDay;
  readonly rows: number;
  readonly fields: Readonly<Partial<Record<(typeof FIELDS)[number], number | undefined>>>;
  readonly added: number;
  readonly unconfirmed: number;
  readonly at: number;
}

export function encodeDifferences({ day, fields, at, ...counts }: KnownDifferences): SessionDifferences {
  const { rows, added, unconfirmed } = counts;
  return {
    session: formatTradingDay(day),
    rows,
    fields: FIELDS.flatMap((field) => {
      const stocks = fields[field] ?? 0;
      return stocks === 0 ? [] : [{ field, stocks }];
    }),
    added,
    unconfirmed,
    at: formatKst(at),
  };
}
