/** The lists of signals: which rows a filter means, and where a page begins. */
import { and, eq, gt, gte, isNull, lt, or, type SQL } from "drizzle-orm";
import type { SignalCursor, SignalFilter } from "../../app/ports/scan-ledger.ts";
import { signalTable } from "./schema.ts";

/** A filter without a state selects the open signals: the rows that have not ended. */
export function matching(filter: SignalFilter): SQL | undefined {
  const { exchange, state, market, grade, minScore, ticker } = filter;
  return and(
    eq(signalTable.exchange, exchange),
    state === null ? isNull(signalTable.endedOn) : eq(signalTable.state, state),
    market === null ? undefined : eq(signalTable.market, market),
    grade === null ? undefined : eq(signalTable.grade, grade),
    minScore === null ? undefined : gte(signalTable.score, minScore),
    ticker === null ? undefined : eq(signalTable.ticker, ticker),
  );
}

/** Rows after the cursor in the order score falling, then id. */
export function following(cursor: SignalCursor | null): SQL | undefined {
  if (cursor === null) {
    return undefined;
  }
  return or(
    lt(signalTable.score, cursor.score),
    and(eq(signalTable.score, cursor.score), gt(signalTable.id, cursor.id)),
  );
}
