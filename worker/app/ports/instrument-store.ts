/** The master of instruments, by exchange. */
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";

/** Rejects with a `NeighbourError` when the database is out of reach, as every store. */
export interface InstrumentStore {
  /** Adds or replaces by ticker, in one batch. */
  put(exchange: Exchange, instruments: readonly Instrument[], at: number): Promise<void>;
  all(exchange: Exchange): Promise<readonly Instrument[]>;
  get(exchange: Exchange, ticker: string): Promise<Instrument | null>;
  /** Names, English names or tickers that contain `text`, by ticker; at most `limit`. */
  search(exchange: Exchange, text: string, limit: number): Promise<readonly Instrument[]>;
}
