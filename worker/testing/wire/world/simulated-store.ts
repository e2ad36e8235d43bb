/** The setting of the simulated world: which switch is recorded. Answers take their time, and what was sent is recorded whoever dies. */
import type { ExchangeSwitch, Settings } from "../../../app/ports/settings.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import type { Platform } from "./platform.ts";

/** The store answers within this time... */
export const SETTINGS_MS = 30;
/** ...but for one answer in ten of a slow store. */
const SLOW_MS = 6_000;

export class SimulatedStore implements Pick<Settings, "lastSwitch" | "setActiveExchange"> {
  recorded: ExchangeSwitch = { exchange: "KRX", generation: 0 };
  /** Probability that the store does not do what it is asked. */
  fault = 0;
  isSlow = false;
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  lastSwitch(): Promise<ExchangeSwitch> {
    return this.#platform.later(this.#way(), this.recorded, this.#fails());
  }

  async setActiveExchange(exchange: Exchange): Promise<ExchangeSwitch> {
    const way = this.#way();
    const isLost = this.#fails();
    let made = this.recorded;
    this.#platform.timeline.after(way, () => {
      if (!isLost) {
        made = { exchange, generation: this.recorded.generation + 1 };
        this.recorded = made;
        this.#platform.log(() => `recorded ${exchange} ${made.generation}`);
      }
    });
    await this.#platform.later(way + this.#way(), null, isLost || this.#fails());
    return made;
  }

  #way(): number {
    const { random } = this.#platform;
    return random() * (this.isSlow && random() < 0.1 ? SLOW_MS : SETTINGS_MS);
  }

  #fails(): boolean {
    return this.fault > 0 && this.#platform.random() < this.fault;
  }
}
