/** The messages of all rules: what has gathered long enough, what it is made of, and how it ended. Each call is one transaction. */
import * as v from "valibot";
import { type HeldRule, type OnUnread, OWNER } from "../app/ports/alert-rules.ts";
import { tellAt } from "../core/alerts/alert-rule.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { holderOf, ruleKey } from "./rule-index.ts";

/** Of a message that another version or a fault left as nobody can read it. */
export const UNREAD = "what was kept of it cannot be read";

/** Messages that stay with their log, of each holder: whoever is told much takes no place of another's. */
const KEPT = { owner: 5_000, browser: 200 };
/** Of the code of before there may be more than these. */
const MOST_PRUNED = 50;

/** A message that is gathered, sent or withdrawn. */
export interface QueuedMessage {
  readonly number: number;
  readonly rule: string;
  readonly kind: "alert" | "digest" | "correction";
  readonly openedAt: number;
  /** The message that a correction is about. */
  readonly of: number | null;
}

const QUEUED = v.object({
  number: v.number(),
  rule: v.string(),
  kind: v.picklist(["alert", "digest", "correction"]),
  openedAt: v.number(),
  of: v.nullable(v.number()),
});

const COLUMNS = "number, rule, kind, opened_at AS openedAt, of";

export class Messages {
  readonly #storage: AlertStorage;
  readonly #sql: AlertStorage["sql"];

