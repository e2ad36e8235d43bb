/** The rules of whoever asked to be told, and the browsers that asked; the object `Alerts` is their only writer. */
import type { AlertRule } from "../../core/alerts/alert-rule.ts";

/** Who holds a rule: the owner, or the subscription of a browser by its id. */
export const OWNER = "owner";

export interface HeldRule {
  readonly holder: string;
  readonly rule: AlertRule;
}

/** What a push service gave a browser, and who may change it. */
export interface PushSubscriber {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** SHA-256 of its token in hex. */
  readonly tokenHash: string;
  /** It was made by a reader who had logged in, and may be told of a private exchange. */
  readonly isReader: boolean;
  /** `null` where the platform names no address. */
  readonly network: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Is given each row that cannot be read, by its table and key, with the reason; the row is left out. */
export type OnUnread = (row: string, fault: unknown) => void;

/** Rejects with a `NeighbourError` when the database is out of reach. */
export interface AlertRuleStore {
  /** By holder and id. */
  rules(onUnread?: OnUnread): Promise<readonly HeldRule[]>;
  /** Replaces the rule of that holder and id. */
  putRule(held: HeldRule, at: number): Promise<void>;
  dropRule(holder: string, id: string): Promise<void>;
  subscribers(onUnread?: OnUnread): Promise<readonly PushSubscriber[]>;
  /** One write: the subscription, in place of one of the same endpoint, and its rules in place of all that it had. */
  putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[], at: number): Promise<void>;
  /** One write, its rules with it. */
  dropSubscriber(id: string): Promise<void>;
}
