import fc from "fast-check";
import { describe, it, vi } from "vitest";
import type { DeliveryView } from "../app/ports/alerts.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { makeRule } from "../testing/builders/alert-builder.ts";
import { SimulatedAlerts, takenBack, touchOf } from "../testing/alerts/simulated-alerts.ts";
import { MemoryAlertRules } from "../testing/memory/memory-alert-rules.ts";
import { RuleBook } from "./rule-book.ts";

const HOUR_MS = 3_600_000;
const ANYONE = { isReader: false, network: null };
const TO_BOT = makeRule({ id: "r", channels: ["bot", "hook"] });
const TO_PHONE = makeRule({ id: "p" });

function target(name: string): { readonly endpoint: string; readonly p256dh: string; readonly auth: string } {
  return { endpoint: name, p256dh: "p", auth: "a" };
}

interface Staged {
  readonly made: SimulatedAlerts;
  readonly phone: { readonly id: string; readonly token: string };
  /** `channel state reason` of the owner and of the browser. */
  readonly log: () => Promise<readonly string[]>;
}

/** One message that gathers and one that waits, of the owner's rule and of a browser's; nothing arrives. */
async function waiting(): Promise<Staged> {
  const made = new SimulatedAlerts(1, 0);
  await made.begin([TO_BOT]);
  const subscribed = await made.object.subscribe(target("phone"), ANYONE, [TO_PHONE]);
  const phone = subscribed.refused === null ? subscribed : { id: "", token: "" };
  made.answer = () => ({ kind: "retry", reason: "busy", afterMs: 600_000 });
  made.add(touchOf(1, "touched", made.now));
  await made.until(made.now + 5_000);
  made.add(touchOf(2, "touched", made.now));
  await made.until(made.now);
  made.answer = null;
  const line = ({ receiver, state, reason }: DeliveryView): string =>
    `${receiver} ${state} ${reason ?? ""}`.trim();
  const log = async (): Promise<readonly string[]> =>
    [...(await made.object.log("owner", null, 9)), ...(await made.object.log(phone.id, null, 9))].map(line);
  return { made, phone, log };
}

const BEFORE = ["gathering", "bot waiting busy", "hook waiting busy", "gathering", "push waiting busy"];
const OWNERS = BEFORE.slice(0, 3);
const PHONES = BEFORE.slice(3);

const gone = (reason: string): readonly string[] => [
  `withdrawn ${reason}`,
  `bot withdrawn ${reason}`,
  `hook withdrawn ${reason}`,
];

/** What its holder does, and what then stands in the log at once. */
const CHANGES: readonly (readonly [string, (staged: Staged) => Promise<unknown>, readonly string[]])[] = [
  ["nothing", async () => undefined, BEFORE],
  [
    "deletes the rule",
    async ({ made }) => made.object.dropRule("r"),
    [...gone("its rule was deleted"), ...PHONES],
  ],
  [
    "switches the rule off",
    async ({ made }) => made.object.putRule({ ...TO_BOT, isOn: false }),
    [...gone("its rule was switched off"), ...PHONES],
  ],
  [
    "gives the rule quiet hours without an end",
    async ({ made }) => made.object.putRule({ ...TO_BOT, quiet: { from: 0, until: 0, zone: "UTC" } }),
    [...gone("the quiet hours of its rule have no end"), ...PHONES],
  ],
  [
    "takes a channel out of the rule",
    async ({ made }) => made.object.putRule({ ...TO_BOT, channels: ["hook"] }),
    ["gathering", "bot withdrawn its rule names the channel no more", "hook waiting busy", ...PHONES],
  ],
  [
    "deletes the channel",
    async ({ made }) => made.object.dropChannel("bot"),
    ["gathering", "bot withdrawn the channel was removed", "hook waiting busy", ...PHONES],
  ],
  [
    "takes the rule out of a subscription",
    async ({ made, phone }) =>
      made.object.changeSubscription(phone.id, phone.token, target("phone"), false, []),
    [...OWNERS, "withdrawn its rule was deleted", "push withdrawn its rule was deleted"],
  ],
  [
    "switches the rule of a subscription off",
    async ({ made, phone: { id, token } }) =>
      made.object.changeSubscription(id, token, target("phone"), false, [{ ...TO_PHONE, isOn: false }]),
    [...OWNERS, "withdrawn its rule was switched off", "push withdrawn its rule was switched off"],
  ],
];

