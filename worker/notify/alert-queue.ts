/**
 * What was gathered for each rule until it is a message. Each call is one transaction, so a process that dies anywhere leaves either
 * all of it or nothing.
 */
import * as v from "valibot";
import {
  type AlertEvent,
  isSignalAlert,
  keyOf,
  type ToldAlert,
  type WithdrawnAlert,
} from "../core/alerts/alert-event.ts";
import { cooldownKey, tellAt } from "../core/alerts/alert-rule.ts";
import { isAlwaysQuiet } from "../core/alerts/quiet-hours.ts";
import { messageDue } from "../core/alerts/message-timing.ts";
import type { LoggedAlert, UnreadAlert } from "../app/ports/alert-log.ts";
import type { HeldRule, OnUnread } from "../app/ports/alert-rules.ts";
import { type AlertStorage, makeTables } from "./alert-tables.ts";
import { type RuleIndex, ruleKey } from "./rule-index.ts";

/** An event that was logged so long ago is no news: the object was out of reach for that long. */
const NEWS_MS = 6 * 3_600_000;
const MINUTE_MS = 60_000;

/** Of a message that another version or a fault left as nobody can read it. */
export const UNREAD = "what was kept of it cannot be read";

/** What decides whether and when an event is told, beside its rule. */
export interface Telling {
  readonly now: number;
  /** AL16: of a private exchange only whoever may read it is told. */
  mayTell(held: HeldRule, event: AlertEvent): boolean;
  /** Whether the regular session of the event's exchange ran at a time. */
  isOpen(event: AlertEvent): boolean;
  /** When the digest of the event's exchange is due. */
  digestAt(event: AlertEvent): number;
}

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

export class AlertQueue {
  readonly #storage: AlertStorage;
  readonly #sql: AlertStorage["sql"];

