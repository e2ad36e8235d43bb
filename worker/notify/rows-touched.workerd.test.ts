/** Counted on the platform's own storage: what a round reads and writes grows with what is due, and with nothing else. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { it } from "vitest";
import type { HeldRule } from "../app/ports/alert-rules.ts";
import type { SendOutcome } from "../app/ports/alert-channel.ts";
import type { AlertEvent } from "../core/alerts/alert-event.ts";
import { makeAlert, makeRule } from "../testing/builders/alert-builder.ts";
import { AlertQueue } from "./alert-queue.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { Deliveries, type DueDelivery } from "./deliveries.ts";
import { Messages } from "./messages.ts";
import { pushReceiver } from "./receivers.ts";
import { RuleIndex } from "./rule-index.ts";

const AT_ONCE = 6;

/** Sums what every statement has read and written. */
class Counted implements AlertStorage {
  readonly sql: AlertStorage["sql"];
  readonly #storage: DurableObjectStorage;
  readonly #cursors: { readonly rowsRead: number; readonly rowsWritten: number }[] = [];

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.sql = {
      exec: (query, ...values) => {
        const cursor = storage.sql.exec<never>(query, ...values);
        this.#cursors.push(cursor);
        return cursor;
      },
    };
  }

  transactionSync<T>(act: () => T): T {
    return this.#storage.transactionSync(act);
  }

  /** Since the last call. */
  take(): { readonly read: number; readonly written: number } {
    const all = this.#cursors.splice(0);
    const sum = (of: "rowsRead" | "rowsWritten"): number => all.reduce((total, one) => total + one[of], 0);
    return { read: sum("rowsRead"), written: sum("rowsWritten") };
  }
}

/** Every second receiver is busy at first. */
function outcomeOf({ receiver, attempts }: DueDelivery): SendOutcome {
  const isBusy = attempts === 0 && Number(receiver.slice(pushReceiver("b").length)) % 2 === 0;
  return isBusy ? { kind: "retry", reason: "busy", afterMs: null } : { kind: "sent" };
}

/** One event to so many browsers, half of them busy at first, and its correction; counted until all is sent. */
function play(storage: DurableObjectStorage, browsers: number): ReturnType<Counted["take"]> {
  const counted = new Counted(storage);
  const [queue, messages, deliveries] = [
    new AlertQueue(counted),
    new Messages(counted),
    new Deliveries(counted),
  ];
  const held = Array.from({ length: browsers }, (_, i): HeldRule => ({
    holder: `b${i}`,
    rule: makeRule({ id: "r" }),
  }));
  const rules = new RuleIndex(held);
  let now = 1_000_000;
  const telling = { mayTell: () => true, isOpen: () => true, digestAt: () => 0 };
  const round = (): void => {
    for (let due = messages.due(now); due.length > 0; due = messages.due(now)) {
      for (const message of due) {
        messages.close(message, "{}", [pushReceiver(message.rule.split("/")[0] ?? "")], now);
      }
    }
    // As the sending does: a few at once, and the next as each ends.
    const underWay: DueDelivery[] = [];
    for (let isMore = true; isMore;) {
      const busy = underWay.map(({ receiver }) => receiver);
      const due = deliveries.due(now, AT_ONCE - busy.length, busy, () => undefined);
      underWay.push(...due.filter((one) => deliveries.begin(one, now)));
      const ended = underWay.shift();
      if (ended !== undefined) {
        deliveries.end(ended, outcomeOf(ended), now, 0.5);
        deliveries.nextDue(busy);
        messages.nextDue();
      }
      isMore = ended !== undefined || due.length > 0;
    }
  };
  counted.take();
  const event = makeAlert({ id: "d:touched:1", kind: "touched", at: now });
  queue.take([{ position: 1, event }], rules, { now, ...telling });
  for (let i = 0; i < 4; i++) {
    now += 6_000;
    round();
  }
  const { day, exchange } = event;
  const takenBack: AlertEvent = { id: "w", day, exchange, at: now, kind: "withdrawn", of: event.id };
  queue.take([{ position: 2, event: takenBack }], rules, { now, ...telling });
  for (let i = 0; i < 4; i++) {
    now += 6_000;
    round();
  }
  const sum = counted.take();
  return { read: sum.read / browsers, written: sum.written / browsers };
}

it("[AL31] a message to five thousand browsers costs each of them what it costs each of a hundred", async ({
  expect,
}) => {
  const cost = async (browsers: number): Promise<ReturnType<Counted["take"]>> =>
    runInDurableObject(env.ALERTS.getByName(`rows-${browsers}`), (_, { storage }) => {
      const perBrowser = play(storage, browsers);
      const states = storage.sql.exec("SELECT state, count(*) AS n FROM delivery GROUP BY state").toArray();
      expect(states).toEqual([{ state: "sent", n: 2 * browsers }]);
      return perBrowser;
    });
  const [few, many] = [await cost(100), await cost(5_000)];
  expect(few.read).toBeLessThan(100);
  expect(many.read).toBeLessThan(few.read * 1.05 + 5);
  expect(many.written).toBeLessThan(few.written * 1.05 + 1);
}, 120_000);
