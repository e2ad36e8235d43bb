/** KW29: whether a machine is still there: the end of a connection that broke on its way never arrives, and its prices stand still. */
import type { Clock } from "../../app/ports/clock.ts";
import { ALIVE_MS, type FeedRequest, SILENT_MS } from "../../protocol/messages/pushed-prices.ts";

export interface MachineWatchDeps {
  readonly clock: Clock;
  /** Resolves after so many milliseconds of real time. */
  wait(ms: number): Promise<void>;
}

/** Of one machine that answers signs of life. */
export class MachineWatch {
  readonly #deps: MachineWatchDeps;
  #heardAt: number;

  constructor(deps: MachineWatchDeps) {
    this.#deps = deps;
    this.#heardAt = deps.clock.now();
  }

  /** Anything at all has come of it. */
  heard(): void {
    this.#heardAt = this.#deps.clock.now();
  }

  /** Asks for a sign of life again and again, until `isOver` or nothing came for long. `true`: nothing came. */
  async untilSilent(send: (request: FeedRequest) => void, isOver: () => boolean): Promise<boolean> {
    for (;;) {
      await this.#deps.wait(ALIVE_MS);
      if (isOver()) {
        return false;
      }
      if (this.#deps.clock.now() - this.#heardAt > SILENT_MS) {
        return true;
      }
      send({ type: "alive" });
    }
  }
}
