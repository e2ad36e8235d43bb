/** FK15: the three receivers of alerts, each on a port of its own, and the variables that lead the Worker to them. */
import { serveVendor } from "../serve-vendor.ts";
import { FakePushService } from "./fake-push-service.ts";
import { FakeTelegram } from "./fake-telegram.ts";
import { WebhookReceiver, type WebhookReceiverOptions } from "./webhook-receiver.ts";

export interface ReceiversOptions {
  /** Of the bot, as Telegram gives it. */
  readonly token: string;
  /** Of the webhook. */
  readonly secret: string;
  readonly form?: WebhookReceiverOptions["form"];
  /** Milliseconds since the epoch; by default this machine's clock. */
  readonly now?: () => number;
}

export interface ServedReceivers {
  readonly telegram: FakeTelegram;
  readonly webhook: WebhookReceiver;
  readonly webhookUrl: string;
  readonly push: FakePushService;
  /** For `[vars]`. */
  readonly vars: { readonly TELEGRAM_BASE: string; readonly ALERT_TARGETS: string };
  readonly end: () => Promise<void>;
}

export async function serveReceivers({
  token,
  secret,
  form = "raw",
  now = Date.now,
}: ReceiversOptions): Promise<ServedReceivers> {
  const telegram = new FakeTelegram(token);
  const webhook = new WebhookReceiver({ secret, form, now });
  let pushOrigin = "";
  const push = new FakePushService(() => pushOrigin, now);
  const served = await Promise.all([
    serveVendor(telegram.handle),
    serveVendor(webhook.handle),
    serveVendor(push.handle),
  ]);
  const [telegramBase, webhookBase, pushBase] = [served[0].url, served[1].url, served[2].url];
  pushOrigin = pushBase;
  return {
    telegram,
    webhook,
    webhookUrl: `${webhookBase}/hooks/1`,
    push,
    vars: { TELEGRAM_BASE: telegramBase, ALERT_TARGETS: `${webhookBase} ${pushBase}` },
    end: async () => {
      await Promise.all(served.map((one) => one.end()));
    },
  };
}
