/** The token's endpoint of KIS: one a minute, the same within six hours, a message to the owner for each. */
import type { Clock } from "../../../app/ports/clock.ts";
import { KST_OFFSET_MS } from "../../../core/calendar/trading-day.ts";
import { tokenRefusal } from "./kis-answers.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a token of KIS is good for. */
export const TOKEN_LIFE_MS = 24 * HOUR_MS;
const SAME_TOKEN_MS = 6 * HOUR_MS;

interface Issued {
  readonly token: string;
  readonly at: number;
}

export class KisTokens {
  readonly #clock: Clock;
  #issued: Issued[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;
  #number = 0;
  /** Requests, also those in vain. */
  asked = 0;
  /** What the owner's telephone received: one a token that was issued. */
  messages = 0;
  /** From now on no token is issued, as to a caller that asked too soon. */
  refusing = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The body of `/oauth2/tokenP`, whose key and secret were judged already. */
  issue(): Response {
    this.asked += 1;
    const now = this.#clock.now();
    if (this.refusing || now - this.#lastAt < MINUTE_MS) {
      return tokenRefusal("EGW00133");
    }
    this.#lastAt = now;
    this.messages += 1;
    const last = this.#issued.at(-1);
    const issued =
      last !== undefined && now - last.at < SAME_TOKEN_MS
        ? last
        : { token: `fake-token-${(this.#number += 1)}`, at: now };
    this.#issued = [...this.#issued.filter((one) => one !== issued), issued];
    const until = issued.at + TOKEN_LIFE_MS;
    return Response.json({
      access_token: issued.token,
      access_token_token_expired: new Date(until + KST_OFFSET_MS)
        .toISOString()
        .slice(0, 19)
        .replace("T", " "),
      token_type: "Bearer",
      expires_in: Math.floor((until - now) / 1_000),
    });
  }

  /** `null` for a token that is good. */
  refusalOf(authorization: string | null): "EGW00121" | "EGW00123" | null {
    const issued = this.#issued.find(({ token }) => authorization === `Bearer ${token}`);
    if (issued === undefined) {
      return "EGW00121";
    }
    return this.#clock.now() - issued.at >= TOKEN_LIFE_MS ? "EGW00123" : null;
  }

  /** Every token that was issued is over before its time, and the next one is another. */
  expire(): void {
    this.#issued = this.#issued.map(({ token }) => ({ token, at: Number.NEGATIVE_INFINITY }));
  }

  revoke(token: string): void {
    this.#issued = this.#issued.filter((one) => one.token !== token);
  }
}
