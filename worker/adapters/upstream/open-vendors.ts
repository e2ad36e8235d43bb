/** Variables and secrets -> the vendors of a real market: the same in the Worker, and in Node where an owner collects for one. */
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { Log } from "../../app/ports/log.ts";
import { SOURCE_IDS, type SourceId } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import { type VendorSecret, VENDORS } from "../../app/vendors.ts";
import type { KiwoomAccess } from "../kiwoom/kiwoom-access.ts";
import { type Kiwoom, makeKiwoom } from "../kiwoom/kiwoom.ts";
import type { KisAccess } from "../kis/kis-access.ts";
import { makeKis } from "../kis/kis.ts";
import { KisLive, MOST_REGISTRATIONS, type SocketSurroundings } from "../kis/socket/kis-live.ts";
import { KrxSource } from "../krx/krx-source.ts";
import type { KnownSource } from "./source-state.ts";
import type { Surroundings } from "./surroundings.ts";

/** Secrets of the vendors, of which an owner has some or none. */
export type VendorSecrets = Readonly<Partial<Record<VendorSecret, string>>>;

/** Where the vendors are, and which of them are asked: names with blanks or commas between them. */
export interface VendorVars {
  readonly MARKET_SOURCES: string;
  readonly KRX_BASE: string;
  readonly KIS_REST_BASE: string;
  readonly KIS_MASTER_BASE: string;
  readonly KIWOOM_REST_BASE: string;
}

/** Of the sockets of live prices. */
export interface SocketVars {
  readonly KIS_WS_URL: string;
  readonly KIWOOM_WS_URL: string;
  /** How many names one connection follows: 0 to 41 in a Worker, where 0 opens none; for a machine that brings prices at most so many. */
  readonly LIVE_SLOTS: string;
}

/** Of a running session. */
export interface LiveVars extends SocketVars {
  /** Minutes between two judgements of the whole market in a session, 5 to 120; 0 makes none. */
  readonly INTRADAY_MINUTES: string;
}

/** The names in MARKET_SOURCES, whatever the owner wrote there. */
export function namedIn({ MARKET_SOURCES: text }: Pick<VendorVars, "MARKET_SOURCES">): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

/** Each with its secrets, in the order in which they make one key. */
export function secretsOf(env: VendorSecrets): Readonly<Record<SourceId, KnownSource["secrets"]>> {
  const of = (id: SourceId): KnownSource["secrets"] => VENDORS[id].secrets.map((name) => [name, env[name]]);
  return { krx: of("krx"), kis: of("kis"), kiwoom: of("kiwoom") };
}

/** Names in MARKET_SOURCES that are of no source. */
export function unknownNames(env: Pick<VendorVars, "MARKET_SOURCES">): readonly string[] {
  return namedIn(env).filter((name) => !SOURCE_IDS.some((id) => id === name));
}

/** Sources that are named and whose secrets are set. A name of no source is left out with a line of the log. */
export function sourcesOf(
  env: Pick<VendorVars, "MARKET_SOURCES"> & VendorSecrets,
  log: Log,
): readonly SourceId[] {
  const [named, unknown] = [namedIn(env), unknownNames(env)];
  if (unknown.length > 0) {
    log.write("error", "market_sources_not_understood", {
      unknown: unknown.join(" "),
      remedy: `MARKET_SOURCES names sources out of: ${SOURCE_IDS.join(" ")}`,
    });
  }
  const secrets = secretsOf(env);
  return SOURCE_IDS.filter((id) => named.includes(id) && secrets[id].every(([, value]) => Boolean(value)));
}

function kisAccess(env: VendorVars & VendorSecrets): KisAccess {
  return {
    restBase: env.KIS_REST_BASE,
    masterBase: `${env.KIS_MASTER_BASE}/common/master`,
    appKey: env.KIS_APP_KEY ?? "",
    appSecret: env.KIS_APP_SECRET ?? "",
  };
}