  constructor(storage: AlertStorage) {
    makeTables(storage);
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** AL12: `null` before the object ever read the log. */
  place(): number | null {
    return this.#sql.exec<{ position: number }>("SELECT position FROM place").toArray()[0]?.position ?? null;
  }

  beginAt(position: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO place VALUES (0, ?)", position);
  }

  /**
   * AL12: events of the log, in their order, and the place after them. Each is a transaction: thousands of rules may ask for one, and
   * a process that the platform ends for its work goes on behind what it has done.
   */
  take(events: readonly (LoggedAlert | UnreadAlert)[], rules: RuleIndex, telling: Telling): void {
    for (const { position, event } of events) {
      this.#storage.transactionSync(() => {
        if (event === null) {
          // Nothing is to be made of it; the place goes on behind it.
        } else if (event.kind === "withdrawn") {
          this.#withdraw(event, rules, telling.now);
        } else if (telling.now - event.at <= NEWS_MS) {
          for (const held of rules.askedFor(event)) {
            this.#hit(held, event, telling);
          }
        }
        this.#sql.exec("INSERT OR REPLACE INTO place VALUES (0, ?)", position);
      });
    }
  }

  #hit(held: HeldRule, event: ToldAlert, telling: Telling): void {
    const { rule } = held;
    const key = ruleKey(held);
    const cooldown = cooldownKey(event);
    if (
      !telling.mayTell(held, event) ||
      (rule.quiet !== null && isAlwaysQuiet(rule.quiet)) ||
      (rule.onlyOpen && !telling.isOpen(event)) ||
      this.#isCooling(held, cooldown, event.at)
    ) {
      return;
    }
    const message = this.#open(held, event, telling);
    this.#sql.exec(
      "INSERT OR IGNORE INTO hit (rule, event, key, signal, cooldown, at, message, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      key,
      event.id,
      keyOf(event.id),
      isSignalAlert(event) ? event.signalId : null,
      cooldown,
      event.at,
      message,
      JSON.stringify(event),
    );
  }

  /** AL6: what was taken back is not counted. */
  #isCooling(held: HeldRule, cooldown: string, at: number): boolean {
    const since = at - held.rule.cooldown * MINUTE_MS;
    const found = this.#sql.exec(
      "SELECT 1 FROM hit WHERE rule = ? AND cooldown = ? AND at > ? AND at <= ? AND is_taken = 0 LIMIT 1",
      ruleKey(held),
      cooldown,
      since,
      at,
    );
    return held.rule.cooldown > 0 && found.toArray().length > 0;
  }

  /** The number of the message that gathers for the rule; one is opened where none does. */
  #open(held: HeldRule, event: ToldAlert, telling: Telling): number {
    const { rule } = held;
    const { now } = telling;
    const kind = rule.digest ? "digest" : "alert";
    const [open] = this.#sql
      .exec<{ number: number; openedAt: number; dueAt: number }>(
        "SELECT number, opened_at AS openedAt, due_at AS dueAt FROM message WHERE rule = ? AND kind = ? AND state = 'open'",
        ruleKey(held),
        kind,
      )
      .toArray();
    const openedAt = open?.openedAt ?? now;
    const due = rule.digest
      ? (open?.dueAt ?? telling.digestAt(event))
      : messageDue({ openedAt, lastAt: now, earlier: this.#closedOf(held, now) });
    const dueAt = tellAt(rule, due);
    if (open !== undefined) {
      this.#sql.exec("UPDATE message SET last_at = ?, due_at = ? WHERE number = ?", now, dueAt, open.number);
      return open.number;
    }
    return this.#sql
      .exec<{ number: number }>(
        "INSERT INTO message (rule, kind, state, opened_at, last_at, due_at) VALUES (?, ?, 'open', ?, ?, ?) RETURNING number",
        ruleKey(held),
        kind,
        now,
        now,
        dueAt,
      )
      .one().number;
  }

  /** AL8: when the rule's messages of the last minute were closed, oldest first. */
  #closedOf(held: HeldRule, now: number): readonly number[] {
    return this.#sql
      .exec<{ at: number }>(
        "SELECT closed_at AS at FROM message WHERE rule = ? AND closed_at > ? ORDER BY closed_at",
        ruleKey(held),
        now - MINUTE_MS,
      )
      .toArray()
      .map(({ at }) => at);
  }

  /** AL13: out of a message that nobody was sent yet; for the others a correction is gathered. */
  #withdraw({ of }: WithdrawnAlert, rules: RuleIndex, now: number): void {
    const hits = this.#sql
      .exec<{ rule: string; event: string; message: number; state: string }>(
        `SELECT hit.rule, hit.event, hit.message, message.state FROM hit JOIN message ON message.number = hit.message
         WHERE (hit.key = ? OR hit.signal = ?) AND hit.is_taken = 0`,
        of,
        of,
      )
      .toArray();
    for (const { rule, event, message, state } of hits) {
      const isTold = state === "sent";
      this.#sql.exec("UPDATE hit SET is_taken = ? WHERE rule = ? AND event = ?", isTold ? 1 : 2, rule, event);
      if (isTold) {
        this.#correct(message, rule, rules, now);
      }
    }
  }

  #correct(of: number, rule: string, rules: RuleIndex, now: number): void {
    const held = rules.get(rule);
    const dueAt = held === null ? now : tellAt(held.rule, now);
    const [open] = this.#sql.exec("SELECT number FROM message WHERE of = ? AND state = 'open'", of).toArray();
    if (open === undefined) {
      this.#sql.exec(
        "INSERT INTO message (rule, kind, state, opened_at, last_at, due_at, of) VALUES (?, 'correction', 'open', ?, ?, ?, ?)",
        rule,
        now,
        now,
        dueAt,
        of,
      );
    }
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

  /** AL13: what a correction stated is stated once. */
  close(message: QueuedMessage, body: string, receivers: readonly string[], now: number): void {
    const reason = receivers.length === 0 ? "nobody was there to be told" : null;
    this.#end(message, { body, receivers, reason }, now);
  }

  #end(
    { number, kind, of }: QueuedMessage,
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
          "INSERT OR IGNORE INTO delivery (message, receiver, state, attempts, created_at, next_at) VALUES (?, ?, 'waiting', 0, ?, ?)",
          number,
          receiver,
          now,
          now,
        );
      }
    });
  }

  /** When the next message is due; `null` without one that gathers. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(due_at) AS at FROM message WHERE state = 'open'")
      .one().at;
  }

  /** The newest messages stay, with what they were made of; one that is not settled stays too. */
  prune(kept: number): void {
    this.#storage.transactionSync(() => {
      const old = `SELECT number FROM message WHERE state != 'open' AND number <= (SELECT max(number) FROM message) - ?
        AND number NOT IN (SELECT message FROM delivery WHERE state = 'waiting') ORDER BY number LIMIT 500`;
      this.#sql.exec(`DELETE FROM hit WHERE message IN (${old})`, kept);
      this.#sql.exec(`DELETE FROM delivery WHERE message IN (${old})`, kept);
      this.#sql.exec(`DELETE FROM message WHERE number IN (${old})`, kept);
    });
  }
}
