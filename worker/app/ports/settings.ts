/** The settings of a deployment. */
import type { Exchange } from "../../core/instrument/instrument.ts";

/** What the owner has chosen for the installation. Rejects with a `NeighbourError` when the database is out of reach. */
export interface Settings {
  /** `DEMO` until the owner switches. */
  activeExchange(): Promise<Exchange>;
  setActiveExchange(exchange: Exchange): Promise<void>;
}
