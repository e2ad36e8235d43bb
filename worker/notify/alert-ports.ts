/** The neighbours of the object that tells. */
import type { AlertMessage } from "../app/ports/alert-channel.ts";
import type { AlertLog } from "../app/ports/alert-log.ts";
import type { AlertRuleStore } from "../app/ports/alert-rules.ts";
import type { AlertSenders } from "../app/ports/alert-senders.ts";
import type { Clock } from "../app/ports/clock.ts";
import type { Log } from "../app/ports/log.ts";
import type { Settings } from "../app/ports/settings.ts";
import type { ReaderRule } from "../app/reader-rule.ts";
import type { ToldAlert } from "../core/alerts/alert-event.ts";

/** What a message is written from. `events` are all, oldest first. */
export interface MessageFacts {
  readonly key: string;
  readonly kind: AlertMessage["kind"];
  readonly language: "ko" | "en";
  readonly events: readonly ToldAlert[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface AlertsPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "activeExchange">;
  readonly alertLog: Pick<AlertLog, "after" | "last">;
  readonly rules: AlertRuleStore;
  readonly senders: AlertSenders;
  readonly readerRule: ReaderRule;
  /** Length of a session of the simulated market, in milliseconds. */
  readonly simulatedSessionMs: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Text of 128 random bits or more, of [A-Za-z0-9_-]. */
  readonly drawText: () => string;
  /** SHA-256 in hex. */
  readonly digest: (text: string) => Promise<string>;
  readonly write: (facts: MessageFacts) => AlertMessage;
}
