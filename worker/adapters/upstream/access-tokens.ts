/**
 * MS10: the access token of a key. A vendor blocks keys that ask for one again and again, and one of them sends its owner a message
 * for each: so one is asked for however many calls need it, kept over an eviction, and never asked for twice within a minute, also
 * in vain.
 */
import * as v from "valibot";
import { logFailure } from "../../app/ports/log.ts";
import type { Answer, Denial, SourceId, UpstreamStore } from "../../app/ports/market-sources.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import { type Denials, fingerprintOf } from "./denials.ts";
import type { Surroundings } from "./surroundings.ts";

/** An {@link Answer} whose value is the token: `not_ready` until another one may be asked for. */
export type TokenAnswer = Exclude<Answer<string>, { readonly status: "closed" }>;

/** What came of one question for a token. `until` in milliseconds since the epoch. */
export type Issue =
  | { readonly kind: "issued"; readonly token: string; readonly until: number }
  | { readonly kind: "too_soon" }
  | { readonly kind: "denied"; readonly why: Denial; readonly subject: string };

/** How a vendor is asked for a token. */
export interface TokenIssuer {
  readonly vendor: SourceId;
  /** Everything that makes the key, in one text. */
  readonly secret: string;
  /** Asks once. Rejects with a `NeighbourError` when the vendor fails. */
  issue(): Promise<Issue>;
}

const MINUTE_MS = 60_000;
/** Renewed before its end, so that no call is under way when it ends. */
const MARGIN_MS = 10 * MINUTE_MS;

/** What a header can carry; the vendors' are at most some hundred characters long. */
export const TokenText = v.pipe(v.string(), v.maxLength(2_048), v.regex(/^[\x21-\x7e]+$/));

const Stored = v.object({
  /** The fingerprint of the key it was issued to. */
  key: v.string(),
  token: v.nullable(TokenText),
  /** In milliseconds since the epoch, as `askedAt`, which is 0 before the first time. */
  until: v.number(),
  askedAt: v.number(),
  /** Of the token; a version before wrote none. */
  issuedAt: v.optional(v.number()),
});
type StoredToken = v.InferOutput<typeof Stored>;

const placeOf = (vendor: SourceId): string => `${vendor}:token`;

/** What is stored of this key; a text that cannot be read, and another key's, count for nothing. */
async function readToken(vendor: SourceId, secret: string, store: UpstreamStore): Promise<StoredToken> {
  const key = await fingerprintOf(secret);
  const text = await store.get(placeOf(vendor));
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text);
  return stored.success && stored.output.key === key
    ? stored.output
    : { key, token: null, until: 0, askedAt: 0 };
}

/** When the token of this key was issued and ends, in milliseconds since the epoch; `null` without one. */
export async function tokenTimes(
  vendor: SourceId,
  secret: string,
  store: UpstreamStore,
): Promise<SourceState["token"]> {
  const { token, until, askedAt, issuedAt = askedAt } = await readToken(vendor, secret, store);
  return token === null ? null : { issuedAt, until };
}

export class AccessTokens {
  readonly #issuer: TokenIssuer;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  #running: Promise<TokenAnswer> | null = null;

  constructor(issuer: TokenIssuer, surroundings: Surroundings, denials: Denials) {
    this.#issuer = issuer;
    this.#surroundings = surroundings;
    this.#denials = denials;
  }

  /** A token that is good for the next minutes. `refused`: one that the vendor takes no more. */
  async get(refused: string | null = null): Promise<TokenAnswer> {
    const running = this.#running ?? this.#find(refused);
    this.#running = running;
    try {
      const answer = await running;
      // Who came while another one waited may hold the very token that was being replaced, or have got the refused one.
      return answer.status === "ok" && answer.value === refused ? await this.get(refused) : answer;
    } finally {
      if (this.#running === running) {
        this.#running = null;
      }
    }
  }

  async #find(refused: string | null): Promise<TokenAnswer> {
    const { clock, log, store } = this.#surroundings;
    const { vendor, secret } = this.#issuer;
    const now = clock.now();
    const stored = await readToken(vendor, secret, store);
    const token = stored.token === refused ? null : stored.token;
    const old: TokenAnswer | null =
      token !== null && stored.until > now ? { status: "ok", value: token, at: now } : null;
    if (old !== null && stored.until - MARGIN_MS > now) {
      return old;
    }
    // A clock that was set back must not let the key ask without end, nor forbid it for ever.
    if (Math.abs(now - stored.askedAt) < MINUTE_MS) {
      return old ?? { status: "not_ready", retryAt: stored.askedAt + MINUTE_MS };
    }
    const asked = { ...stored, token, askedAt: now };
    await this.#write(asked);
    try {
      const answer = await this.#ask(asked);
      return answer.status === "not_ready" ? (old ?? answer) : answer;
    } catch (error) {
      if (old === null) {
        throw error;
      }
      logFailure(log, `${vendor}_token_not_renewed`, error);
      return old;
    }
  }

  async #ask(before: StoredToken): Promise<TokenAnswer> {
    const issue = await this.#issuer.issue();
    const now = this.#surroundings.clock.now();
    switch (issue.kind) {
      case "issued": {
        const { token, until } = issue;
        await this.#write({ key: before.key, token, until, askedAt: now, issuedAt: now });
        return { status: "ok", value: token, at: now };
      }
      case "denied":
        return await this.#denials.note(null, issue.why, issue.subject);
      case "too_soon":
        await this.#write({ ...before, askedAt: now });
        return { status: "not_ready", retryAt: now + MINUTE_MS };
    }
  }

  async #write(stored: StoredToken): Promise<void> {
    await this.#surroundings.store.put(placeOf(this.#issuer.vendor), JSON.stringify(stored));
  }
}
