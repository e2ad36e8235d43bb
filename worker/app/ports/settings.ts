/** The settings of a deployment. */
import type { Exchange } from "../../core/instrument/instrument.ts";

export interface Settings {
  /** `DEMO` until the owner switches. */
  activeExchange(): Promise<Exchange>;
  setActiveExchange(exchange: Exchange): Promise<void>;
}
