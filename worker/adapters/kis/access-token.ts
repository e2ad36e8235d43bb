/**
 * KI2: the access token of a key. The vendor issues one a minute, sends its owner a message for each, and blocks keys that
 * ask again and again: so one is asked for however many calls need it, kept over an eviction, and never asked for twice within
 * a minute, also in vain.
 */
import * as v from "valibot";
import { logFailure } from "../../app/ports/log.ts";
import type { Answer, UpstreamStore } from "../../app/ports/market-sources.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { parseTradingDay, midnightOf } from "../../core/calendar/trading-day.ts";
import { type Denials, fingerprintOf } from "../upstream/denials.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor } from "../upstream/vendor-call.ts";
import { judgeReply } from "./gateway-codes.ts";
import type { KisAccess } from "./kis-access.ts";

/** An {@link Answer} whose value is the token: `not_ready` until another one may be asked for. */
export type TokenAnswer = Exclude<Answer<string>, { readonly status: "closed" }>;

const MINUTE_MS = 60_000;
/** Renewed before its end, so that no call is under way when it ends. */
const MARGIN_MS = 10 * MINUTE_MS;
const STORED_AT = "kis:token";

/** What a header can carry; the vendor's is at most 350 characters long. */
const TokenText = v.pipe(v.string(), v.maxLength(2_048), v.regex(/^[\x21-\x7e]+$/));

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

const Issued = v.object({
  access_token: TokenText,
  token_type: v.optional(v.pipe(v.string(), v.regex(/^bearer$/i))),
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100 * 86_400)),
  access_token_token_expired: v.optional(v.pipe(v.string(), v.maxLength(50))),
});

const SEOUL_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** `2026-09-15 08:40:00` in Seoul, in milliseconds since the epoch; `null` for anything else. */
export function parseSeoulTime(text: string): number | null {
  const [, date = "", hours, minutes, seconds] = SEOUL_TIME.exec(text) ?? [];
  const day = parseTradingDay(date);
  return day === null
    ? null
    : midnightOf(day) + (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** A token that is issued a second time within six hours ends when the first did: of two ends the earlier one counts. */
function endOf(issued: v.InferOutput<typeof Issued>, now: number): number {
  const stated = parseSeoulTime(issued.access_token_token_expired ?? "");
  const counted = now + issued.expires_in * 1_000;
  return stated === null ? counted : Math.min(stated, counted);
}

/** What is stored of this key; a text that cannot be read, and another key's, count for nothing. */
async function readToken(
  { appKey, appSecret }: Pick<KisAccess, "appKey" | "appSecret">,
  store: UpstreamStore,
): Promise<StoredToken> {
  const key = await fingerprintOf(appKey + appSecret);
  const text = await store.get(STORED_AT);
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text);
  return stored.success && stored.output.key === key
    ? stored.output
    : { key, token: null, until: 0, askedAt: 0 };
}

/** When the token of this key was issued and ends, in milliseconds since the epoch; `null` without one. */
export async function tokenTimes(
  access: Pick<KisAccess, "appKey" | "appSecret">,
  store: UpstreamStore,
): Promise<SourceState["token"]> {
  const { token, until, askedAt, issuedAt = askedAt } = await readToken(access, store);
  return token === null ? null : { issuedAt, until };
}

export class AccessTokens {
  readonly #access: KisAccess;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  #running: Promise<TokenAnswer> | null = null;

  constructor(access: KisAccess, surroundings: Surroundings, denials: Denials) {
    this.#access = access;
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
    const now = this.#surroundings.clock.now();
    const stored = await this.#read();
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
      logFailure(this.#surroundings.log, "kis_token_not_renewed", error);
      return old;
    }
  }

  async #ask(before: StoredToken): Promise<TokenAnswer> {
    const { restBase, appKey, appSecret } = this.#access;
    const reply = await callVendor(
      {
        vendor: "kis",
        doing: "issue a token",
        request: () =>
          new Request(`${restBase}/oauth2/tokenP`, {
            method: "POST",
            headers: { "content-type": "application/json; charset=utf-8" },
            body: JSON.stringify({ grant_type: "client_credentials", appkey: appKey, appsecret: appSecret }),
          }),
        maxBytes: 16_384,
        tries: 1,
      },
      this.#surroundings,
    );
    const now = this.#surroundings.clock.now();
    const verdict = judgeReply(reply);
    switch (verdict.kind) {
      case "served": {
        const issued = v.safeParse(Issued, verdict.body);
        if (!issued.success) {
          throw failure("an answer without a token", false);
        }
        const token = issued.output.access_token;
        await this.#write({
          key: before.key,
          token,
          until: endOf(issued.output, now),
          askedAt: now,
          issuedAt: now,
        });
        return { status: "ok", value: token, at: now };
      }
      case "denied":
        return await this.#denials.note(null, verdict.why, verdict.subject);
      case "token_too_soon":
        await this.#write({ ...before, askedAt: now });
        return { status: "not_ready", retryAt: now + MINUTE_MS };
      case "rate":
        throw failure("more calls than it takes in a second", true);
      case "token":
        throw failure("it speaks of a token where none was sent", false);
      case "failed":
        throw failure(verdict.detail, verdict.retryable);
    }
  }

  #read(): Promise<StoredToken> {
    return readToken(this.#access, this.#surroundings.store);
  }

  async #write(stored: StoredToken): Promise<void> {
    await this.#surroundings.store.put(STORED_AT, JSON.stringify(stored));
  }
}

function failure(detail: string, retryable: boolean): NeighbourError {
  return new NeighbourError(`KIS failed to issue a token: ${detail}`, { neighbour: "KIS", retryable });
}
