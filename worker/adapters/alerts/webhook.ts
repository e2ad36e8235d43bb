/** AL54 to AL57: alerts to an address of the owner's choice, signed, so that its receiver knows who sent them and when. */
import type { AlertTargets } from "../../app/ports/alert-target.ts";
import type { AlertSender, SendOutcome } from "../../app/ports/alert-channel.ts";
import { attemptToSend, type SendSurroundings } from "./send-attempt.ts";
import { outcomeOfStatus } from "./send-outcome.ts";
import { webhookBody, type WebhookTemplate } from "./webhook-body.ts";

export interface Webhook {
  /** Discord's and Slack's are secrets by themselves: no part of it stands in a reason or a log. */
  readonly url: string;
  readonly template: WebhookTemplate;
  /** As text: its UTF-8 bytes are the key of the signature. */
  readonly secret: string;
}

const RECEIVER = "the webhook";

/** `v1=` and HMAC-SHA256 in hexadecimal over the seconds, a point and the body. */
export async function signWebhook(secret: string, seconds: number, body: string): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes.encode(`${seconds}.${body}`));
  return `v1=${Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function outcomeOf(response: Response, template: WebhookTemplate, now: number): SendOutcome {
  // A webhook that was deleted: Discord and Slack answer 404, whereas a receiver of one's own may be on its way back.
  const isGone = response.status === 410 || (response.status === 404 && template !== "raw");
  return isGone
    ? { kind: "gone", reason: `${RECEIVER} is no longer there (status ${response.status})` }
    : outcomeOfStatus(response, RECEIVER, now);
}

export function makeWebhookSender(
  { url, template, secret }: Webhook,
  surroundings: SendSurroundings & { readonly targets: AlertTargets },
): AlertSender {
  return {
    send: (message) =>
      attemptToSend(RECEIVER, surroundings, async (post) => {
        const refusal = await surroundings.targets.refusal(url);
        if (refusal !== null) {
          return { kind: "refused", reason: `nothing is sent to this address: ${refusal}` };
        }
        const body = webhookBody(message, template);
        const seconds = Math.floor(surroundings.now() / 1_000);
        const response = await post(url, body, {
          "content-type": "application/json",
          "idempotency-key": message.key,
          "x-radar-timestamp": String(seconds),
          "x-radar-signature": await signWebhook(secret, seconds, body),
        });
        return outcomeOf(response, template, surroundings.now());
      }),
  };
}