describe("what waits when a rule or a channel is changed", () => {
  it.for(CHANGES)(
    "[AL27] whoever %s is sent what still stands, and the log states why not the rest",
    async ([, change, expected], { expect }) => {
      const staged = await waiting();
      await change(staged);
      expect(await staged.log()).toEqual(expected);
      await staged.made.until(staged.made.now + 3_600_000);
      const settled = await staged.log();
      expect(settled.filter((line) => line.includes("waiting") || line === "gathering")).toEqual([]);
      expect(settled.filter((line) => line.includes("withdrawn"))).toEqual(
        expected.filter((line) => line.includes("withdrawn")),
      );
      const silent = ["bot", "hook"].filter((id) => staged.made.inboxes.get(id)?.size === 0);
      expect(silent).toEqual(["bot", "hook"].filter((id) => !expected.includes(`${id} waiting busy`)));
    },
  );

  it("[AL27] what is on its way when its rule is deleted ends as it ends", async ({ expect }) => {
    const made = new SimulatedAlerts(1, 0);
    await made.begin([TO_BOT]);
    const answered = Promise.withResolvers<undefined>();
    made.slow.set("bot", answered.promise);
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 1_500);
    await made.object.dropRule("r");
    answered.resolve(undefined);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const states = (await made.object.log("owner", null, 9)).map(
      ({ receiver, state }) => `${receiver} ${state}`,
    );
    expect([states, made.inboxes.get("bot")?.size]).toEqual([["bot sent", "hook sent"], 1]);
  });

  it("[AL27] a correction follows its message to a channel that its rule names no more", async ({
    expect,
  }) => {
    const made = new SimulatedAlerts(1, 0);
    await made.begin([TO_BOT]);
    const event = touchOf(1, "touched", made.now);
    made.add(event);
    await made.until(made.now + 5_000);
    await made.object.putRule({ ...TO_BOT, channels: ["hook"] });
    made.add(takenBack(event, made.now, "@c"));
    await made.until(made.now + 5_000);
    expect([...(made.inboxes.get("bot")?.values() ?? [])].map(({ kind }) => kind)).toEqual([
      "alert",
      "correction",
    ]);
  });
});

describe("what waits when the quiet hours of its rule are changed", () => {
  const hours = (from: number, until: number): AlertRule["quiet"] => ({ from, until, zone: "UTC" });
  /** The night ends at six; the events come a quarter of an hour after midnight. */
  const NIGHT = makeRule({ id: "r", channels: ["bot"], quiet: hours(0, 360) });
  const sentAt = async (made: SimulatedAlerts): Promise<readonly (number | null)[]> =>
    (await made.object.log("owner", "r", 9)).map(({ sentAt: at }) =>
      at === null ? null : Math.floor(at / 60_000),
    );

  it.for([
    ["lifted", null, 16],
    ["shortened to one", hours(0, 60), 60],
    ["shortened to an hour that is over", hours(0, 10), 16],
    ["lengthened to seven", hours(0, 420), 420],
  ] as const)(
    "[AL30] what gathered comes by the hours that were %s",
    async ([, quiet, minute], { expect }) => {
      const made = new SimulatedAlerts(1, 0);
      await made.begin([NIGHT]);
      made.add(touchOf(1, "touched", made.now));
      // The first message waited through the night's hours, the second one begins to gather in them.
      await made.until(16 * 60_000);
      await made.object.putRule({ ...NIGHT, quiet });
      await made.until(12 * HOUR_MS);
      expect(await sentAt(made)).toEqual([minute]);
    },
  );

  it("[AL30] what waited to be sent again comes by them, and not before its receiver asked for it", async ({
    expect,
  }) => {
    const made = new SimulatedAlerts(1, 0);
    await made.begin([{ ...NIGHT, quiet: null }]);
    made.answer = () => ({ kind: "retry", reason: "busy", afterMs: 20 * 60_000 });
    made.add(touchOf(1, "touched", made.now));
    await made.until(17 * 60_000);
    made.answer = null;
    await made.object.putRule(NIGHT);
    // Twenty minutes after its first attempt it is held until six.
    await made.until(2 * HOUR_MS);
    expect(await sentAt(made)).toEqual([null]);
    await made.object.putRule({ ...NIGHT, quiet: hours(0, 150) });
    await made.until(12 * HOUR_MS);
    expect(await sentAt(made)).toEqual([150]);
    made.answer = () => ({ kind: "retry", reason: "busy", afterMs: 20 * 60_000 });
    made.add(touchOf(2, "touched", made.now));
    await made.until(made.now + 60_000);
    made.answer = null;
    await made.object.putRule({ ...NIGHT, quiet: null });
    await made.until(made.now + 10 * 60_000);
    expect(await sentAt(made)).toEqual([null, 150]);
    await made.until(made.now + 15 * 60_000);
    expect((await sentAt(made))[0]).toBe(12 * 60 + 20);
  });

  it("[AL30] a digest keeps its hour, and one that is none any more is due at once", async ({ expect }) => {
    const made = new SimulatedAlerts(1, 0);
    const digest = { ...NIGHT, digest: true };
    await made.begin([digest, { ...digest, id: "s" }]);
    made.add(touchOf(1, "touched", made.now));
    await made.until(17 * 60_000);
    await made.object.putRule({ ...digest, quiet: null });
    await made.object.putRule({ ...digest, id: "s", digest: false, quiet: null });
    await made.until(12 * HOUR_MS);
    const log = await made.object.log("owner", null, 9);
    // A session of the simulated market after the event, which came at 16 minutes and 40 seconds.
    expect(log.map(({ ruleId, sentAt: at }) => `${ruleId} ${Math.floor((at ?? 0) / 60_000)}`)).toEqual([
      "s 17",
      "r 21",
    ]);
  });
});

