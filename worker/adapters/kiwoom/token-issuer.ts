/** KW3: how the vendor is asked for a token, and when that one ends. */
import * as v from "valibot";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { midnightOf, parseTradingDay } from "../../core/calendar/trading-day.ts";
import { type Issue, type TokenIssuer, TokenText } from "../upstream/access-tokens.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor } from "../upstream/vendor-call.ts";
import type { KiwoomAccess } from "./kiwoom-access.ts";
import { judgeReply } from "./reply-codes.ts";

const Issued = v.object({
  token: TokenText,
  token_type: v.optional(v.pipe(v.string(), v.regex(/^bearer$/i))),
  expires_dt: v.pipe(v.string(), v.regex(/^\d{14}$/)),
});

/** `20260917084000` in Seoul, in milliseconds since the epoch; `null` for anything else. */
export function parseExpiry(text: string): number | null {
  const [, date = "", hours, minutes, seconds] = /^(\d{8})(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const day = parseTradingDay(date);
  return day === null
    ? null
    : midnightOf(day) + (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}

export class KiwoomTokenIssuer implements TokenIssuer {
  readonly vendor = "kiwoom";
  readonly secret: string;
  readonly #access: KiwoomAccess;
  readonly #surroundings: Surroundings;

  constructor(access: KiwoomAccess, surroundings: Surroundings) {
    this.secret = access.appKey + access.secretKey;
    this.#access = access;
    this.#surroundings = surroundings;
  }

  async issue(): Promise<Issue> {
    const { restBase, appKey, secretKey } = this.#access;
    const reply = await callVendor(
      {
        vendor: "kiwoom",
        doing: "issue a token",
        request: () =>
          new Request(`${restBase}/oauth2/token`, {
            method: "POST",
            headers: { "content-type": "application/json;charset=UTF-8", "api-id": "au10001" },
            body: JSON.stringify({ grant_type: "client_credentials", appkey: appKey, secretkey: secretKey }),
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
        const until = issued.success ? parseExpiry(issued.output.expires_dt) : null;
        if (!issued.success || until === null) {
          throw failure("an answer without a token and its end", false);
        }
        return { kind: "issued", token: issued.output.token, until };
      }
      case "denied":
        return verdict;
      case "rate":
        return { kind: "too_soon" };
      case "token":
        throw failure("it speaks of a token where none was sent", false);
      case "failed":
        throw failure(verdict.detail, verdict.retryable);
    }
  }
}

function failure(detail: string, retryable: boolean): NeighbourError {
  return new NeighbourError(`Kiwoom failed to issue a token: ${detail}`, { neighbour: "Kiwoom", retryable });
}
