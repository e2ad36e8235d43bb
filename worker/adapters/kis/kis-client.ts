/** KI3: one question to the vendor's data services: with a token, at most six at once, and none after a denial. */
import type { Answer } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import type { TokenAnswer } from "../upstream/access-tokens.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { TokenClient } from "../upstream/token-client.ts";
import { judgeReply } from "./gateway-codes.ts";
import { type KisAccess, keyProblemOf } from "./kis-access.ts";
import { KisTokenIssuer } from "./token-issuer.ts";

/** One call of a data service. */
export interface KisQuestion {
  /** The last part of its path, by which a denial is remembered: `chk-holiday`. */
  readonly service: string;
  readonly trId: string;
  /** Completes "failed to". */
  readonly doing: string;
  readonly query: Readonly<Record<string, string>>;
  /** Whether the part that follows an earlier one is asked for. */
  readonly continued?: boolean;
}

/** The body, not judged beyond its envelope; `more`: another part follows. */
export interface KisPart {
  readonly body: unknown;
  readonly more: boolean;
}

/** A platform lets so many connections stand at once. */
const AT_ONCE = 6;
/** Thirty quotes have about 40 KB, a hundred days 50 KB. */
const MAX_BYTES = 1_048_576;
/** Some calls are refused below the rate too, and one part that is missing costs thirty shares their day. */
const TRIES = 5;

const QUOTATIONS = "/uapi/domestic-stock/v1/quotations/";

export class KisClient {
  readonly #access: KisAccess;
  readonly #client: TokenClient;

  /** `beside`: asks on purpose, with the token and the lanes of that client, also where a denial is remembered (UP6). */
  constructor(access: KisAccess, surroundings: Surroundings, beside: KisClient | null = null) {
    this.#access = access;
    const vendor = {
      issuer: new KisTokenIssuer(access, surroundings),
      atOnce: AT_ONCE,
      tries: TRIES,
      maxBytes: MAX_BYTES,
      keyProblem: () => keyProblemOf(access),
      judge: judgeReply,
    };
    this.#client = new TokenClient(vendor, surroundings, beside && beside.#client);
  }

  /** The access token alone, which the vendor refuses by itself. Rejects as {@link ask} does. */
  async token(): Promise<TokenAnswer> {
    return this.#client.token(null, null);
  }

  /** `not_ready`: no token may be asked for yet. Rejects with a `NeighbourError` when the vendor fails, also after further tries. */
  async ask(question: KisQuestion): Promise<Answer<KisPart>> {
    const { restBase, appKey, appSecret } = this.#access;
    const { service, doing, query, trId, continued } = question;
    const address = `${restBase}${QUOTATIONS}${service}?${new URLSearchParams(query).toString()}`;
    return this.#client.ask({
      service,
      doing,
      request: (token) =>
        new Request(address, {
          headers: {
            "content-type": "application/json; charset=utf-8",
            authorization: `Bearer ${token}`,
            appkey: appKey,
            appsecret: appSecret,
            tr_id: trId,
            custtype: "P",
            tr_cont: continued === true ? "N" : "",
          },
        }),
      read: (body, headers) => ({ body, more: /^[FM]$/.test(headers.get("tr_cont")?.trim() ?? "") }),
    });
  }

  /** The owner has mended what was refused, and the vendor is asked again (UP2). */
  async forgetDenials(services: readonly string[]): Promise<void> {
    await this.#client.forgetDenials(services);
  }
}

/** A failure of the vendor at this question. */
export function failure(
  { doing }: Pick<KisQuestion, "doing">,
  detail: string,
  retryable: boolean,
): NeighbourError {
  return new NeighbourError(`KIS failed to ${doing}: ${detail}`, { neighbour: "KIS", retryable });
}
