/** The vendors of the owner's machine, opened once for a run: its calls share counts, limits and tokens. */
import { setTimeout as sleep } from "node:timers/promises";
import { makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import { openOwnersLive, openVendors } from "../../adapters/upstream/open-vendors.ts";
import type { Surroundings } from "../../adapters/upstream/surroundings.ts";
import { VendorDates } from "../../adapters/upstream/vendor-dates.ts";
import { openPlatformSocket } from "../../adapters/upstream/vendor-socket.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { SourceId, UpstreamLimits } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import type { CollectState } from "./collect-state.ts";
import { stderrLog } from "./stderr-log.ts";
import type { VendorEnv } from "./vendor-env.ts";

/** Counts what is sent, for the last line. */
class CountedLimits implements UpstreamLimits {
  readonly calls: Record<SourceId, number> = { krx: 0, kis: 0, kiwoom: 0 };
  readonly #limits: UpstreamLimits;

  constructor(limits: UpstreamLimits) {
    this.#limits = limits;
  }

  async take(vendor: SourceId): Promise<void> {
    await this.#limits.take(vendor);
    this.calls[vendor] += 1;
  }
}

/** The Worker's clock, as far as this machine knows it: its calendar and windows are the ones that count. */
class WorkerClock implements Clock {
  /** That clock less this machine's. */
  aheadMs = 0;

  now(): number {
    return Date.now() + this.aheadMs;
  }
}

export interface OpenedVendors {
  readonly sources: CheckableSources;
  readonly calls: Readonly<Record<SourceId, number>>;
  readonly clock: Clock & { aheadMs: number };
  /** Live prices; `null` where none of the keys opens any. */
  live(): LiveUpstream | null;
  /** Resolves after so many milliseconds, and with `false` when the run was given up meanwhile: nothing may keep its process. */
  readonly passed: (ms: number, over: AbortSignal) => Promise<boolean>;
}

async function passed(ms: number, over: AbortSignal): Promise<boolean> {
  try {
    await sleep(Math.max(0, ms), undefined, { signal: over });
    return true;
  } catch {
    // The one reason for which a timer of Node rejects.
    return false;
  }
}

async function wait(ms: number): Promise<void> {
  await sleep(ms);
}

export function openCollected({ env, ids }: VendorEnv, { store }: CollectState): OpenedVendors {
  const clock = new WorkerClock();
  const limits = new CountedLimits(makeDailyLimits({ clock, wait, store, log: stderrLog }));
  const around: Surroundings = {
    fetch: async (request) => fetch(request),
    random: Math.random,
    log: stderrLog,
    dates: new VendorDates(),
    clock,
    wait,
    store,
    limits,
  };
  const sources = openVendors(ids, env, around);
  return {
    sources,
    calls: limits.calls,
    clock,
    passed,
    live: () => openOwnersLive(ids, env, sources, { ...around, openSocket: openPlatformSocket }),
  };
}
