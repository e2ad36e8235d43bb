/** UP2: what a vendor refused, remembered beyond an eviction, because asking on prolongs a block. */
import * as v from "valibot";
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import type { Answer, Denial, SourceId, UpstreamStore } from "../../app/ports/market-sources.ts";
import type { StandingDenial } from "../../app/ports/market-status.ts";
import { DAY_MS, midnightOf, tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { DenialName } from "../../protocol/vocabulary.ts";

export type Denied = Extract<Answer<never>, { readonly status: "denied" }>;

const Stored = v.object({
  why: DenialName,
  subject: v.pipe(v.string(), v.maxLength(500)),
  until: v.number(),
  /** When it was noted; what a version before wrote has none. */
  at: v.optional(v.number()),
  /** Of the key that was refused: another one is a reason to ask again. */
  key: v.string(),
});

const Served = v.object({ at: v.number(), key: v.string() });

const HOUR_MS = 3_600_000;
/** No denial is noted for longer than a day: one with more than this before it is of a clock that was ahead by months, say. */
const LONGEST_MS = DAY_MS + HOUR_MS;

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
  readonly #deps: { readonly store: UpstreamStore; readonly clock: Clock; readonly log: Log };
  readonly #onPurpose: boolean;

  /** When {@link served} last wrote. */
  #noted: number | null = null;

  /** `onPurpose`: the owner's check, which no denial keeps from asking (UP6). */
  constructor(
    vendor: SourceId,
    secret: string,
    deps: { readonly store: UpstreamStore; readonly clock: Clock; readonly log: Log },
    onPurpose = false,
  ) {
    this.#vendor = vendor;
    this.#secret = secret;
    this.#deps = deps;
    this.#onPurpose = onPurpose;
  }

  #keyOf(service: string | null): string {
    return service === null ? `${this.#vendor}:denied` : `${this.#vendor}:denied:${service}`;
  }

  /** What forbids a call of this service now; `null` when nothing does. */
  async standing(service: string): Promise<Denied | null> {
    if (this.#onPurpose) {
      return null;
    }
    const stored = (await this.#read(null)) ?? (await this.#read(service));
    return stored === null ? null : { status: "denied", why: stored.why, subject: stored.subject };
  }

  /** Everything that forbids a call of the vendor, or of one of these services. */
  async all(services: readonly string[]): Promise<readonly StandingDenial[]> {
    const found: StandingDenial[] = [];
    for (const service of [null, ...services]) {
      const stored = await this.#read(service);
      if (stored !== null) {
        const { why, subject, until, at = null } = stored;
        found.push({ why, subject, service, at, until });
      }
    }
    return found;
  }

  async #read(service: string | null): Promise<v.InferOutput<typeof Stored> | null> {
    const stored = await this.#stored(Stored, this.#keyOf(service));
    const left = stored === null ? 0 : stored.until - this.#deps.clock.now();
    if (stored === null || left <= 0 || left > LONGEST_MS) {
      return null;
    }
    return stored.key === (await fingerprintOf(this.#secret)) ? stored : null;
  }

  /** UP7: what cannot be read forbids nothing, since the vendor refuses anew what it still refuses; it leaves one line, and the store. */
  async #stored<const Schema extends typeof Stored | typeof Served>(
    schema: Schema,
    key: string,
  ): Promise<v.InferOutput<Schema> | null> {
    const text = await this.#deps.store.get(key);
    if (text === null) {
      return null;
    }
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
    if (read.success) {
      return read.output;
    }
    this.#deps.log.write("warn", "vendor_note_unreadable", { key });
    await this.#deps.store.delete(key);
    return null;
  }

  /** `service`: the one that was refused alone; `null` when the vendor refuses all of them. */
  async note(service: string | null, why: Denial, subject: string): Promise<Denied> {
    const at = this.#deps.clock.now();
    const until = endOf(why, at);
    const key = await fingerprintOf(this.#secret);
    await this.#deps.store.put(this.#keyOf(service), JSON.stringify({ why, subject, until, at, key }));
    return { status: "denied", why, subject };
  }

  /** The vendor has served this key; written once an hour at most, for each call is one more write otherwise. */
  async served(): Promise<void> {
    const at = this.#deps.clock.now();
    this.#noted ??= (await this.servedAt()) ?? Number.NEGATIVE_INFINITY;
    if (at - this.#noted >= HOUR_MS) {
      this.#noted = at;
      const key = await fingerprintOf(this.#secret);
      await this.#deps.store.put(`${this.#vendor}:served`, JSON.stringify({ at, key }));
    }
  }

  /** When this key was last served, to the hour; `null` when it never was. */
  async servedAt(): Promise<number | null> {
    const stored = await this.#stored(Served, `${this.#vendor}:served`);
    return stored !== null && stored.key === (await fingerprintOf(this.#secret)) ? stored.at : null;
  }

  /** The service has answered the owner's check: what forbade it, and all services of this very key, is over. */
  async lift(service: string): Promise<void> {
    for (const scope of this.#onPurpose ? [null, service] : []) {
      if ((await this.#read(scope)) !== null) {
        await this.#deps.store.delete(this.#keyOf(scope));
      }
    }
  }

  /** The owner asks to try again: what was remembered of these services, and of the vendor, is gone. */
  async forget(services: readonly string[]): Promise<void> {
    for (const service of [null, ...services]) {
      await this.#deps.store.delete(this.#keyOf(service));
    }
  }
}
