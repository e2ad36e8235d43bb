/** Env -> the vendors of a real market: which of them the owner has set up, and how each stands. */
import { DurableUpstreamStore } from "./adapters/durable/durable-upstream-store.ts";
import { KIS_SERVICES } from "./adapters/kis/kis.ts";
import { KIWOOM_SERVICES } from "./adapters/kiwoom/kiwoom.ts";
import { KRX_SERVICES } from "./adapters/krx/krx-source.ts";
import { tokenTimes } from "./adapters/upstream/access-tokens.ts";
import { makeDailyLimits } from "./adapters/upstream/daily-limits.ts";
import { openPlatformSocket } from "./adapters/upstream/vendor-socket.ts";
import {
  type LiveVars,
  namedIn,
  openLive,
  openVendors,
  secretsOf,
  sourcesOf as openedIn,
  type VendorSecrets,
} from "./adapters/upstream/open-vendors.ts";
import { sourceState } from "./adapters/upstream/source-state.ts";
import type { Surroundings } from "./adapters/upstream/surroundings.ts";
import { VendorDates } from "./adapters/upstream/vendor-dates.ts";
import type { LiveUpstream } from "./app/ports/live-upstream.ts";
import { SOURCE_IDS, type SourceId } from "./app/ports/market-sources.ts";
import type { SourceState } from "./app/ports/market-status.ts";
import type { CheckableSources } from "./app/ports/source-check.ts";
import { isSimulated } from "./core/instrument/exchange-profile.ts";
import type { Exchange } from "./core/instrument/instrument.ts";
import { consoleLog } from "./platform/logs.ts";
import type { Time } from "./platform/system-clock.ts";

/** The variables are whatever the owner wrote, and not what stands in `wrangler.toml`. */
export type SourceEnv = Omit<Env, "MARKET_SOURCES"> & { readonly MARKET_SOURCES: string } & VendorSecrets;

/** Sources that are named and whose secrets are set. */
export function sourcesOf(env: SourceEnv): readonly SourceId[] {
  return openedIn(env, consoleLog);
}

const SERVICES = { krx: KRX_SERVICES, kis: KIS_SERVICES, kiwoom: KIWOOM_SERVICES };

/** A vendor that lets registered addresses in alone is none of a Worker's, unless its owner has named it for a relay. */
function isShown(id: SourceId, named: readonly string[]): boolean {
  return id !== "kiwoom" || named.includes(id);
}

/** MD40: how each vendor of a real exchange stands, by what its adapter keeps in the storage of the object that asks it. */
export async function sourceStates(
  exchange: Exchange,
  env: SourceEnv,
  storage: DurableObjectStorage,
  { clock }: Time,
): Promise<readonly SourceState[]> {
  if (isSimulated(exchange)) {
    return [];
  }
  const store = new DurableUpstreamStore(storage);
  const named = namedIn(env);
  const secrets = secretsOf(env);
  const keyOf = (id: SourceId): string => secrets[id].map(([, value]) => value ?? "").join("");
  const tokens = {
    krx: null,
    kis: await tokenTimes("kis", keyOf("kis"), store),
    kiwoom: await tokenTimes("kiwoom", keyOf("kiwoom"), store),
  };
  return Promise.all(
    SOURCE_IDS.filter((id) => isShown(id, named)).map(async (id) =>
      sourceState(
        { id, isNamed: named.includes(id), secrets: secrets[id], services: SERVICES[id] },
        tokens[id],
        { store, clock, log: consoleLog },
      ),
    ),
  );
}

/** What live prices of a real exchange come from; `null` where no vendor of the owner brings any, or LIVE_SLOTS is 0. */
export function liveUpstream(
  exchange: Exchange,
  env: SourceEnv & LiveVars,
  storage: DurableObjectStorage,
  time: Time,
): LiveUpstream | null {
  const named = sourcesOf(env);
  return isSimulated(exchange) || named.length === 0
    ? null
    : openLive(named, env, { ...surroundingsOf(storage, time), openSocket: openPlatformSocket });
}

/** The vendors of a real exchange, with their counts and tokens in the storage of the object that asks them. */
export function marketSources(
  exchange: Exchange,
  env: SourceEnv,
  storage: DurableObjectStorage,
  time: Time,
): CheckableSources | null {
  const named = sourcesOf(env);
  if (isSimulated(exchange) || named.length === 0) {
    return null;
  }
  return openVendors(named, env, surroundingsOf(storage, time));
}

/** One for an object: its calls share counts, limits and tokens. */
function surroundingsOf(storage: DurableObjectStorage, time: Time): Surroundings {
  const around = { ...time, store: new DurableUpstreamStore(storage), log: consoleLog };
  return {
    ...around,
    fetch: async (request) => fetch(request),
    random: Math.random,
    limits: makeDailyLimits(around),
    dates: new VendorDates(),
  };
}
