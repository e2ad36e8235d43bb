/** The three channels of alerts before their receivers, over real connections, for the contract and the tests of each. */
import { makeAlertTargets } from "../../../adapters/alerts/alert-target.ts";
import type { SendSurroundings } from "../../../adapters/alerts/send-attempt.ts";
import { makeTelegramSender } from "../../../adapters/alerts/telegram.ts";
import { makeVapidKeys } from "../../../adapters/alerts/vapid.ts";
import {
  makePushSender,
  type PushEndpoint,
  type PushInstallation,
} from "../../../adapters/alerts/web-push.ts";
import { makeWebhookSender } from "../../../adapters/alerts/webhook.ts";
import type { AlertTargets } from "../../../app/ports/alert-target.ts";
import type { AlertSender } from "../../../app/ports/alert-channel.ts";
import { MemoryLog } from "../../memory/memory-log.ts";
import { BOT_TOKEN, CHAT_ID, WEBHOOK_SECRET } from "./samples.ts";
import { type ReceiversOptions, type ServedReceivers, serveReceivers } from "./served-receivers.ts";

export interface SenderStage {
  readonly receivers: ServedReceivers;
  readonly log: MemoryLog;
  readonly surroundings: SendSurroundings & { readonly targets: AlertTargets };
  readonly telegram: AlertSender;
  readonly webhook: AlertSender;
  readonly push: AlertSender;
  readonly subscription: PushEndpoint;
  readonly installation: PushInstallation;
  readonly end: () => Promise<void>;
}

/** Attempts have `patienceMs`; the chat is open, the browser subscribed. */
export async function stageSenders(
  patienceMs: number,
  options: Partial<ReceiversOptions> = {},
): Promise<SenderStage> {
  const receivers = await serveReceivers({ token: BOT_TOKEN, secret: WEBHOOK_SECRET, ...options });
  const log = new MemoryLog();
  const targets = makeAlertTargets({
    exempt: receivers.vars.ALERT_TARGETS,
    resolve: () => Promise.resolve(null),
    log,
  });
  const surroundings = {
    fetch: (request: Request) => fetch(request),
    now: options.now ?? Date.now,
    log,
    patienceMs,
    targets,
  };
  const keys = await makeVapidKeys();
  const subscription = receivers.push.subscribe(keys.publicKey);
  const installation = { keys, subject: "https://radar.example" };
  receivers.telegram.chats.set(CHAT_ID, "open");
  const chat = { base: receivers.vars.TELEGRAM_BASE, token: BOT_TOKEN, chatId: CHAT_ID };
  const hook = {
    url: receivers.webhookUrl,
    template: options.form ?? "raw",
    secret: WEBHOOK_SECRET,
  } as const;
  return {
    receivers,
    log,
    surroundings,
    telegram: makeTelegramSender(chat, surroundings),
    webhook: makeWebhookSender(hook, surroundings),
    push: makePushSender(subscription, installation, surroundings),
    subscription,
    installation,
    end: () => receivers.end(),
  };
}
