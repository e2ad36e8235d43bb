/** Each message to each receiver until it has arrived or was given up: what is due, what came of it, and the log that an owner reads. */
import * as v from "valibot";
import type { SendOutcome } from "../app/ports/alert-channel.ts";
import type { OnUnread } from "../app/ports/alert-rules.ts";
import { retryAt, TOO_OLD_MS } from "../core/alerts/message-timing.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { UNREAD } from "./messages.ts";

/** A process that dies while it sends leaves an attempt without an end; so long after its begin, ten seconds at most, the message is sent again. */
export const LEASE_MS = 15_000;
/** A correction asks again so often whether the message that it is about has arrived. */
const ASK_AGAIN_MS = 5_000;

/** One message on its way to one receiver; `body` is the message as JSON. */
export interface DueDelivery {
  readonly message: number;
  readonly receiver: string;
  /** The key of its rule among those of all holders. */
  readonly rule: string;
  readonly attempts: number;
  readonly createdAt: number;
  readonly body: string;
  /** Of a correction: what became of the message that it is about at this receiver. */
  readonly before: string | null;
}

const WAITING = v.object({
  message: v.number(),
  receiver: v.string(),
  kind: v.string(),
  /** When it was due before quiet hours held it; `null` for one that they do not hold. */
  readyAt: v.nullable(v.number()),
});
export type WaitingDelivery = Readonly<v.InferOutput<typeof WAITING>>;

const DUE = v.object({
  message: v.number(),
  receiver: v.string(),
  rule: v.string(),
  attempts: v.number(),
  createdAt: v.number(),
  body: v.string(),
  before: v.nullable(v.string()),
});

export class Deliveries {
  readonly #sql: AlertStorage["sql"];

  constructor({ sql }: AlertStorage) {
    this.#sql = sql;
  }

  /** Of each receiver its oldest, the oldest first: one that is slow keeps no other waiting, and gets its messages in their order. */
  due(now: number, limit: number, busy: readonly string[], onUnread: OnUnread): readonly DueDelivery[] {
    const passed = new Set(busy);
    const receivers = this.#sql
      .exec<{ name: string }>(
        "SELECT name FROM receiver WHERE next_at <= ? ORDER BY next_at, name LIMIT ?",
        now,
        limit + busy.length,
      )
      .toArray()
      .filter(({ name }) => !passed.has(name));
    return receivers.slice(0, limit).flatMap(({ name }) => this.#oldest(name, onUnread));
  }

  #oldest(receiver: string, onUnread: OnUnread): readonly DueDelivery[] {
    const [row] = this.#sql
      .exec(
        `SELECT delivery.message, delivery.receiver, message.rule, delivery.attempts, delivery.created_at AS createdAt, message.body,
           (SELECT earlier.state FROM delivery earlier WHERE earlier.message = message.of AND earlier.receiver = delivery.receiver) AS before
         FROM delivery JOIN message ON message.number = delivery.message
         WHERE delivery.receiver = ? AND delivery.state = 'waiting' ORDER BY delivery.next_at, delivery.message LIMIT 1`,
        receiver,
      )
      .toArray();
    const parsed = v.safeParse(DUE, row);
    if (!parsed.success && row !== undefined) {
      const message = Number(row["message"]);
      this.#set(message, receiver, "state = 'withdrawn', reason = ?", UNREAD);
      onUnread(`delivery ${message} to ${receiver}`, new v.ValiError(parsed.issues));
    }
    return parsed.success ? [parsed.output] : [];
  }

  /** AL27: all that waits for a rule, or for a receiver. */
  waiting(of: { readonly rule: string } | { readonly receiver: string }): readonly WaitingDelivery[] {
    const [where, value] =
      "rule" in of ? ["message.rule = ?", of.rule] : ["delivery.receiver = ?", of.receiver];
    return this.#sql
      .exec(
        `SELECT delivery.message, delivery.receiver, message.kind, delivery.ready_at AS readyAt
         FROM message JOIN delivery ON delivery.message = message.number WHERE ${where} AND delivery.state = 'waiting'`,
        value,
      )
      .toArray()
      .map((row) => v.parse(WAITING, row));
  }

