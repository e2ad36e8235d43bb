/** Everything the routes need from the rest of the program, as one object that compose.ts fills, and the variables of a request. */
import type { RequestIdVariables } from "hono/request-id";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { AlertLog } from "../../app/ports/alert-log.ts";
import type { AlertsPort } from "../../app/ports/alerts.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { FormingBook } from "../../app/ports/forming.ts";
import type { Ingest } from "../../app/ports/ingest.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { FeedStatus, HubLoad, ObjectMemory, OwnedFeedPort, QuotingFeed } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import type { DayDeliveryPort } from "../../app/ports/market-sources.ts";
import type { MarketBookPort } from "../../app/ports/market-book.ts";
import type { MarketStatusPort } from "../../app/ports/market-status.ts";
import type { OutcomeStore } from "../../app/ports/outcome-store.ts";
import type { OwnerLog } from "../../app/ports/owner-log.ts";
import type { ReaderSessions } from "../../app/ports/reader-sessions.ts";
import type { SourcesPort } from "../../app/ports/source-check.ts";
import type { ScanLedger } from "../../app/ports/scan-ledger.ts";
import type { StudyPort } from "../../app/ports/study.ts";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ReaderRule } from "../../app/reader-rule.ts";

/** The variables that the middleware sets on each request. */
export interface HttpEnv {
  Variables: RequestIdVariables &
    SecureHeadersVariables & {
      /** The entry of the owner's log that records the request; absent where none does. */
      ownerPosition?: number;
      /** Who reads, as a socket's object gets it; absent for whoever has not logged in, and where everyone may read. */
      reader?: string;
      /** The active exchange as the guard of the readers found it, where it let somebody in for it who has not logged in. */
      judged?: Exchange;
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

/** `read`: any request. `upgrade`: a new socket. `guess`: a wrong owner's token. `login`: an attempt to log in, also counted over all addresses. `push`: a change or a test of a push subscription, a test of a channel. */
export type LimitKind = "read" | "upgrade" | "guess" | "login" | "push";

/** `false`: the address has used up its requests of the present window, as `wrangler.toml` sets them. */
export interface Limits {
  take(kind: LimitKind, address: string): Promise<boolean>;
}

/** Who may read, and where sessions are kept. */
export interface ReaderPorts {
  readonly rule: ReaderRule;
  readonly sessions: ReaderSessions;
  /** Ends the sockets of a session wherever they are. Rejects when an object was out of reach: it looks for itself later (RD6a). */
  endSockets(session: string): Promise<void>;
}

/** An absent optional port is a deployment without that neighbour, as a test of one route is. */
export interface HttpPorts {
  readonly clock: Clock;
  readonly settings: Pick<Settings, "activeExchange" | "lastSwitch">;
  readonly ledger: ScanLedger;
  readonly alertLog: Pick<AlertLog, "after" | "newest" | "last">;
  readonly outcomes: Pick<OutcomeStore, "measured" | "outcomes">;
  readonly instruments: InstrumentStore;
  book(exchange: Exchange): MarketBookPort & Pick<FormingBook, "forming"> & MarketStatusPort & StudyPort;
  /** What an owner does with the vendors of an exchange. */
  sources(exchange: Exchange): SourcesPort;
  readonly ingest: Ingest;
  /** Of the one real exchange. */
  readonly deliveries: DayDeliveryPort;
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
  /** Takes a machine of the owner's that brings live prices of the one real exchange; absent where no feed is served. */
  machine?(request: Request): Promise<Response>;
  /** Absent where no sockets are served. */
  readonly sockets?: SocketRoutes;
  /** Other origins whose pages may open sockets (WS13). */
  readonly origins?: readonly string[];
  /** Absent where nothing is limited. */
  readonly limits?: Limits;
  /** Who may read (RD2). Absent where everyone may. */
  readonly readers?: ReaderPorts;
  /** Between two judgements of a running session, milliseconds; absent where none are made. */
  readonly intradayMs?: number;
  /** The real exchange whose vendors this program asks; absent without a key. */
  readonly awaited?: Exchange;
  /** Absent where no alerts are sent. */
  readonly alerts?: Omit<AlertsPort, "wake" | "failures">;
  /** Address of the installation, without a slash at its end; absent where it is that of each request. */
  readonly publicUrl?: string;
  /** Names the deployed code. */
  readonly build: string;
}

/** The exchange that a request is about: the active one, unless it names another. The two are never mixed. */
export async function chosenExchange(ports: HttpPorts, asked: Exchange | undefined): Promise<Exchange> {
  return asked ?? (await ports.settings.activeExchange());
}
