/** What an owner or a browser reads of its messages: what gathers, what was sent, what failed and when it is tried again. */
import * as v from "valibot";
import type { DeliveryView } from "../app/ports/alerts.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { keyOf } from "./messages.ts";

const ROW = v.object({
  number: v.number(),
  rule: v.string(),
  kind: v.picklist(["alert", "digest", "correction"]),
  messageState: v.picklist(["open", "sent", "withdrawn"]),
  openedAt: v.number(),
  dueAt: v.number(),
  title: v.nullable(v.string()),
  total: v.number(),
  receiver: v.nullable(v.string()),
  state: v.nullable(v.picklist(["waiting", "sent", "dead", "withdrawn"])),
  attempts: v.nullable(v.number()),
  sentAt: v.nullable(v.number()),
  nextAt: v.nullable(v.number()),
  reason: v.nullable(v.string()),
});

const QUERY = `SELECT message.number, message.rule, message.kind, message.state AS messageState, message.opened_at AS openedAt,
    message.due_at AS dueAt, CASE json_valid(message.body) WHEN 1 THEN message.body ->> 'title' END AS title,
    coalesce(CASE json_valid(message.body) WHEN 1 THEN message.body ->> 'total' END, (SELECT count(*) FROM hit WHERE hit.message = coalesce(message.of, message.number)
       AND (message.kind = 'correction') = (hit.is_taken > 0))) AS total,
    delivery.receiver, delivery.state, delivery.attempts, delivery.sent_at AS sentAt, delivery.next_at AS nextAt, coalesce(delivery.reason, message.reason) AS reason
  FROM message LEFT JOIN delivery ON delivery.message = message.number
  WHERE message.holder = ?1 AND (?2 IS NULL OR message.rule = ?2) ORDER BY message.nth DESC, delivery.receiver LIMIT ?3`;

/** Newest first; `ruleId` is `null` for all rules of the holder. */
export function deliveryLog(
  { sql }: AlertStorage,
  holder: string,
  ruleId: string | null,
  limit: number,
): readonly DeliveryView[] {
  const rule = ruleId === null ? null : `${holder}/${ruleId}`;
  const rows = sql.exec(QUERY, holder, rule, limit).toArray();
  // One that cannot be read was logged when it was settled.
  return rows.flatMap((row) => (v.is(ROW, row) ? [viewOf(row, holder)] : []));
}

function viewOf(row: v.InferOutput<typeof ROW>, holder: string): DeliveryView {
  const { receiver, kind, title, total, openedAt, sentAt, reason } = row;
  const id = receiver === null ? "" : receiver.slice(receiver.indexOf(":") + 1);
  const state = row.messageState === "open" ? "gathering" : (row.state ?? "withdrawn");
  return {
    key: id === "" ? keyOf(row) : `${keyOf(row)}-${id}`,
    ruleId: row.rule.slice(holder.length + 1),
    receiver: receiver?.startsWith("push:") === true ? "push" : id,
    kind,
    state,
    title,
    total,
    attempts: row.attempts ?? 0,
    createdAt: openedAt,
    sentAt,
    nextAt: state === "gathering" ? row.dueAt : state === "waiting" ? row.nextAt : null,
    reason,
  };
}
