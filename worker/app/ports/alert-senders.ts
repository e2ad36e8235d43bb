/** Who is sent to, and how a sender for it is made. */
import type { AlertSender } from "./alert-channel.ts";

/** A channel of the owner, with its secret. */
export type ChannelConfig =
  | { readonly kind: "telegram"; readonly chatId: string; readonly token: string }
  | {
      readonly kind: "webhook";
      readonly url: string;
      readonly template: "raw" | "discord" | "slack";
      readonly secret: string;
    };

/** A key pair of ECDSA P-256, base64url: what push services know the installation by. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** What a push service gave a browser. */
export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface AlertSenders {
  channel(config: ChannelConfig): AlertSender;
  /** `origin` is where a browser subscribed last, for an installation whose address is not set; `null` where none is known. */
  push(target: PushTarget, keys: PushKeys, origin: string | null): AlertSender;
  drawPushKeys(): Promise<PushKeys>;
  /** Why nothing may be sent to this address; `null` where it may (AL40 on). */
  refuseTarget(url: string): Promise<string | null>;
}
