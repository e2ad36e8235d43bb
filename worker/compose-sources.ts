/** Env -> the vendors of a real market: which of them the owner has set up, and how each stands. */
import { DurableUpstreamStore } from "./adapters/durable/durable-upstream-store.ts";
import { tokenTimes } from "./adapters/kis/access-token.ts";
import { KIS_SERVICES, makeKis } from "./adapters/kis/kis.ts";
import type { KisAccess } from "./adapters/kis/kis-access.ts";
import { KRX_SERVICES, KrxSource } from "./adapters/krx/krx-source.ts";
import { makeDailyLimits } from "./adapters/upstream/daily-limits.ts";
import { type KnownSource, sourceState } from "./adapters/upstream/source-state.ts";
import type { Surroundings } from "./adapters/upstream/surroundings.ts";
import { VendorDates } from "./adapters/upstream/vendor-dates.ts";
import { SOURCE_IDS, type SourceId } from "./app/ports/market-sources.ts";
import type { SourceState } from "./app/ports/market-status.ts";
import type { CheckableSources } from "./app/ports/source-check.ts";
import { isSimulated } from "./core/instrument/exchange-profile.ts";
import type { Exchange } from "./core/instrument/instrument.ts";
import { consoleLog } from "./platform/logs.ts";
import type { Time } from "./platform/system-clock.ts";

/** Secrets of the vendors, of which an owner has some or none. */
interface VendorSecrets {
  readonly KRX_AUTH_KEY?: string;
  readonly KIS_APP_KEY?: string;
  readonly KIS_APP_SECRET?: string;
}

/** The variables are whatever the owner wrote, and not what stands in `wrangler.toml`. */
export type SourceEnv = Omit<Env, "MARKET_SOURCES"> & { readonly MARKET_SOURCES: string } & VendorSecrets;

/** The names in MARKET_SOURCES, whatever the owner wrote there. */
function namedIn(env: Pick<SourceEnv, "MARKET_SOURCES">): readonly string[] {
  return env.MARKET_SOURCES.split(/[\s,]+/).filter((name) => name !== "");
}

/** Each with its secrets, in the order in which they make one key. */
function secretsOf(env: VendorSecrets): Readonly<Record<SourceId, KnownSource["secrets"]>> {
  return {
    krx: [["KRX_AUTH_KEY", env.KRX_AUTH_KEY]],
    kis: [
      ["KIS_APP_KEY", env.KIS_APP_KEY],
      ["KIS_APP_SECRET", env.KIS_APP_SECRET],
    ],
  };
}

/** Sources that are named and whose secrets are set. A name of no source is left out with a line of the log. */
export function sourcesOf(env: SourceEnv): readonly SourceId[] {
  const named = namedIn(env);
  const unknown = named.filter((name) => !SOURCE_IDS.some((id) => id === name));
  if (unknown.length > 0) {
    consoleLog.write("error", "market_sources_not_understood", {
      unknown: unknown.join(" "),
      remedy: `MARKET_SOURCES names sources out of: ${SOURCE_IDS.join(" ")}`,
    });
  }
  const secrets = secretsOf(env);
  return SOURCE_IDS.filter((id) => named.includes(id) && secrets[id].every(([, value]) => Boolean(value)));
}

const SERVICES = { krx: KRX_SERVICES, kis: KIS_SERVICES };

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
  const tokens = { krx: null, kis: await tokenTimes(kisAccess(env), store) };
  return Promise.all(
    SOURCE_IDS.map(async (id) =>
      sourceState(
        { id, isNamed: named.includes(id), secrets: secrets[id], services: SERVICES[id] },
        tokens[id],
        { store, clock },
      ),
    ),
  );
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
  const store = new DurableUpstreamStore(storage);
  const around = { ...time, store };
  const surroundings: Surroundings = {
    ...around,
    fetch: async (request) => fetch(request),
    random: Math.random,
    log: consoleLog,
    limits: makeDailyLimits(around),
    dates: new VendorDates(),
  };
  const krx = named.includes("krx")
    ? new KrxSource({ base: env.KRX_BASE, key: env.KRX_AUTH_KEY ?? "" }, surroundings)
    : null;
  const kis = named.includes("kis") ? makeKis(kisAccess(env), surroundings) : null;
  const checked = [krx, kis].flatMap((vendor) => (vendor === null ? [] : [vendor.checked]));
  return { day: krx, master: krx, present: kis?.master ?? null, evening: kis, checked };
}

function kisAccess(env: SourceEnv): KisAccess {
  return {
    restBase: env.KIS_REST_BASE,
    masterBase: `${env.KIS_MASTER_BASE}/common/master`,
    appKey: env.KIS_APP_KEY ?? "",
    appSecret: env.KIS_APP_SECRET ?? "",
  };
}
