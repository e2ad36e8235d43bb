/** Files from outside, taken into the stores: the requests of the owner's import routes and the reports that answer them. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { RejectedLine, UnreadableFile } from "./import-file.ts";
import type { ImportMark } from "./market-book.ts";

/** How many refused lines a report carries in full; the counts by reason hold all of them. */
export const REPORTED_REJECTS = 100;

/** Every line of a file is accounted for: `rows` = `accepted` + the sum of `rejected`. */
export interface ImportReport {
  /** Lines of the file, the header left out. */
  readonly rows: number;
  readonly accepted: number;
  /** The accepted rows by what they did to the store: `accepted` = `added` + `replaced` + `unchanged`. */
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  /** Accepted rows of days without trading (BR1); 0 for a file of instruments. */
  readonly halted: number;
  /** Refused rows by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The first {@link REPORTED_REJECTS} refused rows. */
  readonly rejects: readonly RejectedLine[];
  /** Different tickers (or indices) among the accepted rows. */
  readonly tickers: number;
  /** `null` when no dated row was accepted. */
  readonly firstDay: TradingDay | null;
  readonly lastDay: TradingDay | null;
}

export interface BarChunk {
  /** The line number in the whole file of the chunk's first line after the header, so that a report names the file's lines. */
  readonly firstLine: number;
  /** `null` for a file sent whole. */
  readonly mark: ImportMark | null;
}

/** Each call is one transaction and idempotent: the same bytes again are all `unchanged`. Rejects when a store is out of reach. */
export interface Ingest {
  bars(exchange: Exchange, bytes: Uint8Array, chunk: BarChunk): Promise<ImportReport | UnreadableFile>;
  indices(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile>;
  instruments(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile>;
}
