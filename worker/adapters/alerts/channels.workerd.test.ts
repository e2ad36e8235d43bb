import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { FakePushService } from "../../testing/fakes/alerts/fake-push-service.ts";
import { FakeTelegram } from "../../testing/fakes/alerts/fake-telegram.ts";
import type { ServedAnswer } from "../../testing/fakes/serve-vendor.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { PUBLIC_TARGETS, REFUSED_TARGETS } from "../../testing/fakes/alerts/target-samples.ts";
import { WebhookReceiver } from "../../testing/fakes/alerts/webhook-receiver.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { makeAlertTargets } from "./alert-target.ts";
import { makeTelegramSender } from "./telegram.ts";
import { makeVapidKeys } from "./vapid.ts";
import { makePushSender } from "./web-push.ts";
import { makeWebhookSender } from "./webhook.ts";

const PUSH = "https://push.radar-check.com";

/** The receiver answers in the same isolate: the platform's requests, keys, ciphers and addresses are the real ones. */
function stage(handle: (request: Request) => Promise<ServedAnswer>) {
  const log = new MemoryLog();
  const targets = makeAlertTargets({ exempt: "", resolve: () => Promise.resolve(["1.1.1.1"]), log });
  const fetch = async (request: Request) => {
    const answer = await handle(request);
    assert(answer instanceof Response, "The fake answers");
    return answer;
  };
  return { fetch, now: Date.now, log, targets };
}

describe("the channels in workerd", () => {
  it("[AL40] addresses are read as in Node", async ({ expect }) => {
    const { targets } = stage(() => Promise.resolve("silent"));
    const judge = async (target: string) => ((await targets.refusal(target)) === null ? [target] : []);
    expect((await Promise.all(REFUSED_TARGETS.map(judge))).flat()).toEqual([]);
    expect((await Promise.all(PUBLIC_TARGETS.map(judge))).flat()).toEqual(PUBLIC_TARGETS);
  });

  it("[AL62] a push message is read by its browser, by a decryptor written from the RFC", async ({
    expect,
  }) => {
    const service = new FakePushService(() => PUSH, Date.now);
    const keys = await makeVapidKeys();
    const subscription = service.subscribe(keys.publicKey);
    const installation = { keys, subject: "https://radar.example" };
    const sender = makePushSender(subscription, installation, stage(service.handle));
    const message = makeAlertMessage();
    expect(await sender.send(message)).toEqual({ kind: "sent" });
    expect(service.received.of(message.key)[0]?.payload).toMatchObject({
      title: message.title,
      tag: message.key,
    });
    service.end(subscription.endpoint);
    expect(await sender.send(message)).toMatchObject({ kind: "gone" });
  });

  it("[AL54] a webhook's signature is the one that Node computes", async ({ expect }) => {
    const receiver = new WebhookReceiver({ secret: WEBHOOK_SECRET, form: "raw", now: Date.now });
    const hook = { url: "https://hooks.radar-check.com/x", template: "raw", secret: WEBHOOK_SECRET } as const;
    expect(await makeWebhookSender(hook, stage(receiver.handle)).send(makeAlertMessage())).toEqual({
      kind: "sent",
    });
    expect(receiver.received.keys()).toEqual([makeAlertMessage().key]);
  });

  it("[AL50] a chat of Telegram gets its text", async ({ expect }) => {
    const telegram = new FakeTelegram(BOT_TOKEN);
    telegram.chats.set(CHAT_ID, "open");
    const chat = { base: "https://api.telegram.org", token: BOT_TOKEN, chatId: CHAT_ID };
    expect(await makeTelegramSender(chat, stage(telegram.handle)).send(makeAlertMessage())).toEqual({
      kind: "sent",
    });
    expect(telegram.received.keys()).toEqual([makeAlertMessage().key]);
  });
});
