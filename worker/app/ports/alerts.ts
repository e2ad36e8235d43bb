/** The object that tells: what others ask of it. Every call rejects with a `NeighbourError` when it, or D1 behind it, is out of reach. */
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import type { SendOutcome } from "./alert-channel.ts";
import type { ChannelConfig, PushTarget } from "./alert-senders.ts";
import type { NeighbourFailure } from "./neighbour-error.ts";

/** As its owner sees it. `hint` names the receiver, and holds no secret. */
export interface ChannelView {
  readonly id: string;
  readonly kind: "telegram" | "webhook";
  readonly name: string;
  /** The host of a webhook, the chat of a bot. */
  readonly hint: string;
  readonly template: "raw" | "discord" | "slack" | null;
  readonly failures: number;
  readonly isStopped: boolean;
  /** Milliseconds since the epoch; `null` before the first message. */
  readonly lastSentAt: number | null;
}

/** A message to one receiver, as the log shows it. Times in milliseconds since the epoch. */
export interface DeliveryView {
  /** The key that its receiver knows it by. */
  readonly key: string;
  readonly ruleId: string;
  /** The channel's id; `push` for the browser's own. */
  readonly receiver: string;
  readonly kind: "alert" | "digest" | "correction";
  /** `gathering`: no message yet. `withdrawn`: nothing of it stood any more, or nobody was there to be told. */
  readonly state: "gathering" | "waiting" | "sent" | "dead" | "withdrawn";
  readonly title: string | null;
  /** Events that it is about. */
  readonly total: number;
  readonly attempts: number;
  readonly createdAt: number;
  readonly sentAt: number | null;
  /** When it is sent, or sent again; `null` once it is settled. */
  readonly nextAt: number | null;
  /** Why the last attempt failed. */
  readonly reason: string | null;
}

/** What the owner has set up. */
export interface OwnerAlerts {
  readonly rules: readonly AlertRule[];
  readonly channels: readonly ChannelView[];
}

/** Without a token, an address or a secret the one that is stored stays. */
export type ChannelChange =
  | (Omit<Extract<ChannelConfig, { kind: "telegram" }>, "token"> & {
      readonly name: string;
      readonly token?: string;
    })
  | (Omit<Extract<ChannelConfig, { kind: "webhook" }>, "url" | "secret"> & {
      readonly name: string;
      readonly url?: string;
      readonly secret?: string;
    });

/** What a change came to: done, or why not, with the remedy. */
export type Change<T = object> = ({ readonly refused: null } & T) | { readonly refused: string };

/** Limits of what is kept (AL17). */
export const ALERT_LIMITS = {
  ownerRules: 20,
  channels: 10,
  browserRules: 5,
  subscribers: 5_000,
  ofNetwork: 10,
  /** Shares that the rules of all browsers name together. */
  browserTickers: 500_000,
} as const;

export interface AlertsPort {
  /** The log has grown, or may have; returns before anything is sent. */
  wake(): Promise<void>;
  failures(): Promise<readonly NeighbourFailure[]>;
  owner(): Promise<OwnerAlerts>;
  putRule(rule: AlertRule): Promise<Change>;
  dropRule(id: string): Promise<void>;
  /** `secret`: one that was drawn for a webhook that came without; it is given this once. */
  putChannel(id: string, change: ChannelChange): Promise<Change<{ readonly secret: string | null }>>;
  dropChannel(id: string): Promise<void>;
  /** Sends a message at once and starts a stopped channel again when it arrives; `null` for an unknown channel. */
  testChannel(id: string, language: "ko" | "en"): Promise<SendOutcome | null>;
  /** Newest first; of one rule of the holder, or of all. `holder` is `owner` or the id of a subscription. */
  log(holder: string, ruleId: string | null, limit: number): Promise<readonly DeliveryView[]>;

  /** The public key that a browser subscribes with, base64url. */
  pushKey(): Promise<string>;
  subscribe(
    target: PushTarget,
    by: {
      readonly isReader: boolean;
      readonly network: string | null;
      /** Of the request; an older Worker names none. */
      readonly origin?: string;
    },
    rules: readonly AlertRule[],
  ): Promise<Change<{ readonly id: string; readonly token: string }>>;
  /** Its rules; `null` for an unknown subscription or another token. The same holds for the next three. */
  subscription(id: string, token: string): Promise<readonly AlertRule[] | null>;
  changeSubscription(
    id: string,
    token: string,
    target: PushTarget,
    isReader: boolean,
    rules: readonly AlertRule[],
  ): Promise<Change | null>;
  endSubscription(id: string, token: string): Promise<boolean>;
  testSubscription(id: string, token: string, language: "ko" | "en"): Promise<SendOutcome | null>;
}
