/** AL60 to AL63: alerts to one browser by its push service (RFC 8030), encrypted so that only that browser reads them (RFC 8291). */
import { encryptNotification } from "@block65/webcrypto-web-push";
import type { AlertTargets } from "../../app/ports/alert-target.ts";
import type { AlertMessage, AlertSender, SendOutcome } from "../../app/ports/alert-channel.ts";
import { describeFault } from "./fault.ts";
import { pushPayload } from "./push-payload.ts";
import { attemptToSend, type SendSurroundings } from "./send-attempt.ts";
import { outcomeOfStatus } from "./send-outcome.ts";
import { unpadded } from "./unpadded.ts";
import { NOWHERE, vapidAuthorization, type VapidKeys } from "./vapid.ts";

/** As `PushSubscription.toJSON()` of a browser gives it. Whoever knows the endpoint can send to it. */
export interface PushEndpoint {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface PushInstallation {
  readonly keys: VapidKeys;
  /** An https address or `mailto:`. */
  readonly subject: string;
}

const RECEIVER = "the push service";
/** A phone that was off for longer has nothing of an alert. */
const TTL_S = 4 * 3_600;
/** Signs of base64url that a topic may have. */
const TOPIC_LENGTH = 32;

/** Equal for the attempts of one message: a push service replaces what it has not delivered yet. */
async function topicOf(key: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return unpadded(hash).slice(0, TOPIC_LENGTH);
}

/** AL33: what a refusal may come from, and what can be done. */
const NAMELESS =
  "; services such as Apple's take messages of an installation with a public https address alone: set PUBLIC_URL";

function outcomeOf(response: Response, subject: string, now: number): SendOutcome {
  const { status } = response;
  if (status === 404 || status === 410) {
    return { kind: "gone", reason: `the browser has ended its subscription (status ${status})` };
  }
  const outcome = outcomeOfStatus(response, RECEIVER, now);
  return outcome.kind === "refused" && subject === NOWHERE && [400, 401, 403].includes(status)
    ? { kind: "refused", reason: `${outcome.reason}${NAMELESS}` }
    : outcome;
}

export function makePushSender(
  { endpoint, keys }: PushEndpoint,
  installation: PushInstallation,
  surroundings: SendSurroundings & { readonly targets: AlertTargets },
): AlertSender {
  /** `null` when the keys are none: a browser or a page made them up. */
  const prepare = async (message: AlertMessage): Promise<readonly [Uint8Array, string] | null> => {
    const { keys: own, subject } = installation;
    try {
      const body = await encryptNotification({ endpoint, keys, expirationTime: null }, pushPayload(message));
      return [body, await vapidAuthorization(endpoint, own, subject, surroundings.now())];
    } catch (error) {
      surroundings.log.write("warn", "alert_not_encrypted", { error: describeFault(error) });
      return null;
    }
  };
  return {
    send: (message) =>
      attemptToSend(RECEIVER, surroundings, async (post) => {
        const refusal = await surroundings.targets.refusal(endpoint);
        if (refusal !== null) {
          return { kind: "refused", reason: `nothing is sent to this endpoint: ${refusal}` };
        }
        const prepared = await prepare(message);
        if (prepared === null) {
          return {
            kind: "refused",
            reason: "the keys of the subscription, or of the installation, are none",
          };
        }
        const [body, authorization] = prepared;
        const response = await post(endpoint, body, {
          authorization,
          "content-encoding": "aes128gcm",
          "content-type": "application/octet-stream",
          ttl: String(TTL_S),
          urgency: "high",
          topic: await topicOf(message.key),
        });
        return outcomeOf(response, installation.subject, surroundings.now());
      }),
  };
}
