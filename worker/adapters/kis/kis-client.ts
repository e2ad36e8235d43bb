/** KI3: one question to the vendor's data services: with a token, at most six at once, and none after a denial. */
import type { Answer } from "../../app/ports/market-sources.ts";
import { BudgetSpent } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { type Denied, Denials } from "../upstream/denials.ts";
import { Lanes } from "../upstream/lanes.ts";
import { AccessTokens } from "../upstream/access-tokens.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor, TRIES_ON_PURPOSE, type VendorReply } from "../upstream/vendor-call.ts";
import { KisTokenIssuer } from "./token-issuer.ts";
import { judgeReply, type Verdict } from "./gateway-codes.ts";
import { type KisAccess, keyProblemOf } from "./kis-access.ts";

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

function isWorthRetry(reply: VendorReply): boolean {
  const verdict = judgeReply(reply);
  return verdict.kind === "rate" || (verdict.kind === "failed" && verdict.retryable);
}

function describe(reply: VendorReply): string {
  const verdict = judgeReply(reply);
  return verdict.kind === "failed" ? verdict.detail : "more calls than it takes in a second";
}

export class KisClient {
  readonly #access: KisAccess;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  readonly #tokens: AccessTokens;
  readonly #lanes: Lanes;
  readonly #onPurpose: boolean;

  /** `beside`: asks on purpose, with the token and the lanes of that client, also where a denial is remembered (UP6). */
  constructor(access: KisAccess, surroundings: Surroundings, beside: KisClient | null = null) {
    this.#access = access;
    this.#surroundings = surroundings;
    this.#onPurpose = beside !== null;
    this.#denials = new Denials("kis", access.appKey + access.appSecret, surroundings, this.#onPurpose);
    this.#tokens =
      beside === null
        ? new AccessTokens(new KisTokenIssuer(access, surroundings), surroundings, this.#denials)
        : beside.#tokens;
    this.#lanes = beside === null ? new Lanes(AT_ONCE) : beside.#lanes;
  }

  /** The access token alone, which the vendor refuses by itself. Rejects as {@link ask} does. */
  async token(): Promise<Exclude<Answer<null>, { status: "closed" }>> {
    return this.#orRefused(async () => {
      const answer = await this.#tokens.get();
      return answer.status === "ok" ? { ...answer, value: null } : answer;
    });
  }

  /** `not_ready`: no token may be asked for yet. Rejects with a `NeighbourError` when the vendor fails, also after further tries. */
  async ask(question: KisQuestion): Promise<Answer<KisPart>> {
    return this.#orRefused(() => this.#lanes.run(() => this.#askInLane(question)));
  }

  async #orRefused<T>(work: () => Promise<T>): Promise<T | Denied> {
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

  /** The owner has mended what was refused, and the vendor is asked again (UP2). */
  async forgetDenials(services: readonly string[]): Promise<void> {
    await this.#denials.forget(services);
  }

  async #askInLane(question: KisQuestion): Promise<Answer<KisPart>> {
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
      const { verdict, more } = await this.#send(question, token.value);
      switch (verdict.kind) {
        case "served":
          await this.#denials.served();
          await this.#denials.lift(question.service);
          return { status: "ok", value: { body: verdict.body, more }, at: this.#surroundings.clock.now() };
        case "denied":
          return await this.#denials.note(scopeOf(verdict, question), verdict.why, verdict.subject);
        case "token":
          if (refused !== null) {
            throw failure(question, "it takes no token, a new one neither", true);
          }
          refused = token.value;
          break;
        case "rate":
        case "token_too_soon":
          throw failure(question, "more calls than it takes", true);
        case "failed":
          throw failure(question, verdict.detail, verdict.retryable);
      }
    }
  }

  async #send(
    question: KisQuestion,
    token: string,
  ): Promise<{ readonly verdict: Verdict; readonly more: boolean }> {
    const { restBase, appKey, appSecret } = this.#access;
    const address = `${restBase}${QUOTATIONS}${question.service}?${new URLSearchParams(question.query).toString()}`;
    const reply = await callVendor(
      {
        vendor: "kis",
        doing: question.doing,
        request: () =>
          new Request(address, {
            headers: {
              "content-type": "application/json; charset=utf-8",
              authorization: `Bearer ${token}`,
              appkey: appKey,
              appsecret: appSecret,
              tr_id: question.trId,
              custtype: "P",
              tr_cont: question.continued === true ? "N" : "",
            },
          }),
        isWorthRetry,
        describe,
        maxBytes: MAX_BYTES,
        tries: this.#onPurpose ? TRIES_ON_PURPOSE : TRIES,
      },
      this.#surroundings,
    );
    return { verdict: judgeReply(reply), more: /^[FM]$/.test(reply.headers.get("tr_cont")?.trim() ?? "") };
  }
}

/** A right that is missing concerns one service, every other denial the key or the address. */
function scopeOf(
  { why }: Extract<Verdict, { readonly kind: "denied" }>,
  { service }: KisQuestion,
): string | null {
  return why === "service_not_approved" ? service : null;
}

/** A failure of the vendor at this question. */
export function failure(
  { doing }: Pick<KisQuestion, "doing">,
  detail: string,
  retryable: boolean,
): NeighbourError {
  return new NeighbourError(`KIS failed to ${doing}: ${detail}`, { neighbour: "KIS", retryable });
}
