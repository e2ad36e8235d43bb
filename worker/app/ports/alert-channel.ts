/** What carries one message to one receiver outside: Telegram, a webhook, a push service. */
import type { AlertEvent } from "../../core/alerts/alert-event.ts";

export interface AlertMessage {
  /** Idempotency key: equal on every attempt, and of no other message. At most 64 characters of [A-Za-z0-9_-]. */
  readonly key: string;
  readonly kind: "alert" | "correction" | "digest" | "test";
  readonly language: "ko" | "en";
  /** One line, for example `돌파 확정 · 한빛전자 900010`; at most 120 characters. */
  readonly title: string;
  /** Plain text of several lines, without markup; the last states that it is no advice. At most 3,500 characters. */
  readonly text: string;
  /** Absolute; `null` where the installation does not know its own address. */
  readonly url: string | null;
  /** Of the newest event, in milliseconds since the epoch. */
  readonly at: number;
  /** At most 20, the newest ones; `total` counts all. Empty for a test. */
  readonly events: readonly AlertEvent[];
  readonly total: number;
}

export type SendOutcome =
  | { readonly kind: "sent" }
  /** Worth another attempt: no answer, 408, 425, 429, 5xx. `afterMs` is what `Retry-After` asks for, at most a day. */
  | { readonly kind: "retry"; readonly reason: string; readonly afterMs: number | null }
  /** The same message is refused however often it is sent. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The receiver is no longer there (404 or 410 of a push service; a bot that was blocked or a chat that does not exist). */
  | { readonly kind: "gone"; readonly reason: string };

/** Never rejects, ends within 10 seconds. `reason` holds no secret and no body of the receiver, at most 200 characters. */
export interface AlertSender {
  send(message: AlertMessage): Promise<SendOutcome>;
}
