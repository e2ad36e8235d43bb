/** The channels of alerts as the program around them gives them what they need, so that each goes out by its own way (decision 058). */
import type { AlertTargets } from "../../app/ports/alert-target.ts";
import type { AlertSender } from "../../app/ports/alert-channel.ts";
import type { Log } from "../../app/ports/log.ts";
import { makeAlertTargets } from "./alert-target.ts";
import { makeDnsOverHttps } from "./dns-over-https.ts";
import { publicFetch } from "./public-fetch.ts";
import { makeTelegramSender, type TelegramChat } from "./telegram.ts";
import { makePushSender, type PushEndpoint, type PushInstallation } from "./web-push.ts";
import { makeWebhookSender, type Webhook } from "./webhook.ts";

interface ChannelsEnv {
  readonly TELEGRAM_BASE: string;
  readonly ALERT_TARGETS: string;
}

export interface AlertChannels {
  /** For whoever saves an address. */
  readonly targets: AlertTargets;
  readonly telegram: (chat: Omit<TelegramChat, "base">) => AlertSender;
  readonly webhook: (webhook: Webhook) => AlertSender;
  readonly push: (endpoint: PushEndpoint, installation: PushInstallation) => AlertSender;
}

/** Anyone may ask it without a key. */
const RESOLVER = "https://cloudflare-dns.com/dns-query";

/** For what the configuration names. */
const platformFetch = (request: Request): Promise<Response> => fetch(request);

export function openChannels(
  env: ChannelsEnv,
  now: () => number,
  log: Log,
  resolver = RESOLVER,
): AlertChannels {
  const { TELEGRAM_BASE, ALERT_TARGETS } = env;
  const resolve = makeDnsOverHttps({ fetch: platformFetch, url: resolver, log });
  const targets = makeAlertTargets({ exempt: ALERT_TARGETS, resolve, log });
  const typedIn = { fetch: publicFetch(env, ALERT_TARGETS), now, log, targets };
  return {
    targets,
    telegram: (chat) =>
      makeTelegramSender({ ...chat, base: TELEGRAM_BASE }, { fetch: platformFetch, now, log }),
    webhook: (webhook) => makeWebhookSender(webhook, typedIn),
    push: (endpoint, installation) => makePushSender(endpoint, installation, typedIn),
  };
}
