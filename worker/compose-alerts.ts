/** The ports of the object that tells. Apart from the others, because it alone leads out to receivers of the owner's choice. */
import { openChannels } from "./adapters/alerts/open-channels.ts";
import { makeVapidKeys, vapidSubject } from "./adapters/alerts/vapid.ts";
import { D1AlertLog } from "./adapters/d1/alert-log.ts";
import { D1AlertRules } from "./adapters/d1/alert-rules.ts";
import { D1Settings } from "./adapters/d1/settings.ts";
import type { AlertSenders } from "./app/ports/alert-senders.ts";
import type { Log } from "./app/ports/log.ts";
import type { ReaderRule } from "./app/reader-rule.ts";
import type { AlertsPorts } from "./notify/alert-ports.ts";
import { consoleLog } from "./platform/logs.ts";
import type { Time } from "./platform/system-clock.ts";
import { alertMessage } from "./protocol/alert-texts.ts";

function makeSenders(env: Env, { clock }: Time, log: Log, publicUrl: string | null): AlertSenders {
  const channels = openChannels(env, () => clock.now(), log);
  return {
    channel: (config) => (config.kind === "telegram" ? channels.telegram(config) : channels.webhook(config)),
    push: ({ endpoint, ...keys }, own, origin) =>
      channels.push({ endpoint, keys }, { keys: own, subject: vapidSubject(publicUrl, origin) }),
    drawPushKeys: makeVapidKeys,
    refuseTarget: async (url) => channels.targets.refusal(url),
  };
}

/** `null` for an empty variable; the address without a slash at its end. */
export function publicUrlOf(text: string): string | null {
  const url = URL.parse(text.trim());
  return url === null ? null : `${url.origin}${url.pathname}`.replace(/\/+$/u, "");
}

/** 128 random bits as base64url. */
function drawText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The ports of Alerts. */
export function composeNotifier(env: Env, time: Time, readerRule: ReaderRule): AlertsPorts {
  const publicUrl = publicUrlOf(env.PUBLIC_URL);
  return {
    clock: time.clock,
    log: consoleLog,
    settings: new D1Settings(env.DB),
    alertLog: new D1AlertLog(env.DB),
    rules: new D1AlertRules(env.DB, env.OWNER_TOKEN),
    senders: makeSenders(env, time, consoleLog, publicUrl),
    readerRule,
    simulatedSessionMs: Number(env.DEMO_SESSION_S) * 1_000,
    random: Math.random,
    drawText,
    digest,
    write: (facts) => alertMessage({ ...facts, publicUrl }),
  };
}
