/** Everything of one vendor account: one client, so that token, lanes and denials are shared. */
import type { HistorySource, MarketSnapshot, MasterSource } from "../../app/ports/market-sources.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { CheckedSource } from "../../app/ports/source-check.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import type { OpenSocket } from "../upstream/vendor-socket.ts";
import { CHART_SERVICES, KiwoomHistory } from "./daily-chart.ts";
import type { KiwoomAccess } from "./kiwoom-access.ts";
import { kiwoomServices } from "./kiwoom-check.ts";
import { KiwoomClient } from "./kiwoom-client.ts";
import { KiwoomSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { KiwoomShareList, LIST_SERVICE } from "./share-list.ts";
import { KiwoomLive, type KiwoomLiveOptions, SOCKET_SERVICE } from "./socket/kiwoom-live.ts";

export interface Kiwoom {
  readonly snapshot: MarketSnapshot;
  readonly history: HistorySource;
  readonly master: MasterSource;
  /** Live prices, with the token of all other calls. */
  live(options: KiwoomLiveOptions, openSocket: OpenSocket): LiveUpstream;
  /** Whoever has mended a key or a right does not wait until the denial is over by itself (UP2). */
  forgetDenials(): Promise<void>;
  /** What an owner's check asks. */
  readonly checked: CheckedSource;
}

/** Each can be refused alone. */
export const KIWOOM_SERVICES: readonly string[] = [
  QUOTE_SERVICE,
  LIST_SERVICE,
  ...Object.values(CHART_SERVICES),
  SOCKET_SERVICE,
];

/** One a key and program: two know nothing of each other's calls. */
export function makeKiwoom(access: KiwoomAccess, surroundings: Surroundings): Kiwoom {
  const client = new KiwoomClient(access, surroundings);
  const forgetDenials = (): Promise<void> => client.forgetDenials(KIWOOM_SERVICES);
  return {
    snapshot: new KiwoomSnapshot(client, surroundings),
    history: new KiwoomHistory(client, surroundings),
    master: new KiwoomShareList(client, surroundings),
    live: (options, openSocket) => new KiwoomLive(client, options, { ...surroundings, openSocket }),
    forgetDenials,
    checked: {
      id: "kiwoom",
      services: kiwoomServices(access, client, surroundings),
      skewMs: () => surroundings.dates?.skewOf("kiwoom") ?? null,
      forgetDenials,
    },
  };
}
