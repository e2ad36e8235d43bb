/**
 * What was gathered for each rule until it is a message. Each call is one transaction, so a process that dies anywhere leaves either
 * all of it or nothing.
 */
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
import type { HeldRule } from "../app/ports/alert-rules.ts";
import { type AlertStorage, makeTables } from "./alert-tables.ts";
import { holderOf, type RuleIndex, ruleKey } from "./rule-index.ts";

/** An event that was logged so long ago is no news: the object was out of reach for that long. */
const NEWS_MS = 6 * 3_600_000;
/** Counted in the holder's own messages. */
const NTH = "(SELECT coalesce(max(nth), 0) + 1 FROM message WHERE holder = ?)";
const MINUTE_MS = 60_000;

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

  /** AL6: what was taken back is not counted; AL92: nor what was never told. */
  #isCooling(held: HeldRule, cooldown: string, at: number): boolean {
    const since = at - held.rule.cooldown * MINUTE_MS;
    const found = this.#sql.exec(
      `SELECT 1 FROM hit JOIN message ON message.number = hit.message
       WHERE hit.rule = ? AND cooldown = ? AND at > ? AND at <= ? AND is_taken = 0 AND message.state <> 'withdrawn' LIMIT 1`,
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
      .exec<{ number: number; openedAt: number; readyAt: number }>(
        `SELECT number, opened_at AS openedAt, coalesce(ready_at, due_at) AS readyAt FROM message
         WHERE rule = ? AND closed_at IS NULL AND kind = ?`,
        ruleKey(held),
        kind,
      )
      .toArray();
    const openedAt = open?.openedAt ?? now;
    const readyAt = rule.digest
      ? (open?.readyAt ?? telling.digestAt(event))
      : messageDue({ openedAt, lastAt: now, earlier: this.#closedOf(held, now) });
    const dueAt = tellAt(rule, readyAt);
    if (open !== undefined) {
      this.#sql.exec(
        "UPDATE message SET last_at = ?, ready_at = ?, due_at = ? WHERE number = ?",
        now,
        readyAt,
        dueAt,
        open.number,
      );
      return open.number;
    }
    return this.#sql
      .exec<{ number: number }>(
        `INSERT INTO message (holder, nth, rule, kind, state, opened_at, last_at, ready_at, due_at)
         VALUES (?, ${NTH}, ?, ?, 'open', ?, ?, ?, ?) RETURNING number`,
        held.holder,
        held.holder,
        ruleKey(held),
        kind,
        now,
        now,
        readyAt,
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
    const [open] = this.#sql
      .exec("SELECT number FROM message WHERE of = ? AND closed_at IS NULL", of)
      .toArray();
    if (open === undefined) {
      this.#sql.exec(
        `INSERT INTO message (holder, nth, rule, kind, state, opened_at, last_at, ready_at, due_at, of)
         VALUES (?, ${NTH}, ?, 'correction', 'open', ?, ?, ?, ?, ?)`,
        holderOf(rule),
        holderOf(rule),
        rule,
        now,
        now,
        now,
        dueAt,
        of,
      );
    }
  }
}
