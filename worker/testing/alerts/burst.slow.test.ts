/** A hundred breakouts at once through the shipped product, before receivers that fail in every way, in a process that is killed meanwhile. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, describe, it } from "vitest";
import { findFreePort } from "../../cli/serve/local-port.ts";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { makeAlert } from "../builders/alert-builder.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "../fakes/alerts/samples.ts";
import { type ServedReceivers, serveReceivers } from "../fakes/alerts/served-receivers.ts";
import { bundleProduct, type PlainProduct, startPlain } from "../stage/plain-product.ts";

const BURST = 100;

const Log = v.object({
  deliveries: v.array(
    v.object({
      rule: v.string(),
      kind: v.string(),
      state: v.string(),
      total: v.number(),
      attempts: v.number(),
      reason: v.nullable(v.string()),
    }),
  ),
});
type Deliveries = v.InferOutput<typeof Log>["deliveries"];

const RULE = {
  name: "",
  on: true,
  kinds: ["confirmed"],
  within: 3,
  scope: { kind: "all" },
  cooldown: 0,
  quiet: null,
  digest: false,
  only_open: false,
  language: "ko",
  channels: [],
};

class Stage {
  readonly receivers: ServedReceivers;
  readonly #folder: string;
  readonly #port: number;
  #product: PlainProduct;

  private constructor(receivers: ServedReceivers, folder: string, port: number, product: PlainProduct) {
    this.receivers = receivers;
    this.#folder = folder;
    this.#port = port;
    this.#product = product;
  }

  static async begin(): Promise<Stage> {
    const receivers = await serveReceivers({ token: BOT_TOKEN, secret: WEBHOOK_SECRET });
    const folder = await mkdtemp(join(tmpdir(), "vcp-burst-"));
    await bundleProduct(folder);
    const port = await findFreePort();
    return new Stage(receivers, folder, port, await startPlain(folder, port, receivers.vars));
  }

  async end(): Promise<void> {
    await this.#product.kill();
    await this.receivers.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** As a power cut, and the start after it. */
  async kill(): Promise<void> {
    await this.#product.kill();
    this.#product = await startPlain(this.#folder, this.#port, this.receivers.vars);
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    token = this.#product.ownerToken,
  ): Promise<unknown> {
    const response = await fetch(`${this.#product.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text.startsWith("{") ? JSON.parse(text) : text;
  }

  async log(events: readonly AlertEvent[]): Promise<void> {
    await this.ask("POST", "/log-alerts", events);
  }

  async deliveries(path = "/api/alerts/log?limit=50", token?: string): Promise<Deliveries> {
    return v.parse(Log, await this.ask("GET", path, undefined, token)).deliveries;
  }

  /** Resolves when every message is settled, and there are so many. */
  async settled(count: number, ...log: Parameters<Stage["deliveries"]>): Promise<Deliveries> {
    for (;;) {
      const all = await this.deliveries(...log);
      if (all.length >= count && all.every(({ state }) => state === "sent" || state === "dead")) {
        return all;
      }
      await pause(300);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function burst(now: number): readonly AlertEvent[] {
  return Array.from({ length: BURST }, (_, i) =>
    makeAlert({
      id: `D${i}.1.2:confirmed:1`,
      signalId: `D${i}.1.2`,
      ticker: `D${i}`,
      exchange: "DEMO",
      at: now + i,
    }),
  );
}

const Subscribed = v.object({ id: v.string(), token: v.string() });
const Body = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ key: v.string(), kind: v.string(), total: v.number() }),
);

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.end();
});

describe("a burst through the shipped product", () => {
  it("[AL25] is one message a rule and receiver, whatever fails and dies", async ({ expect }) => {
    const world = await Stage.begin();
    stage = world;
    const { telegram, webhook, push, webhookUrl } = world.receivers;
    telegram.chats.set(CHAT_ID, "open");
    await world.ask("PUT", "/api/alerts/channels/bot", {
      kind: "telegram",
      name: "Bot",
      chat_id: CHAT_ID,
      token: BOT_TOKEN,
    });
    const hook = { kind: "webhook", name: "Hook", url: webhookUrl, template: "raw", secret: WEBHOOK_SECRET };
    await world.ask("PUT", "/api/alerts/channels/hook", hook);
    for (const [id, channels] of [
      ["bot", ["bot"]],
      ["hook", ["hook"]],
      ["both", ["bot", "hook"]],
    ] as const) {
      await world.ask("PUT", `/api/alerts/rules/${id}`, { ...RULE, channels });
    }
    const { key } = v.parse(v.object({ key: v.string() }), await world.ask("GET", "/api/push"));
    const [phone, gone] = [push.subscribe(key), push.subscribe(key)];
    const rules = [{ ...RULE, id: "phone" }];
    const subscribed = v.parse(
      Subscribed,
      await world.ask("POST", "/api/push/subscriptions", { ...phone, rules }),
    );
    const lost = v.parse(Subscribed, await world.ask("POST", "/api/push/subscriptions", { ...gone, rules }));
    push.end(gone.endpoint);

    Object.assign(telegram.traps, { limited: 1, retryAfterS: 2, cutAfter: 1 });
    Object.assign(webhook.traps, { failing: 1, silent: 1, cutAfter: 1 });
    Object.assign(push.traps, { cutAfter: 1 });
    const events = burst(Date.now());
    await world.log(events);
    await pause(1_150);
    await world.kill();
    await pause(1_500);
    await world.kill();

    const sent = await world.settled(4);
    expect(
      sent.map(({ rule, kind, state, total }) => `${rule} ${kind} ${state} ${total}`).toSorted(),
    ).toEqual(["bot alert sent 100", "both alert sent 100", "both alert sent 100", "hook alert sent 100"]);
    expect(sent.reduce((sum, { attempts }) => sum + attempts, 0)).toBeGreaterThan(4 + 3);
    const first = events[0];
    await world.log([
      {
        id: `${first?.id}:withdrawn@c`,
        exchange: "DEMO",
        day: makeAlert().day,
        at: Date.now(),
        kind: "withdrawn",
        of: first?.id ?? "",
      },
    ]);
    const corrected = await world.settled(8);
    expect(
      corrected.filter(({ kind }) => kind === "correction").map(({ state, total }) => `${state} ${total}`),
    ).toEqual(Array.from({ length: 4 }, () => "sent 1"));

    const bodies = webhook.received.keys().map((one) => webhook.received.of(one).map(({ body }) => body));
    // The same key has the same bytes, however often it came.
    expect(bodies.map((all) => new Set(all).size)).toEqual(bodies.map(() => 1));
    const messages = bodies.map(([body]) => v.parse(Body, body));
    expect(messages.map(({ kind, total }) => `${kind} ${total}`).toSorted()).toEqual([
      "alert 100",
      "alert 100",
      "correction 1",
      "correction 1",
    ]);
    const texts = telegram.received
      .keys()
      .map((one) => new Set(telegram.received.of(one).map(({ text }) => text)));
    expect(texts.map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(texts.filter((all) => [...all][0]?.includes("외 80건"))).toHaveLength(2);

    const own = await world.settled(2, `/api/push/subscriptions/${subscribed.id}/log`, subscribed.token);
    expect(own.map(({ kind, state, total }) => `${kind} ${state} ${total}`)).toEqual([
      "correction sent 1",
      "alert sent 100",
    ]);
    expect(push.received.keys()).toHaveLength(2);
    await expect(
      world.ask("GET", `/api/push/subscriptions/${lost.id}`, undefined, lost.token),
    ).rejects.toThrow("404");
    // It was as hard as it was meant to be.
    const repeated = [
      ...webhook.received.keys().map((one) => webhook.received.of(one).length),
      ...telegram.received.keys().map((one) => telegram.received.of(one).length),
    ];
    expect(Math.max(...repeated)).toBeGreaterThan(1);
    expect([
      telegram.traps.limited,
      webhook.traps.silent,
      webhook.traps.failing,
      push.traps.cutAfter,
    ]).toEqual([0, 0, 0, 0]);
  }, 180_000);
});
