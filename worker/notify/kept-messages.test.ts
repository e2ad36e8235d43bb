import { describe, it } from "vitest";
import type { HeldRule } from "../app/ports/alert-rules.ts";
import { makeRule } from "../testing/builders/alert-builder.ts";
import { SimulatedAlerts, touchOf } from "../testing/alerts/simulated-alerts.ts";
import { ObjectStorage } from "../testing/wire/world/object-storage.ts";
import { AlertQueue } from "./alert-queue.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { Deliveries } from "./deliveries.ts";
import { deliveryLog } from "./delivery-log.ts";
import { Messages } from "./messages.ts";
import { RuleIndex } from "./rule-index.ts";

const MINUTE_MS = 60_000;
const OWNERS: HeldRule = { holder: "owner", rule: makeRule({ id: "o" }) };
const PHONES: HeldRule = { holder: "phone", rule: makeRule({ id: "p" }) };

function stores(storage: AlertStorage): {
  readonly queue: AlertQueue;
  readonly messages: Messages;
  readonly deliveries: Deliveries;
} {
  return {
    queue: new AlertQueue(storage),
    messages: new Messages(storage),
    deliveries: new Deliveries(storage),
  };
}

function newStorage(): AlertStorage {
  // @ts-expect-error -- the part of the platform's storage that is used
  return new ObjectStorage();
}

/** So many messages of one rule, a minute apart, each to one receiver that takes it unless it is `silent`. */
class Life {
  #now = 0;
  #position = 0;
  readonly #stores: ReturnType<typeof stores>;

  constructor(storage: AlertStorage) {
    this.#stores = stores(storage);
  }

