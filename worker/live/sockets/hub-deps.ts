/** What the hub of an object's sockets asks of that object. Apart from the hub, so that who answers need not see its sockets. */
import type { Position } from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import type { SessionRules } from "../session/session-event.ts";
import type { Load, SendBudget } from "../session/send-budget.ts";
import type { SocketReaders } from "./reader-watch.ts";

/** A subscription that the object has to answer through {@link SocketHub.resolve}. */
export interface HubRequest {
  readonly session: string;
  readonly ask: number;
  readonly topic: string;
  readonly since: Position | null;
}

/** What sets the hub of a gateway apart from that of a topic. */
export interface HubDeps extends SessionRules {
  readonly log: Log;
  /** Absent: everyone may read. */
  readonly readers?: SocketReaders;
  /** The share of a socket, where a simulation plays a crowd. Absent: by the number of sockets. */
  readonly allow?: (load: Load) => SendBudget;
  now(): number;
  ask(asks: readonly HubRequest[]): void;
  /** The last listener of each topic is gone. */
  left(topics: readonly string[]): void;
  /** {@link SocketHub.look} is to be called at `at`, or a little later. */
  watch(at: number): void;
}
