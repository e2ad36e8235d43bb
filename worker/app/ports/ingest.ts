/** Files from outside: read into rows with their line numbers, and taken into the stores. The reader knows CSV; the jobs know the rules. */
import type { Row } from "../../core/bars/columns.ts";
import type { CloseKind, Origin } from "../../core/bars/origin.ts";
import type { FileField } from "../../core/bars/row-set.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type {
  Exchange,
  IndexCode,
  Instrument,
  InstrumentKind,
  Market,
  Notice,
} from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { ImportMark } from "./market-book.ts";
import type { Rejected, RejectedCounts, RejectedLine } from "./rejected-lines.ts";

/** A row of a file, with the line it came from. `key` is its ticker or index. */
export interface ReadLine<T> {
  readonly line: number;
  readonly key: string;
  readonly value: T;
}

/** A column that nothing is read from; `meant` is the name it should have, where it comes near one. */
export interface UnreadColumn {
  readonly name: string;
  readonly meant: string | null;
}

/** Every line of a file is a row or refused. */
export interface ReadFile<T> extends Rejected {
  readonly lines: readonly ReadLine<T>[];
  readonly unread: readonly UnreadColumn[];
}

/** A line of a master. Of a column that the file does not have there is no field; an empty cell is `null`. */
export interface MasterRow {
  readonly ticker: Ticker;
  readonly name?: string | null;
  readonly nameEn?: string | null;
  readonly market?: Market | null;
  readonly department?: string | null;
  readonly industry?: string | null;
  readonly kind?: InstrumentKind | null;
  readonly notice?: Notice | null;
  readonly listedOn?: TradingDay | null;
  readonly listedShares?: number | null;
}

/** Rows of prices, and which optional fields their file has no column for (CO1a). */
export interface ReadPrices<T> extends ReadFile<T> {
  readonly absent: readonly FileField[];
  /** DY1: what the codes of the rows name, `origins[id - 1]`; a file of another source than a backup has none. */
  readonly origins?: readonly Origin[];
}

/** A file that cannot be read as what it claims to be: no header, columns missing, not UTF-8; or whose sender left something out. */
export interface UnreadableFile {
  readonly unreadable: string;
  /** What the sender has to state beside the file. */
  readonly field?: "close";
}

/**
 * Reads bytes of any form and judges nothing but that form: a row that breaks BR2 is still a row here. `file` is the
 * file's name, where a ticker, a day or an index may stand that no column has.
 */
export interface FileReader {
  /** Columns by header name in any order: ticker,date,open,high,low,close,volume and optional value,shares,base_price. */
  bars(bytes: Uint8Array, firstLine: number, file?: string): ReadPrices<Row> | UnreadableFile;
  /** index,date,open,high,low,close,volume. */
  indices(
    bytes: Uint8Array,
    file?: string,
  ): ReadPrices<{ readonly code: IndexCode; readonly row: Row }> | UnreadableFile;
  /** ticker and some of name,name_en,market,department,industry,kind,notice,listed_on,listed_shares. */
  instruments(bytes: Uint8Array, file?: string): ReadFile<MasterRow> | UnreadableFile;
  /** What a row makes of the stored instrument (`null`: none), or the reason why it makes none. */
  complete(row: MasterRow, stored: Instrument | null): Instrument | string;
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
  /** IG11: tickers among them that the master of the exchange does not have; none while it is empty. */
  readonly unlisted: readonly string[];
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
  /** IG20: which close the file holds; `null` when the sender did not state it. */
  readonly close: CloseKind | null;
}

/** Each call is one transaction and idempotent: the same bytes again are all `unchanged`. Rejects when a store is out of reach. */
export interface Ingest {
  bars(exchange: Exchange, bytes: Uint8Array, chunk: BarChunk): Promise<ImportReport | UnreadableFile>;
  indices(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile>;
  instruments(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile>;
}
