/** UP1: how often each vendor is called, counted in the store before a call is sent and spaced after the last one. */
import * as v from "valibot";
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import {
  BudgetSpent,
  type SourceId,
  type UpstreamLimits,
  type UpstreamStore,
} from "../../app/ports/market-sources.ts";
import { type Vendor, VENDORS } from "../../app/vendors.ts";
import { midnightOf, tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";

/** What a vendor grants one key. */
type Allowance = Pick<Vendor, "callsPerDay" | "spacingMs">;

/** By vendor. */
type Allowances = Readonly<Record<SourceId, Allowance>>;

const Count = v.object({ day: v.pipe(v.number(), v.integer()), calls: v.pipe(v.number(), v.integer()) });

const keyOf = (vendor: SourceId): string => `${vendor}:calls`;

/** `null` for a stored text that cannot be read. */
async function readCalls(vendor: SourceId, store: UpstreamStore, clock: Clock): Promise<number | null> {
  const text = await store.get(keyOf(vendor));
  if (text === null) {
    return 0;
  }
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Count), text);
  if (!stored.success) {
    return null;
  }
  return stored.output.day === tradingDayAt(clock.now()) ? stored.output.calls : 0;
}

/**
 * Calls counted on the present day in Seoul. A stored text that cannot be read is another program's, and counts nothing: the vendor
 * counts too, and its refusal is remembered until midnight (UP2), while a count that is taken for spent would cost a session for certain.
 */
export async function countedCalls(vendor: SourceId, store: UpstreamStore, clock: Clock): Promise<number> {
  return (await readCalls(vendor, store, clock)) ?? 0;
}

interface LimitDeps {
  readonly log: Log;
  readonly store: UpstreamStore;
  readonly clock: Clock;
  wait(ms: number): Promise<void>;
}

/** One line a vendor: takes are given one after the other, so that two at once never count as one. */
class VendorLine {
  readonly #vendor: SourceId;
  readonly #allowance: Allowance;
  readonly #deps: LimitDeps;
  #last: Promise<unknown> = Promise.resolve();
  #freeAt = 0;

  constructor(vendor: SourceId, allowance: Allowance, deps: LimitDeps) {
    this.#vendor = vendor;
    this.#allowance = allowance;
    this.#deps = deps;
  }

  take(): Promise<void> {
    const turn = this.#last.then(() => this.#count());
    // The next one waits for this one's end, and not for its success.
    this.#last = Promise.allSettled([turn]);
    return turn;
  }

  async #count(): Promise<void> {
    const { store, clock, log } = this.#deps;
    // A clock that was set back must not keep a call for as long as it was.
    const rest = Math.min(this.#freeAt - clock.now(), this.#allowance.spacingMs);
    if (rest > 0) {
      await this.#deps.wait(rest);
    }
    const now = clock.now();
    const today = tradingDayAt(now);
    const counted = await readCalls(this.#vendor, store, clock);
    if (counted === null) {
      log.write("warn", "vendor_count_unreadable", { vendor: this.#vendor });
    }
    const calls = counted ?? 0;
    if (this.#allowance.callsPerDay !== null && calls >= this.#allowance.callsPerDay) {
      throw new BudgetSpent(this.#vendor, midnightOf(tradingDayOf(today + 1)));
    }
    await store.put(keyOf(this.#vendor), JSON.stringify({ day: today, calls: calls + 1 }));
    this.#freeAt = clock.now() + this.#allowance.spacingMs;
  }
}

/** One for all adapters of a program: limits that do not know of each other give twice what the vendor grants. */
export function makeDailyLimits(deps: LimitDeps, allowances: Allowances = VENDORS): UpstreamLimits {
  const lines = {
    krx: new VendorLine("krx", allowances.krx, deps),
    kis: new VendorLine("kis", allowances.kis, deps),
    kiwoom: new VendorLine("kiwoom", allowances.kiwoom, deps),
  };
  return { take: (vendor) => lines[vendor].take() };
}
