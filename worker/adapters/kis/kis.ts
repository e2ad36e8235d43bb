/** Everything of one vendor account: one client, so that token, lanes and denials are shared. */
import type {
  HistorySource,
  MarketSnapshot,
  MasterSource,
  SessionOracle,
} from "../../app/ports/market-sources.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { KisHistory } from "./chart-history.ts";
import type { KisAccess } from "./kis-access.ts";
import { KisClient } from "./kis-client.ts";
import { KisMaster } from "./master-files.ts";
import { KisSnapshot } from "./multi-quote.ts";
import { KisSessionOracle } from "./open-days.ts";

export interface Kis {
  readonly snapshot: MarketSnapshot;
  readonly history: HistorySource;
  readonly oracle: SessionOracle;
  /** Works without a key. */
  readonly master: MasterSource;
}

/** One a key and program: two know nothing of each other's calls. */
export function makeKis(access: KisAccess, surroundings: Surroundings): Kis {
  const client = new KisClient(access, surroundings);
  return {
    snapshot: new KisSnapshot(client, surroundings),
    history: new KisHistory(client, surroundings),
    oracle: new KisSessionOracle(client, surroundings),
    master: new KisMaster(access, surroundings),
  };
}
