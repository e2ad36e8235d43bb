import { describe, it } from "vitest";
import { sign } from "hono/jwt";
import { encryptNotification } from "@block65/webcrypto-web-push";
import { makeVapidKeys, vapidAuthorization } from "../../../adapters/alerts/vapid.ts";
import { signWebhook } from "../../../adapters/alerts/webhook.ts";
import { decryptPush } from "./decrypt-push.ts";
import { FakePushService } from "./fake-push-service.ts";
import { FakeTelegram } from "./fake-telegram.ts";
import type { ServedAnswer } from "../serve-vendor.ts";
import { serveReceivers } from "./served-receivers.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "./samples.ts";
import { WebhookReceiver } from "./webhook-receiver.ts";

const NOW = Date.UTC(2026, 10, 30, 1, 15);
const ORIGIN = "https://push.invalid";

async function statusOf(answer: ServedAnswer | Promise<ServedAnswer>): Promise<number | string> {
  const given = await answer;
  return given instanceof Response ? given.status : "no answer";
}

describe("the receivers of alerts", () => {
  it("[FK15] stand on a port each, at the variables of the Worker, and repeat what they were sent when asked to", async ({
    expect,
  }) => {
    const receivers = await serveReceivers({ token: BOT_TOKEN, secret: WEBHOOK_SECRET });
    try {
      receivers.telegram.traps.echo = true;
      const url = `${receivers.vars.TELEGRAM_BASE}/bot${BOT_TOKEN}/sendMessage`;
      const answer = await fetch(url, { method: "POST", body: "{}" });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(BOT_TOKEN)]);
      const origins = receivers.vars.ALERT_TARGETS.split(" ");
      expect(origins).toHaveLength(2);
      expect(receivers.webhookUrl.startsWith(origins[0] ?? "-")).toBe(true);
      expect(receivers.push.subscribe("key").endpoint.startsWith(origins[1] ?? "-")).toBe(true);
    } finally {
      await receivers.end();
    }
  });

  it("[FK16] Telegram refuses as the Bot API does", async ({ expect }) => {
    const telegram = new FakeTelegram(BOT_TOKEN);
    telegram.chats.set(CHAT_ID, "open").set("2", "blocked").set("3", "migrated");
    const call = (path: string, body: object) =>
      statusOf(
        telegram.handle(
          new Request(`https://a.invalid/${path}`, { method: "POST", body: JSON.stringify(body) }),
        ),
      );
    const mine = `bot${BOT_TOKEN}/sendMessage`;
    expect(await call("bot1:other/sendMessage", {})).toBe(401);
    expect(await call("botnonsense/sendMessage", {})).toBe(404);
    expect(await call(mine.replace("sendMessage", "sendPhoto"), {})).toBe(404);
    expect(await call(mine, { chat_id: "9", text: "a" })).toBe(400);
    expect(await call(mine, { chat_id: "2", text: "a" })).toBe(403);
    expect(await call(mine, { chat_id: "3", text: "a" })).toBe(400);
    expect(await call(mine, { chat_id: CHAT_ID, text: " " })).toBe(400);
    expect(await call(mine, { chat_id: CHAT_ID, text: "a".repeat(4_097) })).toBe(400);
    expect(await call(mine, { chat_id: CHAT_ID, text: "a", parse_mode: "HTML" })).toBe(400);
    expect(await call(mine, { chat_id: Number(CHAT_ID), text: "a\nref. k-1" })).toBe(200);
    expect(telegram.received.of("k-1")).toEqual([{ chatId: CHAT_ID, text: "a\nref. k-1" }]);
  });

  it("[FK17] a webhook takes what is signed, fresh and of its form", async ({ expect }) => {
    const call = async (
      form: "raw" | "discord" | "slack",
      body: object,
      seconds = NOW / 1_000,
      secret = WEBHOOK_SECRET,
    ) => {
      const receiver = new WebhookReceiver({ secret: WEBHOOK_SECRET, form, now: () => NOW });
      const text = JSON.stringify(body);
      const headers = {
        "x-radar-timestamp": String(seconds),
        "x-radar-signature": await signWebhook(secret, seconds, text),
        "idempotency-key": "k-1",
      };
      return statusOf(
        receiver.handle(new Request("https://a.invalid/", { method: "POST", headers, body: text })),
      );
    };
    expect(await call("raw", { version: 1, key: "k" })).toBe(200);
    expect(await call("raw", { version: 2, key: "k" })).toBe(400);
    expect(await call("raw", { version: 1, key: "k" }, NOW / 1_000 - 301)).toBe(401);
    expect(await call("raw", { version: 1, key: "k" }, NOW / 1_000 + 301)).toBe(401);
    expect(await call("raw", { version: 1, key: "k" }, NOW / 1_000, "another")).toBe(401);
    expect(await call("discord", { content: "a".repeat(2_000) })).toBe(204);
    expect(await call("discord", { content: "a".repeat(2_001) })).toBe(400);
    expect(await call("slack", { text: "a" })).toBe(200);
    expect(await call("slack", { content: "a" })).toBe(400);
  });

  it("[FK18] a push message is decrypted as the example of RFC 8291 is", ({ expect }) => {
    const body =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
    const privateKey = Buffer.from("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "base64url");
    const auth = Buffer.from("BTBZMqHH6r4Tts7J_aSIgg", "base64url");
    const bytes = Buffer.from(body, "base64url");
    expect(Buffer.from(decryptPush(bytes, { privateKey, auth })).toString()).toBe(
      "When I grow up, I want to be a watermelon",
    );
    expect(() => decryptPush(bytes, { privateKey, auth: Buffer.alloc(16) })).toThrow();
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(120) ^ 1, 120);
    expect(() => decryptPush(changed, { privateKey, auth })).toThrow();
  });

  it("[FK18] a push service takes from the subscription's sender, for its origin, in its form", async ({
    expect,
  }) => {
    const service = new FakePushService(
      () => ORIGIN,
      () => NOW,
    );
    const keys = await makeVapidKeys();
    const subscription = service.subscribe(keys.publicKey);
    const message = new TextEncoder().encode(JSON.stringify({ key: "k-1" }));
    const encrypted = await encryptNotification({ ...subscription, expirationTime: null }, message);
    const authorization = await vapidAuthorization(
      subscription.endpoint,
      keys,
      "mailto:a@radar.example",
      NOW,
    );
    const form = { authorization, ttl: "60", "content-encoding": "aes128gcm" };
    const call = (headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer> = encrypted) =>
      statusOf(service.handle(new Request(subscription.endpoint, { method: "POST", headers, body })));
    expect(await call(form)).toBe(201);
    expect(await call({ ...form, topic: "a b" })).toBe(400);
    expect(await call({ authorization, ttl: "60" })).toBe(400);
    expect(await call({ authorization, "content-encoding": "aes128gcm" })).toBe(400);
    expect(await call(form, new Uint8Array(4_097))).toBe(413);
    expect(await call({ ...form, authorization: "" })).toBe(403);
    const other = await makeVapidKeys();
    const another = await vapidAuthorization(subscription.endpoint, other, "mailto:a@radar.example", NOW);
    expect(await call({ ...form, authorization: another })).toBe(403);
    const elsewhere = await vapidAuthorization(
      "https://other.invalid/x",
      keys,
      "mailto:a@radar.example",
      NOW,
    );
    expect(await call({ ...form, authorization: elsewhere })).toBe(403);
    const late = await vapidAuthorization(
      subscription.endpoint,
      keys,
      "mailto:a@radar.example",
      NOW - 86_400_000,
    );
    expect(await call({ ...form, authorization: late })).toBe(403);
    const forged = await sign(
      { aud: ORIGIN, exp: NOW / 1_000 + 60, sub: "mailto:a@radar.example" },
      "secret",
      "HS256",
    );
    expect(await call({ ...form, authorization: `vapid t=${forged}, k=${keys.publicKey}` })).toBe(403);
    expect(service.received.of("k-1")).toHaveLength(1);
    await call({ ...form, topic: "same" });
    await call({ ...form, topic: "same" });
    expect(service.fetchWaiting(subscription.endpoint), "without a topic, and one of the two").toHaveLength(
      2,
    );
    expect(service.fetchWaiting(subscription.endpoint)).toEqual([]);
  });
});
