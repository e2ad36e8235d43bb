/** The {@link AlertRuleStore} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { asc } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { AlertRuleStore, HeldRule, OnUnread, PushSubscriber } from "../../app/ports/alert-rules.ts";
import { ALERT_KINDS, NEAR_STEPS } from "../../core/alerts/alert-event.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import { isTimeZone } from "../../core/alerts/quiet-hours.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { alertRuleTable, pushSubscriptionTable } from "./schema.ts";
import { attempt } from "./store-error.ts";
import { check, decode, encode, grade, market, number, type Stored } from "./stored-value.ts";

const RULE: Stored<AlertRule> = v.object({
  id: v.string(),
  name: v.string(),
  isOn: v.boolean(),
  kinds: v.array(v.picklist(ALERT_KINDS)),
  within: v.picklist(NEAR_STEPS),
  scope: v.variant("kind", [
    v.object({ kind: v.literal("all") }),
    v.object({ kind: v.literal("market"), market }),
    v.object({ kind: v.literal("grade"), least: grade }),
    v.object({ kind: v.literal("tickers"), from: v.string(), tickers: v.array(v.string()) }),
  ]),
  cooldown: number,
  // A zone that the platform does not know any more has no hours to go by.
  quiet: v.nullable(
    v.object({
      from: number,
      until: number,
      zone: v.pipe(v.string(), v.check(isTimeZone, "not a time zone")),
    }),
  ),
  digest: v.boolean(),
  onlyOpen: v.boolean(),
  language: v.picklist(["ko", "en"]),
  channels: v.array(v.string()),
});

const SUBSCRIBER: Stored<PushSubscriber> = v.object({
  id: v.string(),
  endpoint: v.pipe(v.string(), v.check(isAddress, "not an address")),
  p256dh: v.string(),
  auth: v.string(),
  tokenHash: v.string(),
  isReader: v.boolean(),
  network: v.nullable(v.string()),
  createdAt: number,
});

/** Named without the address, which is what lets anybody send to it. */
function isAddress(text: string): boolean {
  return URL.canParse(text);
}

/** A row that cannot be read is left out, so that it concerns nobody but its holder. */
function readEach<Row, T>(
  rows: readonly Row[],
  onUnread: OnUnread,
  way: (row: Row) => { readonly of: string; readonly read: () => T },
): readonly T[] {
  return rows.flatMap((row) => {
    const { of, read } = way(row);
    try {
      return [read()];
    } catch (error) {
      onUnread(of, error);
      return [];
    }
  });
}

/** A number of the owner's token, in the place of "yes": who logged in with another token is no reader. */
async function readerMark(ownerToken: string): Promise<number> {
  const text = new TextEncoder().encode(`push reader ${ownerToken}`);
  // Never 0, which is nobody, nor the 1 of rows that name no token.
  return new DataView(await crypto.subtle.digest("SHA-256", text)).getUint32(0) + 2;
}

export class D1AlertRules implements AlertRuleStore {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;
  readonly #mark: Promise<number>;

  constructor(d1: D1Database, ownerToken: string) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
    this.#mark = readerMark(ownerToken);
  }

  rules(onUnread: OnUnread = () => undefined): Promise<readonly HeldRule[]> {
    return attempt("read the alert rules", async () => {
      const rows = await this.#db
        .select()
        .from(alertRuleTable)
        .orderBy(asc(alertRuleTable.holder), asc(alertRuleTable.id));
      return readEach(rows, onUnread, ({ holder, id, detail }) => ({
        of: `alert_rule ${holder}/${id}`,
        read: () => ({ holder, rule: decode(RULE, detail, `alert rule ${id}`) }),
      }));
    });
  }

  putRule({ holder, rule }: HeldRule, at: number): Promise<void> {
    return attempt("write an alert rule", async () => {
      await this.#d1.batch([...this.#ruleStatements(holder, [rule], at)]);
    });
  }

  #ruleStatements(
    holder: string,
    rules: readonly AlertRule[],
    updatedAt: number,
  ): readonly D1PreparedStatement[] {
    const rows = rules.map((rule) => {
      const detail = encode(RULE, rule, `alert rule ${rule.id}`);
      return { holder, id: rule.id, updatedAt, detail };
    });
    const key = [alertRuleTable.holder, alertRuleTable.id];
    return bulkInsert(this.#d1, alertRuleTable, rows, { key, action: "update" });
  }

  dropRule(holder: string, id: string): Promise<void> {
    return attempt("delete an alert rule", async () => {
      await this.#d1.prepare("delete from alert_rule where holder = ? and id = ?").bind(holder, id).run();
    });
  }

  subscribers(onUnread: OnUnread = () => undefined): Promise<readonly PushSubscriber[]> {
    return attempt("read the push subscriptions", async () => {
      const mark = await this.#mark;
      const rows = await this.#db.select().from(pushSubscriptionTable).orderBy(asc(pushSubscriptionTable.id));
      return readEach(rows, onUnread, ({ isReader, ...row }) => ({
        of: `push_subscription ${row.id}`,
        read: () => check(SUBSCRIBER, { ...row, isReader: isReader === mark }, `push subscription ${row.id}`),
      }));
    });
  }

  putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[], at: number): Promise<void> {
    const { id, endpoint, isReader, ...rest } = subscriber;
    return attempt("write a push subscription", async () => {
      const mark = isReader ? await this.#mark : 0;
      const others = "select id from push_subscription where endpoint = ? and id <> ?";
      await this.#d1.batch([
        this.#d1.prepare(`delete from alert_rule where holder in (${others})`).bind(endpoint, id),
        this.#d1.prepare("delete from push_subscription where endpoint = ? and id <> ?").bind(endpoint, id),
        this.#d1.prepare("delete from alert_rule where holder = ?").bind(id),
        ...bulkInsert(
          this.#d1,
          pushSubscriptionTable,
          [{ id, endpoint, isReader: mark, updatedAt: at, ...rest }],
          { key: [pushSubscriptionTable.id], action: "update" },
        ),
        ...this.#ruleStatements(id, rules, at),
      ]);
    });
  }

  dropSubscriber(id: string): Promise<void> {
    return attempt("delete a push subscription", async () => {
      await this.#d1.batch([
        this.#d1.prepare("delete from alert_rule where holder = ?").bind(id),
        this.#d1.prepare("delete from push_subscription where id = ?").bind(id),
      ]);
    });
  }
}
