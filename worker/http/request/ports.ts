/** Everything the routes need from the rest of the program, as one object that compose.ts fills, and the variables of a request. */
import type { RequestIdVariables } from "hono/request-id";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { Clock } from "../../app/ports/clock.ts";
import type { Ingest } from "../../app/ports/ingest.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { FeedStatus, HubLoad, ObjectMemory, OwnedFeedPort, QuotingFeed } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import type { MarketBookPort } from "../../app/ports/market-book.ts";
import type { OutcomeStore } from "../../app/ports/outcome-store.ts";
import type { OwnerLog } from "../../app/ports/owner-log.ts";
import type { ScanLedger } from "../../app/ports/scan-ledger.ts";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

/** The variables that the middleware sets on each request. */
export interface HttpEnv {
  Variables: RequestIdVariables &
    SecureHeadersVariables & {
      /** The entry of the owner's log that records the request; absent where none does. */
      ownerPosition?: number;
    };
}

/** Where requests become sockets. The answers carry the socket, or 503 when the object is full. */
export interface SocketRoutes {
  /** `continent`: Cloudflare's code for the client's, to find a gateway near it. */
  gateway(request: Request, continent: string | null): Promise<Response>;
  stream(request: Request, topic: string): Promise<Response>;
  /** Rejects when one object does not answer, naming it. */
  stats(): Promise<readonly HubLoad[]>;
  /** What each object remembers, asked of each by itself. */
  memories(): readonly ObjectMemory[];
  feed(): Promise<FeedStatus>;
}

/** `read`: any request. `upgrade`: a new socket. `guess`: a wrong owner's token. */
export type LimitKind = "read" | "upgrade" | "guess";

/** `false`: the address has used up its requests of the present window, as `wrangler.toml` sets them. */
export interface Limits {
  take(kind: LimitKind, address: string): Promise<boolean>;
}

/** An absent optional port is a deployment without that neighbour, as a test of one route is. */
export interface HttpPorts {
  readonly clock: Clock;
  readonly settings: Pick<Settings, "activeExchange" | "lastSwitch">;
  readonly ledger: ScanLedger;
  readonly outcomes: Pick<OutcomeStore, "measured" | "outcomes">;
  readonly instruments: InstrumentStore;
  book(exchange: Exchange): MarketBookPort;
  readonly ingest: Ingest;
  /** The owner's secret; `null` or empty closes the owner routes (RT3). */
  readonly ownerToken: string | null;
  /** Records each action of the owner before it is carried out (RT25). */
  readonly ownerLog: OwnerLog;
  /** Records the switch and moves the feed and the streams to the exchange, also to the one already active. Once it is recorded it is completed, also when this rejects. */
  switchExchange(exchange: Exchange): Promise<ExchangeSwitch>;
  /** Gets a line of each failure that an answer survived or became a 500 or 503; the answer itself never shows it. */
  readonly log: Log;
  /** Absent where no feed is served. */
  feed?(exchange: Exchange): OwnedFeedPort & QuotingFeed;
  /** Absent where no sockets are served. */
  readonly sockets?: SocketRoutes;
  /** Other origins whose pages may open sockets (WS13). */
  readonly origins?: readonly string[];
  /** Absent where nothing is limited. */
  readonly limits?: Limits;
  /** Names the deployed code. */
  readonly build: string;
}

/** The exchange that a request is about: the active one, unless it names another. The two are never mixed. */
export async function chosenExchange(ports: HttpPorts, asked: Exchange | undefined): Promise<Exchange> {
  return asked ?? (await ports.settings.activeExchange());
}