  tell(held: HeldRule, messages: number, receiver: string, isSilent = false): void {
    const { queue, deliveries } = this.#stores;
    const telling = { mayTell: () => true, isOpen: () => true, digestAt: () => 0 };
    for (let i = 0; i < messages; i++) {
      this.#now += MINUTE_MS;
      this.#position += 1;
      const event = touchOf(this.#position, "touched", this.#now);
      queue.take([{ position: this.#position, event }], new RuleIndex([held]), {
        now: this.#now,
        ...telling,
      });
      for (const message of this.#stores.messages.due(this.#now + 1_000)) {
        this.#stores.messages.close(message, "{}", [receiver], this.#now + 1_000);
      }
      for (const due of isSilent ? [] : deliveries.due(this.#now + 1_000, 9, ["silent"], () => undefined)) {
        deliveries.end(due, { kind: "sent" }, this.#now + 1_000, 0);
      }
    }
  }
}

function count(storage: AlertStorage, table: string): unknown {
  return storage.sql.exec(`SELECT count(*) AS n FROM ${table}`).one()["n"];
}

describe("what is kept of messages", () => {
  it("[AL28] whoever is told much takes no place of another's, and none of what waits", ({ expect }) => {
    const storage = newStorage();
    const life = new Life(storage);
    const states = (holder: string): readonly string[] =>
      deliveryLog(storage, holder, null, 10_000).map(({ state }) => state);
    life.tell(OWNERS, 2, "bot");
    life.tell(OWNERS, 1, "silent", true);
    life.tell(PHONES, 450, "push:phone");
    expect([states("owner"), states("phone")]).toEqual([
      ["waiting", "sent", "sent"],
      Array.from({ length: 200 }, () => "sent"),
    ]);
    expect(["message", "delivery", "hit"].map((table) => count(storage, table))).toEqual([203, 203, 203]);
    life.tell(OWNERS, 5_010, "bot");
    expect(states("owner").filter((state) => state === "sent")).toHaveLength(5_000);
    expect(states("owner").filter((state) => state === "waiting")).toHaveLength(1);
    expect(states("phone")).toHaveLength(200);
  });

  it("[AL28] nothing is kept of a browser that is gone, also when the process died at its end", async ({
    expect,
  }) => {
    const made = new SimulatedAlerts(1, 0);
    await made.begin([]);
    const by = { isReader: false, network: null };
    const target = (endpoint: string): { endpoint: string; p256dh: string; auth: string } => ({
      endpoint,
      p256dh: "p",
      auth: "a",
    });
    const tokens = [];
    for (const name of ["ended", "again", "gone", "died", "stays"]) {
      const subscribed = await made.object.subscribe(target(name), by, [makeRule()]);
      tokens.push(subscribed.refused === null ? subscribed : { id: "", token: "" });
    }
    const [ended, , , died, stays] = tokens;
    made.answer = (receiver) =>
      receiver === "gone"
        ? { kind: "gone", reason: "410" }
        : { kind: "retry", reason: "busy", afterMs: null };
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 3_000);
    expect(count(made.sqlStorage, "message")).toBe(4);
    await made.object.endSubscription(ended?.id ?? "", ended?.token ?? "");
    await made.object.subscribe(target("again"), by, [makeRule()]);
    expect(count(made.sqlStorage, "message")).toBe(2);
    await made.store.dropSubscriber(died?.id ?? "");
    made.restart();
    await made.until(made.now + 60_000);
    expect(["message", "delivery", "hit"].map((table) => count(made.sqlStorage, table))).toEqual([1, 1, 1]);
    expect(await made.object.log(stays?.id ?? "", null, 9)).toHaveLength(1);
  });
});

/** As the code of before made them. */
const BEFORE = [
  `CREATE TABLE message (number INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, due_at INTEGER NOT NULL, closed_at INTEGER,
    of INTEGER, body TEXT)`,
  `CREATE TABLE delivery (message INTEGER NOT NULL, receiver TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, sent_at INTEGER, reason TEXT, PRIMARY KEY (message, receiver))`,
  "CREATE INDEX delivery_due ON delivery (state, next_at)",
];

/** What it writes: a message that was sent, and one that waits. */
function writeBefore({ sql }: AlertStorage, holder: string, at: number): void {
  for (const state of ["sent", "waiting"]) {
    const { number } = sql
      .exec<{ number: number }>(
        `INSERT INTO message (rule, kind, state, opened_at, last_at, due_at, closed_at, body)
         VALUES (?, 'alert', 'sent', ?, ?, ?, ?, '{}') RETURNING number`,
        `${holder}/r`,
        at,
        at,
        at,
        at,
      )
      .one();
    sql.exec(
      "INSERT INTO delivery (message, receiver, state, attempts, created_at, next_at) VALUES (?, ?, ?, 1, ?, ?)",
      number,
      `to:${holder}`,
      state,
      at,
      at + number,
    );
  }
}

describe("the tables of before", () => {
  it("[AL28][AL31] are taken over with all they hold, and again after the code of before has run", ({
    expect,
  }) => {
    const storage = newStorage();
    for (const table of BEFORE) {
      storage.sql.exec(table);
    }
    const waiting = (): readonly string[] =>
      stores(storage)
        .deliveries.due(1_000, 9, [], () => undefined)
        .map(({ receiver, message }) => `${receiver} ${message}`);
    writeBefore(storage, "owner", 5);
    writeBefore(storage, "phone", 6);
    expect(waiting()).toEqual(["to:owner 2", "to:phone 4"]);
    writeBefore(storage, "owner", 7);
    writeBefore(storage, "tablet", 8);
    storage.sql.exec("UPDATE delivery SET state = 'sent' WHERE receiver = 'to:phone'");
    expect(waiting()).toEqual(["to:owner 2", "to:tablet 8"]);
    expect(
      storage.sql
        .exec<{ text: string }>("SELECT holder || ' ' || nth AS text FROM message ORDER BY number")
        .toArray()
        .map(({ text }) => text),
    ).toEqual(["owner 1", "owner 2", "phone 1", "phone 2", "owner 3", "owner 4", "tablet 1", "tablet 2"]);
    expect(deliveryLog(storage, "owner", null, 9)).toHaveLength(4);
  });
});
