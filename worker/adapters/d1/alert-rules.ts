/** The {@link AlertRuleStore} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { asc } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { AlertRuleStore, HeldRule, PushSubscriber } from "../../app/ports/alert-rules.ts";
import { ALERT_KINDS, NEAR_STEPS } from "../../core/alerts/alert-event.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { alertRuleTable, pushSubscriptionTable } from "./schema.ts";
import { attempt } from "./store-error.ts";
import { decode, encode, grade, market, number, type Stored } from "./stored-value.ts";

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
  quiet: v.nullable(v.object({ from: number, until: number, zone: v.string() })),
  digest: v.boolean(),
  onlyOpen: v.boolean(),
  language: v.picklist(["ko", "en"]),
  channels: v.array(v.string()),
});

export class D1AlertRules implements AlertRuleStore {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
  }

  rules(): Promise<readonly HeldRule[]> {
    return attempt("read the alert rules", async () => {
      const rows = await this.#db
        .select()
        .from(alertRuleTable)
        .orderBy(asc(alertRuleTable.holder), asc(alertRuleTable.id));
      return rows.map(({ holder, id, detail }) => ({
        holder,
        rule: decode(RULE, detail, `alert rule ${id}`),
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

  subscribers(): Promise<readonly PushSubscriber[]> {
    return attempt("read the push subscriptions", async () => {
      const rows = await this.#db.select().from(pushSubscriptionTable).orderBy(asc(pushSubscriptionTable.id));
      return rows.map(({ id, endpoint, p256dh, auth, tokenHash, isReader, network, createdAt }) => ({
        id,
        endpoint,
        p256dh,
        auth,
        tokenHash,
        isReader: isReader === 1,
        network,
        createdAt,
      }));
    });
  }

  putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[], at: number): Promise<void> {
    const { id, endpoint, isReader, ...rest } = subscriber;
    return attempt("write a push subscription", async () => {
      const others = "select id from push_subscription where endpoint = ? and id <> ?";
      await this.#d1.batch([
        this.#d1.prepare(`delete from alert_rule where holder in (${others})`).bind(endpoint, id),
        this.#d1.prepare("delete from push_subscription where endpoint = ? and id <> ?").bind(endpoint, id),
        this.#d1.prepare("delete from alert_rule where holder = ?").bind(id),
        ...bulkInsert(
          this.#d1,
          pushSubscriptionTable,
          [{ id, endpoint, isReader: isReader ? 1 : 0, updatedAt: at, ...rest }],
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
