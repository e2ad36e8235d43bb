/** KS4: the key that opens the socket: asked for over REST, good for a day, kept over an eviction, and asked for at most once a minute. */
import * as v from "valibot";
import type { Answer } from "../../../app/ports/market-sources.ts";
import { NeighbourError } from "../../../app/ports/neighbour-error.ts";
import { type Denials, fingerprintOf } from "../../upstream/denials.ts";
import type { Surroundings } from "../../upstream/surroundings.ts";
import { callVendor } from "../../upstream/vendor-call.ts";
import { judgeReply } from "../gateway-codes.ts";
import type { KisAccess } from "../kis-access.ts";

/** `not_ready` until another one may be asked for. */
export type ApprovalAnswer = Exclude<Answer<string>, { readonly status: "closed" }>;

const MINUTE_MS = 60_000;
/** An hour less than the vendor grants. */
const LIFE_MS = 23 * 60 * MINUTE_MS;
const STORED_AT = "kis:approval";

const KeyText = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,512}$/));
const Stored = v.object({
  /** The fingerprint of the key and secret that it was issued to. */
  key: v.string(),
  approval: v.nullable(KeyText),
  /** Milliseconds since the epoch. */
  askedAt: v.number(),
});
const Issued = v.object({ approval_key: KeyText });

export class ApprovalKeys {
  readonly #access: KisAccess;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;

  constructor(access: KisAccess, surroundings: Surroundings, denials: Denials) {
    this.#access = access;
    this.#surroundings = surroundings;
    this.#denials = denials;
  }

  /** Rejects with a `NeighbourError` when the vendor fails. */
  async get(): Promise<ApprovalAnswer> {
    const now = this.#surroundings.clock.now();
    const { appKey, appSecret } = this.#access;
    const key = await fingerprintOf(appKey + appSecret);
    const stored = await this.#read(key);
    const age = now - stored.askedAt;
    if (stored.approval !== null && age >= 0 && age < LIFE_MS) {
      return { status: "ok", value: stored.approval, at: now };
    }
    // A clock that was set back must not forbid the question for as long as it was.
    if (Math.abs(age) < MINUTE_MS) {
      return { status: "not_ready", retryAt: stored.askedAt + MINUTE_MS };
    }
    await this.#write({ key, approval: null, askedAt: now });
    const reply = await callVendor(
      {
        vendor: "kis",
        doing: "issue a key of the socket",
        request: () =>
          new Request(`${this.#access.restBase}/oauth2/Approval`, {
            method: "POST",
            headers: { "content-type": "application/json; charset=utf-8" },
            body: JSON.stringify({ grant_type: "client_credentials", appkey: appKey, secretkey: appSecret }),
          }),
        maxBytes: 16_384,
        tries: 1,
      },
      this.#surroundings,
    );
    const verdict = judgeReply(reply);
    if (verdict.kind === "denied") {
      return this.#denials.note(null, verdict.why, verdict.subject);
    }
    const issued = v.safeParse(Issued, verdict.kind === "served" ? verdict.body : null);
    if (!issued.success) {
      const detail = verdict.kind === "failed" ? verdict.detail : `an answer without a key (${verdict.kind})`;
      throw new NeighbourError(`KIS failed to issue a key of the socket: ${detail}`, {
        neighbour: "KIS",
        retryable: verdict.kind !== "failed" || verdict.retryable,
      });
    }
    await this.#write({ key, approval: issued.output.approval_key, askedAt: now });
    return { status: "ok", value: issued.output.approval_key, at: now };
  }

  /** The vendor takes it no more. */
  async forget(): Promise<void> {
    const { appKey, appSecret } = this.#access;
    const stored = await this.#read(await fingerprintOf(appKey + appSecret));
    await this.#write({ ...stored, approval: null });
  }

  /** What cannot be read, and another key's, counts for nothing. */
  async #read(key: string): Promise<v.InferOutput<typeof Stored>> {
    const text = await this.#surroundings.store.get(STORED_AT);
    const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text);
    return stored.success && stored.output.key === key ? stored.output : { key, approval: null, askedAt: 0 };
  }

  async #write(stored: v.InferOutput<typeof Stored>): Promise<void> {
    await this.#surroundings.store.put(STORED_AT, JSON.stringify(stored));
  }
}
