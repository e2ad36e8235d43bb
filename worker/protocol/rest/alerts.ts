/** `/api/alerts` and `/api/push` on the wire: channels of the owner, subscriptions of browsers, and what was sent. */
import * as v from "valibot";
import { Count, KstTime, listOf } from "../vocabulary.ts";
import { AlertId, AlertRuleRow, BrowserRules, nameOf } from "./alert-rules.ts";

/** Rows of the log in one answer. */
export const MOST_DELIVERIES = 200;

const MOST_CHANNEL_NAME = 60;
const MOST_URL = 2_000;

const CHAT = "must be the number of a chat such as 123456789 or -1001234567890, or a channel's @name";
const TOKEN = "must have the form 123456:ABC-DEF, as BotFather gives it";
const SECRET = "must be 16 to 200 printable characters without blanks";
const HTTPS = "must be an address such as https://hooks.example/alerts";

/** Which addresses may be sent to is judged where they are sent to. */
const Address = v.pipe(v.string(HTTPS), v.maxLength(MOST_URL), v.url(HTTPS), v.regex(/^https?:/, HTTPS));

/** A token, an address or a secret that is left out stays what it is. */
export const ChannelBody = v.variant("kind", [
  v.strictObject({
    kind: v.literal("telegram"),
    name: nameOf(MOST_CHANNEL_NAME),
    chat_id: v.pipe(v.string(CHAT), v.regex(/^(?:-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64})$/, CHAT)),
    token: v.optional(v.pipe(v.string(TOKEN), v.regex(/^[0-9]{1,20}:[A-Za-z0-9_-]{20,100}$/, TOKEN))),
  }),
  v.strictObject({
    kind: v.literal("webhook"),
    name: nameOf(MOST_CHANNEL_NAME),
    url: v.optional(Address),
    template: v.picklist(["raw", "discord", "slack"]),
    secret: v.optional(v.pipe(v.string(SECRET), v.regex(/^[!-~]{16,200}$/, SECRET))),
  }),
]);
export type ChannelBody = v.InferOutput<typeof ChannelBody>;

/** A channel as its owner sees it: no token, no secret, no address that holds one. */
export const ChannelRow = v.object({
  id: AlertId,
  kind: v.picklist(["telegram", "webhook"]),
  name: v.string(),
  /** The host of a webhook, the chat of a bot. */
  hint: v.string(),
  /** Of a webhook; `null` of a bot. */
  template: v.nullable(v.picklist(["raw", "discord", "slack"])),
  /** `failing`: the last message did not arrive. `stopped`: nothing is sent before a test arrives. */
  state: v.picklist(["ok", "failing", "stopped"]),
  /** In a row. */
  failures: Count,
  last_sent_at: v.nullable(KstTime),
});
export type ChannelRow = v.InferOutput<typeof ChannelRow>;

/** What the owner has set up. */
export const AlertsBody = v.object({
  rules: listOf(AlertRuleRow),
  channels: listOf(ChannelRow),
  /** The public key that a browser subscribes with, base64url. */
  push: v.object({ key: v.string() }),
  /** The address that links in messages lead to; `null` where messages have none. */
  links: v.nullable(v.string()),
});
export type AlertsBody = v.InferOutput<typeof AlertsBody>;

/** `secret`: one that was drawn for a webhook that came without; it is in no later answer. */
export const ChannelAnswer = v.object({ id: AlertId, secret: v.nullable(v.string()) });
export type ChannelAnswer = v.InferOutput<typeof ChannelAnswer>;

/** What is gone. */
export const RemovedBody = v.object({ id: v.string() });

/** What became of a test. */
export const TestAnswer = v.object({
  /** `retry`: it may arrive another time. `refused`: it never does. `gone`: nobody is there any more. */
  outcome: v.picklist(["sent", "retry", "refused", "gone"]),
  reason: v.nullable(v.string()),
});
export type TestAnswer = v.InferOutput<typeof TestAnswer>;

/** One message to one receiver. */
export const DeliveryRow = v.object({
  /** What its receiver knows it by. */
  key: v.string(),
  rule: v.string(),
  /** The channel's id; `push` for the browser's own. */
  channel: v.string(),
  kind: v.picklist(["alert", "digest", "correction"]),
  /**
   * `gathering`: no message yet. `waiting`: to be sent, for the first time or again. `dead`: given up. `withdrawn`: nothing of it stood
   * any more, or it had no receiver.
   */
  state: v.picklist(["gathering", "waiting", "sent", "dead", "withdrawn"]),
  title: v.nullable(v.string()),
  /** Events that it is about. */
  total: Count,
  attempts: Count,
  created_at: KstTime,
  sent_at: v.nullable(KstTime),
  /** `null` once it is settled. */
  next_at: v.nullable(KstTime),
  /** Why the last attempt failed. */
  reason: v.nullable(v.string()),
});
export type DeliveryRow = v.InferOutput<typeof DeliveryRow>;

/** Newest first. */
export const DeliveriesBody = v.object({ deliveries: listOf(DeliveryRow) });
export type DeliveriesBody = v.InferOutput<typeof DeliveriesBody>;

/** What a browser subscribes with. */
export const PushKeyBody = v.object({ key: v.string() });
export type PushKeyBody = v.InferOutput<typeof PushKeyBody>;

const P256DH = "must be the 65 bytes of a public key in base64url";
const AUTH = "must be 16 bytes in base64url";

/** As `PushSubscription.toJSON()` has it, and the browser's rules. */
export const SubscriptionBody = v.strictObject({
  endpoint: Address,
  keys: v.strictObject({
    p256dh: v.pipe(v.string(P256DH), v.regex(/^[A-Za-z0-9_-]{87}=?$/, P256DH)),
    auth: v.pipe(v.string(AUTH), v.regex(/^[A-Za-z0-9_-]{22}(?:==)?$/, AUTH)),
  }),
  rules: BrowserRules,
});
export type SubscriptionBody = v.InferOutput<typeof SubscriptionBody>;

/** `token`: what its browser changes and ends it with; it is in no later answer. */
export const SubscribedBody = v.object({ id: v.string(), token: v.string() });
export type SubscribedBody = v.InferOutput<typeof SubscribedBody>;

/** A subscription as its browser sees it. */
export const SubscriptionRow = v.object({ id: v.string(), rules: listOf(AlertRuleRow) });
export type SubscriptionRow = v.InferOutput<typeof SubscriptionRow>;
