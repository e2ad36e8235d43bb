/** KI2: how the vendor is asked for a token, and when that one ends. */
import * as v from "valibot";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { parseTradingDay, midnightOf } from "../../core/calendar/trading-day.ts";
import { type Issue, type TokenIssuer, TokenText } from "../upstream/access-tokens.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor } from "../upstream/vendor-call.ts";
import { judgeReply } from "./gateway-codes.ts";
import type { KisAccess } from "./kis-access.ts";

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

export class KisTokenIssuer implements TokenIssuer {
  readonly vendor = "kis";
  readonly secret: string;
  readonly #access: KisAccess;
  readonly #surroundings: Surroundings;

  constructor(access: KisAccess, surroundings: Surroundings) {
    this.secret = access.appKey + access.appSecret;
    this.#access = access;
    this.#surroundings = surroundings;
  }

  async issue(): Promise<Issue> {
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
    const verdict = judgeReply(reply);
    switch (verdict.kind) {
      case "served": {
        const issued = v.safeParse(Issued, verdict.body);
        if (!issued.success) {
          throw failure("an answer without a token", false);
        }
        const until = endOf(issued.output, this.#surroundings.clock.now());
        return { kind: "issued", token: issued.output.access_token, until };
      }
      case "denied":
        return verdict;
      case "token_too_soon":
        return { kind: "too_soon" };
      case "rate":
        throw failure("more calls than it takes in a second", true);
      case "token":
        throw failure("it speaks of a token where none was sent", false);
      case "failed":
        throw failure(verdict.detail, verdict.retryable);
    }
  }
}

function failure(detail: string, retryable: boolean): NeighbourError {
  return new NeighbourError(`KIS failed to issue a token: ${detail}`, { neighbour: "KIS", retryable });
}
