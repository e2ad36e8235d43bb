/** KW4: one question to the vendor's services: with a token, spaced, part after part by its headers, and none after a denial. */
import type { Answer } from "../../app/ports/market-sources.ts";
import { BudgetSpent } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { AccessTokens, type TokenAnswer } from "../upstream/access-tokens.ts";
import { type Denied, Denials } from "../upstream/denials.ts";
import { Lanes } from "../upstream/lanes.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor, TRIES_ON_PURPOSE, type VendorReply } from "../upstream/vendor-call.ts";
import { type KiwoomAccess, keyProblemOf } from "./kiwoom-access.ts";
import { judgeReply, type Verdict } from "./reply-codes.ts";
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

function isWorthRetry(reply: VendorReply): boolean {
  const verdict = judgeReply(reply);
  return verdict.kind === "rate" || (verdict.kind === "failed" && verdict.retryable);
}

function describe(reply: VendorReply): string {
  const verdict = judgeReply(reply);
  return verdict.kind === "failed" ? verdict.detail : "more calls than it takes";
}

export class KiwoomClient {
  readonly #access: KiwoomAccess;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  readonly #tokens: AccessTokens;
  readonly #lanes: Lanes;
  readonly #onPurpose: boolean;

  /** `beside`: asks on purpose, with the token and the lanes of that client, also where a denial is remembered (UP6). */
  constructor(access: KiwoomAccess, surroundings: Surroundings, beside: KiwoomClient | null = null) {
    this.#access = access;
    this.#surroundings = surroundings;
    this.#onPurpose = beside !== null;
    this.#denials = new Denials("kiwoom", access.appKey + access.secretKey, surroundings, this.#onPurpose);
    this.#tokens =
      beside === null
        ? new AccessTokens(new KiwoomTokenIssuer(access, surroundings), surroundings, this.#denials)
        : beside.#tokens;
    this.#lanes = beside === null ? new Lanes(AT_ONCE) : beside.#lanes;
  }

  /** `refused`: a token that the vendor takes no more. Rejects as {@link ask} does. */
  async token(service: string, refused: string | null = null): Promise<TokenAnswer> {
    return this.#orRefused<string>(
      async () => (await this.#denials.standing(service)) ?? (await this.#tokens.get(refused)),
    );
  }

  /** `not_ready`: no token may be asked for yet. Rejects with a `NeighbourError` when the vendor fails, also after further tries. */
  async ask(question: KiwoomQuestion): Promise<Answer<KiwoomPart>> {
    return this.#orRefused<KiwoomPart>(() => this.#lanes.run(() => this.#askInLane(question)));
  }

  /** Remembered for a day. `service`: the one that was refused alone. */
  async deny(service: string | null, denied: Denied): Promise<Denied> {
    return this.#denials.note(service, denied.why, denied.subject);
  }

  /** The owner has mended what was refused, and the vendor is asked again (UP2). */
  async forgetDenials(services: readonly string[]): Promise<void> {
    await this.#denials.forget(services);
  }

  async #orRefused<
    T,
    A extends Exclude<Answer<T>, { status: "closed" }> = Exclude<Answer<T>, { status: "closed" }>,
  >(work: () => Promise<A>): Promise<A | Denied> {
    const problem = keyProblemOf(this.#access);
    if (problem !== null) {
      return { status: "denied", why: "bad_key", subject: problem };
    }
    try {
      return await work();
    } catch (error) {
      if (error instanceof BudgetSpent) {
        return { status: "denied", why: "quota", subject: "The calls of today are spent" };
      }
      throw error;
    }
  }

  async #askInLane(question: KiwoomQuestion): Promise<Exclude<Answer<KiwoomPart>, { status: "closed" }>> {
    let refused: string | null = null;
    for (;;) {
      const standing = await this.#denials.standing(question.service);
      if (standing !== null) {
        return standing;
      }
      const token = await this.#tokens.get(refused);
      if (token.status !== "ok") {
        return token;
      }
      const { verdict, headers } = await this.#send(question, token.value);
      switch (verdict.kind) {
        case "served":
          await this.#denials.served();
          await this.#denials.lift(question.service);
          return {
            status: "ok",
            value: { body: verdict.body, next: nextOf(question, headers) },
            at: this.#surroundings.clock.now(),
          };
        case "denied":
          return await this.deny(verdict.why === "service_not_approved" ? question.service : null, {
            status: "denied",
            ...verdict,
          });
        case "token":
          if (refused !== null) {
            throw failure(question, "it takes no token, a new one neither", true);
          }
          refused = token.value;
          break;
        case "rate":
          throw failure(question, "more calls than it takes", true);
        case "failed":
          throw failure(question, verdict.detail, verdict.retryable);
      }
    }
  }

  async #send(
    question: KiwoomQuestion,
    token: string,
  ): Promise<{ readonly verdict: Verdict; readonly headers: Headers }> {
    const next = question.next ?? null;
    const reply = await callVendor(
      {
        vendor: "kiwoom",
        doing: question.doing,
        request: () =>
          new Request(`${this.#access.restBase}${question.path}`, {
            method: "POST",
            headers: {
              "content-type": "application/json;charset=UTF-8",
              authorization: `Bearer ${token}`,
              "api-id": question.service,
              "cont-yn": next === null ? "N" : "Y",
              "next-key": next ?? "",
            },
            body: JSON.stringify(question.body),
          }),
        isWorthRetry,
        describe,
        maxBytes: MAX_BYTES,
        tries: this.#onPurpose ? TRIES_ON_PURPOSE : TRIES,
      },
      this.#surroundings,
    );
    return { verdict: judgeReply(reply), headers: reply.headers };
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