function kiwoomAccess(env: VendorVars & VendorSecrets): KiwoomAccess {
  return {
    restBase: env.KIWOOM_REST_BASE,
    appKey: env.KIWOOM_APP_KEY ?? "",
    secretKey: env.KIWOOM_SECRET_KEY ?? "",
  };
}

/** `null` where none of the sources has live prices, and where the owner wants none. */
export function openLive(
  ids: readonly SourceId[],
  env: VendorVars & VendorSecrets & LiveVars,
  surroundings: SocketSurroundings,
): LiveUpstream | null {
  const slots = /^\d{1,2}$/.test(env.LIVE_SLOTS) ? Number(env.LIVE_SLOTS) : null;
  if (slots === null || slots > MOST_REGISTRATIONS) {
    surroundings.log.write("error", "live_slots_not_understood", {
      remedy: `LIVE_SLOTS is a number from 0 to ${MOST_REGISTRATIONS}; it counts as 0`,
    });
    return null;
  }
  return ids.includes("kis") && slots > 0
    ? new KisLive(kisAccess(env), { url: env.KIS_WS_URL, slots }, surroundings)
    : null;
}

/** Milliseconds between two judgements of a running session; 0 makes none. */
export function intradayEvery(
  { INTRADAY_MINUTES: text }: Pick<LiveVars, "INTRADAY_MINUTES">,
  log: Log,
): number {
  const minutes = /^\d{1,3}$/.test(text) ? Number(text) : null;
  const isUnderstood = minutes === 0 || (minutes !== null && minutes >= 5 && minutes <= 120);
  if (!isUnderstood) {
    log.write("error", "intraday_minutes_not_understood", {
      remedy: "INTRADAY_MINUTES is 0 or a number from 5 to 120; it counts as 0",
    });
  }
  return isUnderstood ? minutes * 60_000 : 0;
}

/**
 * Live prices for a machine that brings them to a Worker, of the vendor that answers its other questions too, with one token for all of
 * them. LIVE_SLOTS may name fewer names than the vendor grants. `null` where no key opens any.
 */
export function openOwnersLive(
  ids: readonly SourceId[],
  env: VendorVars & VendorSecrets & SocketVars,
  { kiwoom }: OpenedVendors,
  surroundings: SocketSurroundings,
): LiveUpstream | null {
  const most = /^[1-9]\d{0,2}$/.test(env.LIVE_SLOTS) ? Number(env.LIVE_SLOTS) : Number.POSITIVE_INFINITY;
  if (ids.includes("kis")) {
    return new KisLive(kisAccess(env), { url: env.KIS_WS_URL, slots: most }, surroundings);
  }
  return kiwoom && kiwoom.live({ url: env.KIWOOM_WS_URL, slots: most }, surroundings.openSocket);
}

/** What the keys open, and where it has prices to follow, the vendor that gives them to a machine of the owner's. */
export interface OpenedVendors extends CheckableSources {
  readonly kiwoom: Kiwoom | null;
}

/** One for a program: its calls share a limit and a token. What two vendors have is asked of KIS, whose base prices are stated. */
export function openVendors(
  ids: readonly SourceId[],
  env: VendorVars & VendorSecrets,
  surroundings: Surroundings,
): OpenedVendors {
  const krx = ids.includes("krx")
    ? new KrxSource({ base: env.KRX_BASE, key: env.KRX_AUTH_KEY ?? "" }, surroundings)
    : null;
  const kis = ids.includes("kis") ? makeKis(kisAccess(env), surroundings) : null;
  const kiwoom = ids.includes("kiwoom") ? makeKiwoom(kiwoomAccess(env), surroundings) : null;
  const checked = [krx, kis, kiwoom].flatMap((vendor) => (vendor === null ? [] : [vendor.checked]));
  const account = kis ?? kiwoom;
  return {
    day: krx,
    master: krx,
    present: account?.master ?? null,
    evening: account,
    history: account?.history ?? null,
    oracle: kis?.oracle ?? null,
    checked,
    kiwoom,
  };
}
