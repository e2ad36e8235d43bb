/** Files from outside: read into rows with their line numbers, and taken into the stores. The reader knows CSV; the jobs know the rules. */
import type { Row } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange, IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import type { ImportMark } from "./market-book.ts";
import type { Rejected, RejectedCounts, RejectedLine } from "./rejected-lines.ts";

/** A row of a file, with the line it came from. `key` is its ticker or index. */
export interface ReadLine<T> {
  readonly line: number;
  readonly key: string;
  readonly value: T;
}

/** Every line of a file is in one of the two. */
export interface ReadFile<T> extends Rejected {
  readonly lines: readonly ReadLine<T>[];
}

/** A file that cannot be read as what it claims to be: no header, columns missing, not UTF-8. */
export interface UnreadableFile {
  readonly unreadable: string;
}

/** Reads bytes and judges nothing but their form: a row that breaks BR2 is still a row here. */
export interface FileReader {
  /** Columns by header name in any order: ticker,date,open,high,low,close,volume and optional value,shares,base_price. */
  bars(bytes: Uint8Array, firstLine: number): ReadFile<Row> | UnreadableFile;
  /** index,date,open,high,low,close,volume. */
  indices(bytes: Uint8Array): ReadFile<{ readonly code: IndexCode; readonly row: Row }> | UnreadableFile;
  /** ticker,name,market and optional department,industry,kind,notice,listed_on,listed_shares. */
  instruments(bytes: Uint8Array): ReadFile<Instrument> | UnreadableFile;
}

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
  readonly rejected: RejectedCounts;
  /** The first refused rows. */
  readonly rejects: readonly RejectedLine[];
  /** Different tickers (or indices) among the accepted rows. */
  readonly tickers: number;
  /** `null` when no dated row was accepted. */
  readonly firstDay: TradingDay | null;
  readonly lastDay: TradingDay | null;
}

/** Where a part of a long file belongs, so that an interrupted import goes on. */
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