const RULE_IDS = ["a", "b", "c"];
const CHANGE = fc.record({
  kind: fc.constantFrom("put rule", "drop rule", "put browser", "drop browser", "lose the answer"),
  holder: fc.nat(3),
  endpoint: fc.nat(3),
  rules: fc.subarray(RULE_IDS),
  tickers: fc.subarray(["D1", "D2", "D3"]),
});

describe("the rules that the object knows", () => {
  it("[AL32] are read once, and stand after any changes as in the database", async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(CHANGE, { maxLength: 30 }), async (changes) => {
        const store = new MemoryAlertRules();
        const deps = { store, now: () => 5, onUnread: () => undefined, onChanged: () => undefined };
        const book = new RuleBook(deps);
        await book.known();
        let reads = 1;
        for (const { kind, holder, endpoint, rules, tickers } of changes) {
          const made: readonly AlertRule[] = rules.map((id) =>
            makeRule({
              id,
              ...(tickers.length > 0 && { scope: { kind: "tickers", from: "starred", tickers } }),
            }),
          );
          const [id, one] = [`h${holder}`, made[0] ?? makeRule()];
          const subscriber = { id, ...target(`e${endpoint}`), ...ANYONE, tokenHash: "t", createdAt: 1 };
          if (kind === "put rule") {
            await book.putRule({ holder: "owner", rule: one });
          } else if (kind === "drop rule") {
            await book.dropRule("owner", one.id);
          } else if (kind === "put browser") {
            await book.putSubscriber(subscriber, made);
          } else if (kind === "drop browser") {
            await book.dropSubscriber(id);
          } else {
            // It was written, and the answer was lost.
            const lost = vi.spyOn(store, "putSubscriber").mockImplementationOnce(async (...asked) => {
              lost.mockRestore();
              await store.putSubscriber(...asked);
              throw new Error("lost");
            });
            await expect(book.putSubscriber(subscriber, made)).rejects.toThrow("lost");
            reads += 1;
            await book.known();
          }
        }
        expect(store.reads).toBe(reads);
        const known = await book.known();
        const fresh = await new RuleBook(deps).known();
        const shown = ({ index, subscribers, browserTickers }: typeof known): unknown => [
          ["owner", "h0", "h1", "h2", "h3"].map((holder) => index.rulesOf(holder)),
          [...subscribers.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
          browserTickers,
          ["D1", "D2", "D3"].map((n) =>
            index
              .askedFor(touchOf(Number(n.slice(1)), "touched", 1))
              .map(({ holder, rule }) => `${holder}/${rule.id}`)
              .toSorted(),
          ),
        ];
        expect(shown(known)).toEqual(shown(fresh));
      }),
    );
  });
});
