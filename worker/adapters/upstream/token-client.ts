/** KI3, KW4: one question to a vendor that takes a token: so many at once, none after a denial, once more with a new token. */
import { type Answer, BudgetSpent } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { AccessTokens, type TokenAnswer, type TokenIssuer } from "./access-tokens.ts";
import { type Denied, Denials } from "./denials.ts";
import { Lanes } from "./lanes.ts";
import { neighbourOf, type Surroundings } from "./surroundings.ts";
import { callVendor, TRIES_ON_PURPOSE, type VendorReply } from "./vendor-call.ts";
import type { Verdict } from "./vendor-verdict.ts";

/** What differs between the vendors. */
export interface TokenVendor {
  readonly issuer: TokenIssuer;
  /** A platform lets so many connections stand at once. */
  readonly atOnce: number;
  readonly tries: number;
  readonly maxBytes: number;
  /** Why its keys cannot be sent; `null` when they can. */
  readonly keyProblem: () => string | null;
  readonly judge: (reply: VendorReply) => Verdict | { readonly kind: "token_too_soon" };
}

/** One question; `T` is what its answer is read into. */
export interface TokenQuestion<T> {
  /** The vendor's name of the service, by which a denial is remembered. */
  readonly service: string;
  /** Completes "failed to". */
  readonly doing: string;
  /** Made anew for each try. */
  readonly request: (token: string) => Request;
  /** Throws a `NeighbourError` for what cannot be an answer. */
  readonly read: (body: unknown, headers: Headers) => T;
}

/** `not_ready`: no token may be asked for yet. */
type Asked<T> = Exclude<Answer<T>, { readonly status: "closed" }>;

export class TokenClient {
  readonly #vendor: TokenVendor;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  readonly #tokens: AccessTokens;
  readonly #lanes: Lanes;
  readonly #onPurpose: boolean;

  /** `beside`: asks on purpose, with the token and the lanes of that client, also where a denial is remembered (UP6). */
  constructor(vendor: TokenVendor, surroundings: Surroundings, beside: TokenClient | null) {
    const { issuer, atOnce } = vendor;
    this.#vendor = vendor;
    this.#surroundings = surroundings;
    this.#onPurpose = beside !== null;
    this.#denials = new Denials(issuer.vendor, issuer.secret, surroundings, this.#onPurpose);
    this.#tokens = beside === null ? new AccessTokens(issuer, surroundings, this.#denials) : beside.#tokens;
    this.#lanes = beside === null ? new Lanes(atOnce) : beside.#lanes;
  }

  /** `service`: the one that needs it, where it can be refused alone. `refused`: a token that the vendor takes no more. Rejects as {@link ask} does. */
  async token(service: string | null, refused: string | null): Promise<TokenAnswer> {
    return this.#orRefused<string>(async () => {
      const standing = service === null ? null : await this.#denials.standing(service);
      return standing ?? (await this.#tokens.get(refused));
    });
  }

  /** Rejects with a `NeighbourError` when the vendor fails, also after further tries. */
  async ask<T>(question: TokenQuestion<T>): Promise<Asked<T>> {
    return this.#orRefused<T>(() => this.#lanes.run(() => this.#askInLane(question)));
  }

  /** Remembered for a day. `service`: the one that was refused alone. */
  async deny(service: string | null, { why, subject }: Pick<Denied, "why" | "subject">): Promise<Denied> {
    return this.#denials.note(service, why, subject);
  }

  /** The owner has mended what was refused, and the vendor is asked again (UP2). */
  async forgetDenials(services: readonly string[]): Promise<void> {
    await this.#denials.forget(services);
  }

  async #orRefused<T>(work: () => Promise<Asked<T>>): Promise<Asked<T>> {
    const problem = this.#vendor.keyProblem();
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

  async #askInLane<T>(question: TokenQuestion<T>): Promise<Asked<T>> {
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
      const reply = await this.#send(question, token.value);
      const verdict = this.#vendor.judge(reply);
      switch (verdict.kind) {
        case "served":
          await this.#denials.served();
          await this.#denials.lift(question.service);
          return {
            status: "ok",
            value: question.read(verdict.body, reply.headers),
            at: this.#surroundings.clock.now(),
          };
        case "denied":
          // A right that is missing concerns one service, every other denial the key or the address.
          return await this.deny(verdict.why === "service_not_approved" ? question.service : null, verdict);
        case "token":
          if (refused !== null) {
            throw this.#failure(question, "it takes no token, a new one neither", true);
          }
          refused = token.value;
          break;
        case "rate":
        case "token_too_soon":
          throw this.#failure(question, "more calls than it takes", true);
        case "failed":
          throw this.#failure(question, verdict.detail, verdict.retryable);
      }
    }
  }

  async #send<T>({ doing, request }: TokenQuestion<T>, token: string): Promise<VendorReply> {
    const { issuer, judge, maxBytes, tries } = this.#vendor;
    return callVendor(
      {
        vendor: issuer.vendor,
        doing,
        request: () => request(token),
        isWorthRetry: (reply) => {
          const verdict = judge(reply);
          return verdict.kind === "rate" || (verdict.kind === "failed" && verdict.retryable);
        },
        describe: (reply) => {
          const verdict = judge(reply);
          return verdict.kind === "failed" ? verdict.detail : "more calls than it takes";
        },
        maxBytes,
        tries: this.#onPurpose ? TRIES_ON_PURPOSE : tries,
      },
      this.#surroundings,
    );
  }

  #failure<T>({ doing }: TokenQuestion<T>, detail: string, retryable: boolean): NeighbourError {
    const neighbour = neighbourOf(this.#vendor.issuer.vendor);
    return new NeighbourError(`${neighbour} failed to ${doing}: ${detail}`, { neighbour, retryable });
  }
}
