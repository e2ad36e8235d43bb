/** The owner's machine of a simulated week: the shipped relay between a vendor and a feed that loses its memory again and again. */
import type { Clock } from "../../app/ports/clock.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { Log } from "../../app/ports/log.ts";
import type { MarketSnapshot } from "../../app/ports/market-sources.ts";
import { LiveRelay } from "../../cli/collect/session/live-relay.ts";
import type { MachineListener } from "../../market/pushed/machine-socket.ts";
import type { PushedUpstream } from "../../market/pushed/pushed-upstream.ts";

/** As the shipped command: ticks of so long travel together, and a socket that broke is opened again after a pause. */
const TOGETHER_MS = 100;
const SHORTEST_PAUSE_MS = 1_000;

export interface WeekMachineDeps {
  readonly upstream: LiveUpstream;
  readonly snapshot: MarketSnapshot;
  readonly clock: Clock;
  readonly log: Log;
  /** Uniform in [0, 1). */
  random(): number;
}

export class WeekMachine {
  readonly #deps: WeekMachineDeps;
  readonly #relay: LiveRelay;
  #feed: PushedUpstream | null = null;
  #listener: MachineListener | null = null;
  #connectsAt = 0;
  #sentAt = 0;

  constructor(deps: WeekMachineDeps) {
    this.#deps = deps;
    this.#relay = new LiveRelay({ ...deps, send: (text) => this.#listener?.onText(text) });
  }

  /** A feed was born: the socket to the one before is gone. */
  follow(feed: PushedUpstream): void {
    this.#relay.end();
    this.#listener = null;
    this.#connectsAt = this.#deps.clock.now() + SHORTEST_PAUSE_MS * (1 + this.#deps.random());
    this.#feed = feed;
  }

  /** Time has passed. */
  pass(): void {
    const now = this.#deps.clock.now();
    if (this.#listener === null && this.#feed !== null && now >= this.#connectsAt) {
      this.#listener = this.#feed.attach({
        send: (text) => {
          this.#relay.take(text);
        },
        close: () => {
          this.#relay.end();
        },
      });
      this.#relay.greet();
    }
    if (now - this.#sentAt >= TOGETHER_MS) {
      this.#sentAt = now;
      this.#relay.flush();
    }
  }
}
