/** Files from outside, read into rows with their line numbers. The reader knows CSV; the jobs know the rules. */
import type { Row } from "../../core/bars/columns.ts";
import type { IndexCode, Instrument } from "../../core/instrument/instrument.ts";

/** A line that could not be read at all, or that a rule refuses. `line` counts from 1, the header included. */
export interface RejectedLine {
  readonly line: number;
  readonly key: string | null;
  readonly date: string | null;
  readonly reason: string;
}

export interface ReadLine<T> {
  readonly line: number;
  readonly key: string;
  readonly value: T;
}

export interface ReadFile<T> {
  readonly lines: readonly ReadLine<T>[];
  readonly rejected: readonly RejectedLine[];
}

/** A file that cannot be read as what it claims to be: no header, columns missing, not UTF-8. */
export interface UnreadableFile {
  readonly unreadable: string;
}

export interface FileReader {
  /** Columns by header name in any order: ticker,date,open,high,low,close,volume and optional value,shares,base_price. */
  bars(bytes: Uint8Array, firstLine: number): ReadFile<Row> | UnreadableFile;
  /** index,date,open,high,low,close,volume. */
  indices(bytes: Uint8Array): ReadFile<{ readonly code: IndexCode; readonly row: Row }> | UnreadableFile;
  /** ticker,name,market and optional department,industry,kind,notice,listed_on,listed_shares. */
  instruments(bytes: Uint8Array): ReadFile<Instrument> | UnreadableFile;
}
