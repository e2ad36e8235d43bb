/** An event of the alert log as a row and back. */
import * as v from "valibot";
import type { LoggedAlert, UnreadAlert } from "../../app/ports/alert-log.ts";
import { type AlertEvent, NEAR_STEPS, SIGNAL_ALERT_KINDS } from "../../core/alerts/alert-event.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { alertEventTable } from "./schema.ts";
import {
  day,
  decode,
  encode,
  exchange,
  gateStatus,
  grade,
  market,
  number,
  signalState,
  type Stored,
} from "./stored-value.ts";

const BASE = { id: v.string(), exchange, day, at: number };

const EVENT: Stored<AlertEvent> = v.union([
  v.object({
    ...BASE,
    kind: v.picklist(SIGNAL_ALERT_KINDS),
    signalId: v.string(),
    ticker: v.string(),
    name: v.string(),
    nameEn: v.nullable(v.string()),
    market: v.nullable(market),
    grade,
    state: signalState,
    price: number,
    pivot: number,
    entry: number,
    stop: number,
    within: v.nullable(v.picklist(NEAR_STEPS)),
    reason: v.string(),
  }),
  v.object({ ...BASE, kind: v.literal("gate"), from: gateStatus, to: gateStatus }),
  v.object({ ...BASE, kind: v.picklist(["scan_overdue", "feed_stale"]) }),
  v.object({ ...BASE, kind: v.literal("withdrawn"), of: v.string() }),
]);

type AlertRow = typeof alertEventTable.$inferSelect;

/** Events of each exchange that stay: some days of the demo, years of a real market. */
const KEPT = 20_000;
/** AL29: what was not counted yet, after all that was. Reads no more rows than it counts. */
const COUNT = `update alert_event set nth = counted.nth from (
  select position, row_number() over (order by position) +
    (select coalesce(max(nth), 0) from alert_event where exchange = ?1) as nth
  from alert_event where exchange = ?1 and nth = 0) as counted
  where alert_event.position = counted.position`;
/** Reads no more rows than it deletes. */
const OLD = `delete from alert_event where exchange = ?1 and nth <= (select max(nth) from alert_event where exchange = ?1) - ?2`;

/** AL1: one that stands already stays as it is. AL29: what is older than the kept ones of its exchange leaves with the write. */
export function alertStatements(
  d1: D1Database,
  events: readonly AlertEvent[],
  kept = KEPT,
): readonly D1PreparedStatement[] {
  const rows = events.map((event) => {
    const { id, exchange: of, kind, at } = event;
    return { id, exchange: of, kind, at, detail: encode(EVENT, event, `alert ${id}`) };
  });
  const written = bulkInsert(d1, alertEventTable, rows, { key: [alertEventTable.id], action: "ignore" });
  const exchanges = [...new Set(events.map((event) => event.exchange))];
  return [
    ...written,
    ...exchanges.flatMap((one) => [d1.prepare(COUNT).bind(one), d1.prepare(OLD).bind(one, kept)]),
  ];
}

export function alertOf({ position, id, detail }: AlertRow): LoggedAlert | UnreadAlert {
  try {
    return { position, event: decode(EVENT, detail, `alert ${id}`) };
  } catch (error) {
    // Returned to whoever reads the log, who states it once, on the way past it.
    return { position, event: null, fault: error instanceof Error ? error.message : String(error) };
  }
}

export function isRead(alert: LoggedAlert | UnreadAlert): alert is LoggedAlert {
  return alert.event !== null;
}
