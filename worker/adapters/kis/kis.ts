/** Everything of one vendor account: one client, so that token, lanes and denials are shared. */
import type {
  HistorySource,
  MarketSnapshot,
  MasterSource,
  SessionOracle,
} from "../../app/ports/market-sources.ts";
import type { CheckedSource } from "../../app/ports/source-check.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { CHART_SERVICES, KisHistory } from "./chart-history.ts";
import type { KisAccess } from "./kis-access.ts";
import { kisServices } from "./kis-check.ts";
import { KisClient } from "./kis-client.ts";
import { KisMaster, MASTER_SERVICE } from "./master-files.ts";
import { KisSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { CALENDAR_SERVICE, KisSessionOracle } from "./open-days.ts";

export interface Kis {
  readonly snapshot: MarketSnapshot;
  readonly history: HistorySource;
  readonly oracle: SessionOracle;
  /** Works without a key. */
  readonly master: MasterSource;
  /** Whoever has mended a key or a right does not wait until the denial is over by itself (UP2). */
  forgetDenials(): Promise<void>;
  /** What an owner's check asks. */
  readonly checked: CheckedSource;
}

/** Each can be refused alone. */
export const KIS_SERVICES: readonly string[] = [
  QUOTE_SERVICE,
  CALENDAR_SERVICE,
  MASTER_SERVICE,
  ...Object.values(CHART_SERVICES),
];

/** One a key and program: two know nothing of each other's calls. */
export function makeKis(access: KisAccess, surroundings: Surroundings): Kis {
  const client = new KisClient(access, surroundings);
  const forgetDenials = (): Promise<void> => client.forgetDenials(KIS_SERVICES);
  return {
    snapshot: new KisSnapshot(client, surroundings),
    history: new KisHistory(client, surroundings),
    oracle: new KisSessionOracle(client, surroundings),
    master: new KisMaster(access, surroundings),
    forgetDenials,
    checked: {
      id: "kis",
      services: kisServices(access, client, surroundings),
      skewMs: () => surroundings.dates?.skewOf("kis") ?? null,
      forgetDenials,
    },
  };
}
