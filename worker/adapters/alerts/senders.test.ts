import { alertSenderContract, type SenderWorld } from "../../app/ports/alert-channel.contract.ts";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { BOT_TOKEN, WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { type SenderStage, stageSenders } from "../../testing/fakes/alerts/sender-stage.ts";
import { serveVendor } from "../../testing/fakes/serve-vendor.ts";

async function worldOf(
  patienceMs: number,
  take: (stage: SenderStage) => Pick<SenderWorld, "sender" | "switches" | "secrets"> & {
    readonly received: { of(key: string): readonly unknown[] };
  },
): Promise<SenderWorld> {
  const stage = await stageSenders(patienceMs);
  let requests = 0;
  const inner = await serveVendor(() => {
    requests += 1;
    return new Response("inner");
  });
  const { received, ...world } = take(stage);
  return {
    ...world,
    taken: (key) => received.of(key).length,
    logged: () => JSON.stringify(stage.log.lines),
    inner: { url: inner.url, requests: () => requests },
    end: async () => {
      await Promise.all([stage.end(), inner.end()]);
    },
  };
}

const message = (key: string) => makeAlertMessage({ key });

alertSenderContract(
  "Telegram",
  (patienceMs) =>
    worldOf(patienceMs, ({ telegram, receivers }) => ({
      sender: telegram,
      switches: receivers.telegram.traps,
      received: receivers.telegram.received,
      secrets: [BOT_TOKEN, "fake_token"],
    })),
  message,
);

alertSenderContract(
  "webhook",
  (patienceMs) =>
    worldOf(patienceMs, ({ webhook, receivers }) => ({
      sender: webhook,
      switches: receivers.webhook.traps,
      received: receivers.webhook.received,
      secrets: [WEBHOOK_SECRET, "v1=", "/hooks/"],
    })),
  message,
);

alertSenderContract(
  "Web Push",
  (patienceMs) =>
    worldOf(patienceMs, ({ push, subscription, installation, receivers }) => ({
      sender: push,
      switches: receivers.push.traps,
      received: receivers.push.received,
      secrets: [
        new URL(subscription.endpoint).pathname,
        subscription.keys.auth,
        installation.keys.privateKey,
        "vapid t=",
      ],
    })),
  message,
);
