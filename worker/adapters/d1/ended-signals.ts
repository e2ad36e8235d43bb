/** The archive on D1: signals that have ended, by the index of their end. */
import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { EndedCursor, EndedFilter, StoredEnding } from "../../app/ports/scan-ledger.ts";
import { contains } from "./instrument-store.ts";
import { instrumentTable, outcomeTable, signalTable } from "./schema.ts";
import { OF_ITS_SHARE, SHOWN_COLUMNS, signalOf } from "./signal-rows.ts";
import { check, grade as gradeName } from "./stored-value.ts";

function endingOf(ending: EndedFilter["ending"]): SQL | undefined {
  switch (ending) {
    case null:
      return undefined;
    case "stopped":
      return and(eq(signalTable.state, "FAILED"), isNotNull(signalTable.enteredOn));
    case "broken":
      return and(eq(signalTable.state, "FAILED"), isNull(signalTable.enteredOn));
    case "over":
      return and(eq(signalTable.state, "EXPIRED"), isNotNull(signalTable.enteredOn));
    case "left":
      return and(eq(signalTable.state, "EXPIRED"), isNull(signalTable.enteredOn));
  }
}

/** Of the signal's outcomes, which have one grade; by their key. */
const ENTRY_GRADE = sql<string | null>`(
  select ${outcomeTable.grade} from ${outcomeTable} where ${outcomeTable.signalId} = ${signalTable.id} limit 1
)`;

/** The signal's own name too: its share may stand in no master. */
function named(text: string | null): SQL | undefined {
  if (text === null) {
    return undefined;
  }
  const ownName = sql`json_extract(${signalTable.detail}, '$.name')`;
  return or(
    contains(signalTable.ticker, text),
    contains(instrumentTable.name, text),
    contains(instrumentTable.nameEn, text),
    sql`instr(lower(${ownName}), lower(${text})) > 0`,
  );
}

function matching({
  exchange,
  market,
  grade,
  entryGrade,
  ending,
  from,
  to,
  text,
}: EndedFilter): SQL | undefined {
  return and(
    eq(signalTable.exchange, exchange),
    isNotNull(signalTable.endedOn),
    isNull(signalTable.withdrawnBy),
    from === null ? undefined : gte(signalTable.endedOn, from),
    to === null ? undefined : lte(signalTable.endedOn, to),
    market === null ? undefined : eq(signalTable.market, market),
    grade === null ? undefined : eq(signalTable.grade, grade),
    entryGrade === null ? undefined : sql`${ENTRY_GRADE} = ${entryGrade}`,
    endingOf(ending),
    named(text),
  );
}

function following(cursor: EndedCursor | null): SQL | undefined {
  return cursor === null
    ? undefined
    : or(
        lt(signalTable.endedOn, cursor.endedOn),
        and(eq(signalTable.endedOn, cursor.endedOn), gt(signalTable.id, cursor.id)),
      );
}

export async function endedSignals(
  db: DrizzleD1Database,
  filter: EndedFilter,
  after: EndedCursor | null,
  limit: number,
): Promise<readonly StoredEnding[]> {
  const rows = await db
    .select({ ...SHOWN_COLUMNS, entryGrade: ENTRY_GRADE })
    .from(signalTable)
    .leftJoin(instrumentTable, OF_ITS_SHARE)
    .where(and(matching(filter), following(after)))
    .orderBy(desc(signalTable.endedOn), asc(signalTable.id))
    .limit(limit);
  return rows.map(({ entryGrade, ...row }) => ({
    ...signalOf(row),
    entryGrade: check(v.nullable(gradeName), entryGrade, `grade at the entry of ${row.id}`),
  }));
}

export async function countEndedSignals(db: DrizzleD1Database, filter: EndedFilter): Promise<number> {
  const [row] = await db
    .select({ ended: sql<number>`count(*)` })
    .from(signalTable)
    .leftJoin(instrumentTable, OF_ITS_SHARE)
    .where(matching(filter));
  return row?.ended ?? 0;
}
