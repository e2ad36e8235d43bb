/** The settings of a deployment. */
import type { Exchange } from "../../core/instrument/instrument.ts";

/** Which exchange is active since which switch. `generation` is 0 before the first switch and grows with each, also with one to the same exchange. */
export interface ExchangeSwitch {
  readonly exchange: Exchange;
  readonly generation: number;
}

/** The exchange counts too: a version that knew no generations may have switched without one. */
export function isSameSwitch(one: ExchangeSwitch, other: ExchangeSwitch): boolean {
  return one.generation === other.generation && one.exchange === other.exchange;
}

/** What the owner has chosen for the installation. Rejects with a `NeighbourError` when the database is out of reach. */
export interface Settings {
  /** `DEMO` until the owner switches. */
  activeExchange(): Promise<Exchange>;
  /** The switch that was recorded last. */
  lastSwitch(): Promise<ExchangeSwitch>;
  /** Records the next switch: exchange and generation in one write. */
  setActiveExchange(exchange: Exchange): Promise<ExchangeSwitch>;
  /** As {@link Settings.setActiveExchange} where no exchange was ever chosen; `null`, and nothing is recorded, where one was. */
  chooseFirst(exchange: Exchange): Promise<ExchangeSwitch | null>;
}