  /** AL13: whether it is to be sent now. A correction waits for its message, and is of no use where that never arrived. */
  begin({ message, receiver, before }: DueDelivery, now: number): boolean {
    if (before === "waiting") {
      this.#set(message, receiver, "next_at = ?", now + ASK_AGAIN_MS);
      return false;
    }
    if (before === "dead" || before === "withdrawn") {
      this.#set(message, receiver, "state = 'withdrawn', reason = ?", "what it corrects never arrived");
      return false;
    }
    this.#set(message, receiver, "attempts = attempts + 1, ready_at = NULL, next_at = ?", now + LEASE_MS);
    return true;
  }

  /** AL7: it waits on, for a rule whose hours have begun since; AL9: not beyond the day in which it is news. */
  postpone({ message, receiver, createdAt }: DueDelivery, at: number): void {
    if (at > createdAt + TOO_OLD_MS) {
      this.#set(message, receiver, "state = 'dead', reason = ?", "the quiet hours left no time of its day");
    } else {
      this.#set(message, receiver, "ready_at = coalesce(ready_at, next_at), next_at = ?", at);
    }
  }

  /** AL30: by the hours of its rule as they are now. */
  judgeAnew({ message, receiver }: WaitingDelivery, at: number): void {
    this.#set(message, receiver, "next_at = ?", at);
  }

  /** AL16, AL27: it is for its receiver no more. */
  withdraw({ message, receiver }: Pick<DueDelivery, "message" | "receiver">, reason: string): void {
    this.#set(message, receiver, "state = 'withdrawn', reason = ?", reason);
  }

  /** AL9. `random` in [0, 1). Returns whether it was given up. */
  end(
    { message, receiver, attempts, createdAt }: DueDelivery,
    outcome: SendOutcome,
    now: number,
    random: number,
  ): boolean {
    if (outcome.kind === "sent") {
      this.#set(message, receiver, "state = 'sent', reason = NULL, sent_at = ?", now);
      return false;
    }
    const afterMs = outcome.kind === "retry" ? outcome.afterMs : null;
    const next =
      outcome.kind === "retry" ? retryAt({ attempt: attempts + 1, createdAt, now, afterMs, random }) : null;
    if (next !== null) {
      this.#set(message, receiver, "next_at = ?, reason = ?", next, outcome.reason);
      return false;
    }
    this.#set(message, receiver, "state = 'dead', reason = ?", outcome.reason);
    return true;
  }

  /** Whom a message went to, or goes to yet. */
  receiversOf(message: number): readonly string[] {
    return this.#sql
      .exec<{ receiver: string }>(
        "SELECT receiver FROM delivery WHERE message = ? AND state IN ('waiting', 'sent') ORDER BY receiver",
        message,
      )
      .toArray()
      .map(({ receiver }) => receiver);
  }

  /** What waits for a receiver that is gone, or that nobody sends to any more. */
  giveUp(receiver: string, reason: string): void {
    this.#sql.exec(
      "UPDATE delivery SET state = 'dead', reason = ? WHERE receiver = ? AND state = 'waiting'",
      reason,
      receiver,
    );
    this.follow(receiver);
  }

  #set(message: number, receiver: string, what: string, ...values: (string | number)[]): void {
    this.#sql.exec(
      `UPDATE delivery SET ${what} WHERE message = ? AND receiver = ? AND state = 'waiting'`,
      ...values,
      message,
      receiver,
    );
    this.follow(receiver);
  }

  /** AL31: to be called after every change of what waits for a receiver. */
  follow(receiver: string): void {
    const [next] = this.#sql
      .exec<{ at: number }>(
        "SELECT next_at AS at FROM delivery WHERE receiver = ? AND state = 'waiting' ORDER BY next_at LIMIT 1",
        receiver,
      )
      .toArray();
    if (next === undefined) {
      this.#sql.exec("DELETE FROM receiver WHERE name = ?", receiver);
    } else {
      this.#sql.exec(
        `INSERT INTO receiver VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE next_at <> excluded.next_at`,
        receiver,
        next.at,
      );
    }
  }

  /** When the next attempt is due at a receiver that nothing is on its way to; `null` when nothing waits. */
  nextDue(busy: readonly string[]): number | null {
    const passed = new Set(busy);
    const next = this.#sql
      .exec<{ name: string; at: number }>(
        "SELECT name, next_at AS at FROM receiver ORDER BY next_at LIMIT ?",
        busy.length + 1,
      )
      .toArray()
      .find(({ name }) => !passed.has(name));
    return next?.at ?? null;
  }
}
