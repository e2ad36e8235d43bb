/** AL55: the body of a webhook, version 1, and what Discord and Slack take in its place. Documented in `WEBHOOK.md` beside this file. */
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { AlertMessage } from "../../app/ports/alert-channel.ts";
import { ownFields } from "../../protocol/rest/alert-events.ts";
import { plainText } from "./message-text.ts";

export type WebhookTemplate = "raw" | "discord" | "slack";

/** UTF-16 units of a message of Discord; Slack takes ten times what a message has. */
const MAX_DISCORD = 2_000;
const MAX_SLACK = 8_000;
/** Of Discord: no preview of the link. */
const SUPPRESS_EMBEDS = 4;

function eventOnWire(event: AlertEvent): object {
  const { id, exchange, kind, at } = event;
  return { id, exchange, kind, day: formatTradingDay(event.day), at, ...ownFields(event) };
}

function rawBody(message: AlertMessage): object {
  const { key, kind, language, title, text, url, at, events, total } = message;
  return { version: 1, key, kind, language, title, text, url, at, events: events.map(eventOnWire), total };
}

/** A company's name is a name there too: no emphasis, no spoiler, no link behind other text, no mention. */
function escapeDiscord(text: string): string {
  return text.replaceAll(/[\\*_~`|[\]<>]/g, String.raw`\$&`);
}

function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** JSON; equal for equal messages, so that every attempt sends the same bytes. */
export function webhookBody(message: AlertMessage, template: WebhookTemplate): string {
  switch (template) {
    case "raw": {
      return JSON.stringify(rawBody(message));
    }
    case "discord": {
      const [title, text] = [escapeDiscord(message.title), escapeDiscord(message.text)];
      const content = plainText({ ...message, title, text }, MAX_DISCORD);
      return JSON.stringify({ content, allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS });
    }
    case "slack": {
      const text = escapeSlack(plainText(message, MAX_SLACK));
      return JSON.stringify({ text, mrkdwn: false, unfurl_links: false });
    }
  }
}
