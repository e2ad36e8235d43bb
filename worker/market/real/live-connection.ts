/** DR2: the connection of a real session: the state machine with its socket, and the denial that outlives an eviction. */
import type { Clock } from "../../app/ports/clock.ts";
import type {
  LiveKey,
  LiveUpstream,
  Tick,
  UpstreamEvent,
  UpstreamSession,
} from "../../app/ports/live-upstream.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import {
  advance,
  ASLEEP,
  type UpstreamAction,
  type UpstreamChange,
  type UpstreamState,
} from "./upstream-machine.ts";
import type { DenialTable } from "./denial-table.ts";

export interface LiveConnectionDeps {
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  readonly log: Log;
  readonly denials: DenialTable;
  /** Uniform in [0, 1). */
  random(): number;
  /** `true` when one of them is a trade of the session. */
  onTicks(ticks: readonly Tick[]): boolean;
  /** Whether a connection that stands now has missed no trade of the session. */
  missedNothing(): boolean;
}

/** By then the vendor has answered a registration, or it hears nothing of this connection. */
const ANSWERED_MS = 30_000;

export class LiveConnection {
  readonly #deps: LiveConnectionDeps;
  #state: UpstreamState;
  #session: UpstreamSession | null = null;
  /** Of this connection; an event of an earlier one is of no use. */
  #number = 0;
  #wanted: readonly LiveKey[] = [];
  #followed: ReadonlySet<LiveKey> = new Set();
  #upAt = 0;
  /** When the last trade of the session arrived. */
  tradedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: LiveConnectionDeps) {
    this.#deps = deps;
    this.#state = this.#rested();
  }

  /** A refusal counts for its hour, also where no connection was wanted meanwhile, unless another key or machine is there. */
  #rested(): UpstreamState {
    const { clock, denials, upstream } = this.#deps;
    const denied = denials.read(clock.now());
    const credential = upstream.credential ?? null;
    if (denied === null || (denied.of !== null && credential !== null && denied.of !== credential)) {
      return ASLEEP;
    }
    const { why, until } = denied;
    return { name: "denied", why, until };
  }

  get state(): UpstreamState {
    return this.#state;
  }

  /** What the vendor follows for this connection. */
  get followed(): ReadonlySet<LiveKey> {
    return this.#followed;
  }

  /** KW15: nothing is to be done each second for a machine that is away. */
  isReachable(): boolean {
    return this.#deps.upstream.isPresent?.() ?? true;
  }

  /** Time has passed. `true`: prices are to be asked for now, and {@link filled} called once they were applied. */
  pass(isAwake: boolean): boolean {
    if (isAwake && (this.#state.name === "asleep" || this.#state.name === "denied")) {
      this.#state = this.#rested();
    }
    const isUp = this.#state.name === "snapshot" || this.#state.name === "live";
    const isUnheard = isUp && this.#wanted.length > 0 && this.#followed.size === 0;
    if (isUnheard && this.#deps.clock.now() - this.#upAt > ANSWERED_MS) {
      this.#take({ kind: "down", denied: null, detail: "no registration was answered" });
    }
    return this.#change({ kind: "time", isAwake: isAwake && this.isReachable() }) === "snapshot";
  }

  /** What the connection did not show has been filled in. */
  filled(): void {
    this.#change({ kind: "snapshot" });
  }

  want(keys: readonly LiveKey[]): void {
    this.#wanted = keys;
    this.#session?.want(keys);
  }

  #change(change: UpstreamChange): UpstreamAction | null {
    const before = this.#state;
    const { state, action } = advance(before, change, this.#deps.clock.now(), this.#deps.random());
    this.#state = state;
    if (action === "open") {
      this.#open();
    } else if (action === "close") {
      this.#end();
    }
    if (before.name !== state.name) {
      this.#note(state);
    }
    return action;
  }

  #note(state: UpstreamState): void {
    const { denials, log, upstream } = this.#deps;
    if (state.name === "denied") {
      denials.write({ why: state.why, until: state.until, of: upstream.credential ?? null });
      log.write("error", "live_prices_denied", { vendor: upstream.id, why: state.why });
    }
    const hasFailed = state.name === "waiting" && state.attempts.failed > 0;
    if (state.name === "live") {
      denials.clear();
    }
    if (state.name === "live" || hasFailed) {
      const failed = state.attempts.failed;
      log.write(hasFailed ? "warn" : "info", "live_prices", {
        vendor: upstream.id,
        state: state.name,
        failed,
      });
    }
  }

  /** The feed remembers it, for whoever looks later why prices stood still. */
  #noteEnd({ denied, detail }: Extract<UpstreamEvent, { kind: "down" }>): void {
    const { log, upstream } = this.#deps;
    const error = new NeighbourError(`${upstream.neighbour} ended the live prices: ${detail}`, {
      neighbour: upstream.neighbour,
      retryable: denied === null,
    });
    logFailure(log, "live_connection_ended", error, { denied });
  }

  #open(): void {
    this.#number += 1;
    const number = this.#number;
    this.#session = this.#deps.upstream.open((event) => {
      if (number === this.#number) {
        this.#take(event);
      }
    });
    this.#session.want(this.#wanted);
  }

  #end(): void {
    this.#number += 1;
    this.#session?.close();
    this.#session = null;
    this.#followed = new Set();
  }

  #take(event: UpstreamEvent): void {
    switch (event.kind) {
      case "up":
        this.#upAt = this.#deps.clock.now();
        this.#change({ kind: "up", missedNothing: this.#deps.missedNothing() });
        return;
      case "down":
        this.#noteEnd(event);
        this.#end();
        this.#change({ kind: "down", denied: event.denied });
        return;
      case "frame":
        this.#change({ kind: "frame" });
        return;
      case "ticks":
        if (this.#deps.onTicks(event.ticks)) {
          this.tradedAt = this.#deps.clock.now();
          this.#change({ kind: "trade" });
        }
        return;
      case "followed":
        this.#followed = new Set(event.keys);
    }
  }
}
