/** KW4: one question to the vendor's services: with a token, spaced, part after part by its headers, and none after a denial. */
import type { Answer } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import type { TokenAnswer } from "../upstream/access-tokens.ts";
import type { Denied } from "../upstream/denials.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { TokenClient } from "../upstream/token-client.ts";
import { type KiwoomAccess, keyProblemOf } from "./kiwoom-access.ts";
import { judgeReply } from "./reply-codes.ts";
import { KiwoomTokenIssuer } from "./token-issuer.ts";

/** One call. */
export interface KiwoomQuestion {
  /** The vendor's name of the service, by which a denial is remembered: `ka10095`. */
  readonly service: string;
  /** `/api/dostk/stkinfo`. */
  readonly path: string;
  /** Completes "failed to". */
  readonly doing: string;
  readonly body: Readonly<Record<string, string>>;
  /** Of the part before, where the one after it is asked for. */
  readonly next?: string | null;
}

/** The body, not judged beyond its envelope. */
export interface KiwoomPart {
  readonly body: unknown;
  /** What asks for the part that follows; `null` after the last one. */
  readonly next: string | null;
}

/** A platform lets so many connections stand at once, and the vendor takes some five calls a second. */
const AT_ONCE = 4;
/** A hundred quotes of 63 fields have some 200 KB; a board's list of 1,800 shares 800 KB. */
const MAX_BYTES = 4_194_304;
const TRIES = 5;
/** What a header can carry. */
const NEXT_KEY = /^[\x20-\x7e]{1,512}$/;

export class KiwoomClient {
  readonly #access: KiwoomAccess;
  readonly #client: TokenClient;

  /** `beside`: asks on purpose, with the token and the lanes of that client, also where a denial is remembered (UP6). */
  constructor(access: KiwoomAccess, surroundings: Surroundings, beside: KiwoomClient | null = null) {
    this.#access = access;
    const vendor = {
      issuer: new KiwoomTokenIssuer(access, surroundings),
      atOnce: AT_ONCE,
      tries: TRIES,
      maxBytes: MAX_BYTES,
      keyProblem: () => keyProblemOf(access),
      judge: judgeReply,
    };
    this.#client = new TokenClient(vendor, surroundings, beside && beside.#client);
  }

  /** `refused`: a token that the vendor takes no more. Rejects as {@link ask} does. */
  async token(service: string, refused: string | null = null): Promise<TokenAnswer> {
    return this.#client.token(service, refused);
  }

  /** `not_ready`: no token may be asked for yet. Rejects with a `NeighbourError` when the vendor fails, also after further tries. */
  async ask(question: KiwoomQuestion): Promise<Answer<KiwoomPart>> {
    const { service, doing, path, body, next = null } = question;
    return this.#client.ask({
      service,
      doing,
      request: (token) =>
        new Request(`${this.#access.restBase}${path}`, {
          method: "POST",
          headers: {
            "content-type": "application/json;charset=UTF-8",
            authorization: `Bearer ${token}`,
            "api-id": service,
            "cont-yn": next === null ? "N" : "Y",
            "next-key": next ?? "",
          },
          body: JSON.stringify(body),
        }),
      read: (answer, headers) => ({ body: answer, next: nextOf(question, headers) }),
    });
  }

  /** Remembered for a day. `service`: the one that was refused alone. */
  async deny(service: string | null, denied: Denied): Promise<Denied> {
    return this.#client.deny(service, denied);
  }

  /** The owner has mended what was refused, and the vendor is asked again (UP2). */
  async forgetDenials(services: readonly string[]): Promise<void> {
    await this.#client.forgetDenials(services);
  }
}

/** Whether a part follows stands in the headers, and nowhere in the body. */
function nextOf(question: KiwoomQuestion, headers: Headers): string | null {
  if (headers.get("cont-yn")?.trim().toUpperCase() !== "Y") {
    return null;
  }
  const key = headers.get("next-key")?.trim() ?? "";
  if (!NEXT_KEY.test(key) || key === question.next) {
    throw failure(question, "a part that follows, without a new key of it", false);
  }
  return key;
}

/** A failure of the vendor at this question. */
export function failure(
  { doing }: Pick<KiwoomQuestion, "doing">,
  detail: string,
  retryable: boolean,
): NeighbourError {
  return new NeighbourError(`Kiwoom failed to ${doing}: ${detail}`, { neighbour: "Kiwoom", retryable });
}