  constructor(storage: AlertStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** Messages that have gathered long enough, the oldest first. One that cannot be read is settled, and given to `onUnread`. */
  due(now: number, onUnread: OnUnread = () => undefined): readonly QueuedMessage[] {
    const rows = this.#sql
      .exec(
        `SELECT ${COLUMNS} FROM message WHERE state = 'open' AND due_at <= ? ORDER BY due_at, number LIMIT 100`,
        now,
      )
      .toArray();
    return rows.flatMap((row) => {
      const parsed = v.safeParse(QUEUED, row);
      if (!parsed.success) {
        const number = Number(row["number"]);
        this.#settle(number, "withdrawn", null, UNREAD, now);
        onUnread(`message ${number}`, new v.ValiError(parsed.issues));
      }
      return parsed.success ? [parsed.output] : [];
    });
  }

  #settle(number: number, state: string, body: string | null, reason: string | null, now: number): void {
    this.#sql.exec(
      "UPDATE message SET state = ?, closed_at = ?, body = ?, reason = ? WHERE number = ?",
      state,
      now,
      body,
      reason,
      number,
    );
  }

  /** AL7: it waits on, for a rule whose hours have begun since. */
  postpone(number: number, dueAt: number): void {
    this.#sql.exec("UPDATE message SET due_at = ? WHERE number = ?", dueAt, number);
  }

  /** What stands of a message, oldest first; of a correction what it takes back and no other correction took back before. */
  eventsOf({ number, kind, of }: QueuedMessage): readonly string[] {
    const isCorrection = kind === "correction";
    const rows = this.#sql.exec<{ detail: string }>(
      `SELECT detail FROM hit WHERE message = ? AND is_taken = ${isCorrection ? "1" : "0"} ORDER BY at, rowid`,
      isCorrection ? of : number,
    );
    return rows.toArray().map(({ detail }) => detail);
  }

  /** It has nobody or nothing left, for this reason. */
  withdraw(message: QueuedMessage, reason: string, now: number): void {
    this.#end(message, { body: null, receivers: [], reason }, now);
  }

  /** AL27: all that gathers for a rule. */
  withdrawOf(rule: string, reason: string, now: number): void {
    this.#sql.exec(
      "UPDATE message SET state = 'withdrawn', closed_at = ?, reason = ? WHERE rule = ? AND closed_at IS NULL",
      now,
      reason,
      rule,
    );
  }

  /** AL30: when what gathers for a rule is due by its hours as they are now; a digest that is one no more is due as any other message. */
  judgeAnew({ rule, holder }: HeldRule, now: number): void {
    const rows = this.#sql
      .exec<{ number: number; kind: string; readyAt: number | null; lastAt: number; dueAt: number }>(
        `SELECT number, kind, ready_at AS readyAt, last_at AS lastAt, due_at AS dueAt FROM message
         WHERE rule = ? AND closed_at IS NULL`,
        ruleKey({ rule, holder }),
      )
      .toArray();
    for (const { number, kind, readyAt, lastAt, dueAt } of rows) {
      const isDigest = kind === "digest" && rule.digest;
      const ready = isDigest ? (readyAt ?? dueAt) : kind === "digest" ? lastAt : (readyAt ?? lastAt);
      this.postpone(number, tellAt(rule, Math.max(ready, now)));
    }
  }

  /** AL13: what a correction stated is stated once. */
  close(message: QueuedMessage, body: string, receivers: readonly string[], now: number): void {
    const reason = receivers.length === 0 ? "nobody was there to be told" : null;
    this.#end(message, { body, receivers, reason }, now);
  }

  #end(
    { number, rule, kind, of }: QueuedMessage,
    { body, receivers, reason }: { body: string | null; receivers: readonly string[]; reason: string | null },
    now: number,
  ): void {
    this.#storage.transactionSync(() => {
      const state = reason === null ? "sent" : "withdrawn";
      this.#settle(number, state, body, reason, now);
      if (kind === "correction") {
        this.#sql.exec("UPDATE hit SET is_taken = 2 WHERE message = ? AND is_taken = 1", of);
      }
      for (const receiver of receivers) {
        this.#sql.exec(
          `INSERT INTO receiver VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next_at = min(next_at, excluded.next_at)`,
          receiver,
          now,
        );
        this.#sql.exec(
          "INSERT OR IGNORE INTO delivery (message, receiver, state, attempts, created_at, next_at) VALUES (?, ?, 'waiting', 0, ?, ?)",
          number,
          receiver,
          now,
          now,
        );
      }
      this.#prune(holderOf(rule));
    });
  }

  /** When the next message is due; `null` without one that gathers. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(due_at) AS at FROM message WHERE state = 'open'")
      .one().at;
  }

  /** AL28: the newest of each holder stay, with what they were made of; one that is not settled stays too. */
  #prune(holder: string): void {
    const old = this.#sql.exec<{ number: number }>(
      `SELECT number FROM message WHERE holder = ? AND nth <= (SELECT max(nth) FROM message WHERE holder = ?) - ?
         AND closed_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.message = message.number AND delivery.state = 'waiting')
       ORDER BY nth LIMIT ?`,
      holder,
      holder,
      holder === OWNER ? KEPT.owner : KEPT.browser,
      MOST_PRUNED,
    );
    this.#delete(old.toArray());
  }

  /** AL28: all that is kept of a browser that is gone. */
  purge(holder: string): void {
    this.#storage.transactionSync(() => {
      this.#delete(
        this.#sql.exec<{ number: number }>("SELECT number FROM message WHERE holder = ?", holder).toArray(),
      );
    });
  }

  #delete(messages: readonly { readonly number: number }[]): void {
    for (const { number } of messages) {
      this.#sql.exec("DELETE FROM hit WHERE message = ?", number);
      this.#sql.exec("DELETE FROM delivery WHERE message = ?", number);
      this.#sql.exec("DELETE FROM message WHERE number = ?", number);
    }
  }

  /** Who has a message. */
  holders(): readonly string[] {
    return this.#sql
      .exec<{ holder: string }>(
        `WITH RECURSIVE each(holder) AS (
           SELECT min(holder) FROM message
           UNION ALL SELECT (SELECT min(holder) FROM message WHERE holder > each.holder) FROM each WHERE holder IS NOT NULL
         ) SELECT holder FROM each WHERE holder IS NOT NULL`,
      )
      .toArray()
      .map(({ holder }) => holder);
  }
}

/** Of one message alone, also after the object has lost its storage and counts anew. */
export function keyOf({ number, openedAt }: Pick<QueuedMessage, "number" | "openedAt">): string {
  return `${openedAt.toString(36)}-${number.toString(36)}`;
}
