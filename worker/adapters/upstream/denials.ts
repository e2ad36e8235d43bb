/** UP2: what a vendor refused, remembered beyond an eviction, because asking on prolongs a block. */
import * as v from "valibot";
import type { Clock } from "../../app/ports/clock.ts";
import type { Answer, Denial, SourceId, UpstreamStore } from "../../app/ports/market-sources.ts";
import { DAY_MS, midnightOf, tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";

export type Denied = Extract<Answer<never>, { readonly status: "denied" }>;

const DENIALS = [
  "bad_key",
  "service_not_approved",
  "address_not_allowed",
  "key_in_use",
  "quota",
  "blocked",
] as const satisfies readonly Denial[];

const Stored = v.object({
  why: v.picklist(DENIALS),
  subject: v.pipe(v.string(), v.maxLength(500)),
  until: v.number(),
  /** Of the key that was refused: another one is a reason to ask again. */
  key: v.string(),
});

/** Not the key itself: the first half of its SHA-256, in hexadecimal digits. */
export async function fingerprintOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return Array.from(new Uint8Array(digest).subarray(0, 16), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** A quota ends with the day in Seoul; a block lasts a day by the vendor; what the owner mends is asked again once a day. */
function endOf(why: Denial, now: number): number {
  return why === "quota" ? midnightOf(tradingDayOf(tradingDayAt(now) + 1)) : now + DAY_MS;
}

/** The denials of one key at one vendor. A service's own denial leaves the vendor's other services alone. */
export class Denials {
  readonly #vendor: SourceId;
  readonly #secret: string;
  readonly #deps: { readonly store: UpstreamStore; readonly clock: Clock };

  constructor(
    vendor: SourceId,
    secret: string,
    deps: { readonly store: UpstreamStore; readonly clock: Clock },
  ) {
    this.#vendor = vendor;
    this.#secret = secret;
    this.#deps = deps;
  }

  #keyOf(service: string | null): string {
    return service === null ? `${this.#vendor}:denied` : `${this.#vendor}:denied:${service}`;
  }

  /** What forbids a call of this service now; `null` when nothing does. */
  async standing(service: string): Promise<Denied | null> {
    return (await this.#read(null)) ?? (await this.#read(service));
  }

  async #read(service: string | null): Promise<Denied | null> {
    const text = await this.#deps.store.get(this.#keyOf(service));
    const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text);
    if (!stored.success || stored.output.until <= this.#deps.clock.now()) {
      return null;
    }
    const { why, subject, key } = stored.output;
    return key === (await fingerprintOf(this.#secret)) ? { status: "denied", why, subject } : null;
  }

  /** `service`: the one that was refused alone; `null` when the vendor refuses all of them. */
  async note(service: string | null, why: Denial, subject: string): Promise<Denied> {
    const until = endOf(why, this.#deps.clock.now());
    const key = await fingerprintOf(this.#secret);
    await this.#deps.store.put(this.#keyOf(service), JSON.stringify({ why, subject, until, key }));
    return { status: "denied", why, subject };
  }

  /** The owner asks to try again: what was remembered of these services, and of the vendor, is gone. */
  async forget(services: readonly string[]): Promise<void> {
    for (const service of [null, ...services]) {
      await this.#deps.store.delete(this.#keyOf(service));
    }
  }
}
