/** Rows of prices from files into memory, by the reader and the rules of the import: for `import` and `scan` alike. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { type JudgedRows, RowJudge } from "../../app/jobs/ingest-rows.ts";
import type { ReadPrices, UnreadableFile } from "../../app/ports/ingest.ts";
import { countRejected, joinRejected } from "../../app/ports/rejected-lines.ts";
import { columnsOf, type Row, rowAt } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { about, CommandError } from "../terminal/command-error.ts";
import { BOUNDS, type Bounds, type Content } from "./contents.ts";
import { chunksOf } from "./csv-chunks.ts";
import { readAll, type ReadSet, refuseFile, UnreadColumns } from "./read-all.ts";
import { addRefusals, makeRefusals, NAMED, type Refusals } from "./refusals.ts";
import { utf8Of } from "./utf8.ts";

/** Ordered rows of all files, and what became of the others. */
export interface LoadedRows extends ReadSet {
  readonly series: JudgedRows["series"];
  /** Lines of all files, the headers left out. */
  readonly rows: number;
  /** Rows among {@link series}. */
  readonly accepted: number;
  readonly refusals: Refusals;
}

/** Rows of a day of a ticker that stands in memory; some twelve years of the whole exchange. */
const MOST_ROWS = 10_000_000;

/** Small enough that the objects of its lines are gone before they would be kept as old ones. */
const READ_BYTES = 1024 * 1024;

/** How the files are read. */
export interface RowFiles {
  readonly paths: readonly string[];
  readonly kind: "bars" | "indices";
  /** The ticker as it is stored, or `null` when there is no such ticker. */
  readonly keyOf: (key: string) => string | null;
  readonly today: TradingDay;
  /** Share of the files read, 0..1. */
  readonly onRead?: (share: number) => void;
  readonly bounds?: Bounds;
  /** Bytes that are parsed at once; the answer does not depend on it. */
  readonly chunkBytes?: number;
}

function readIndices(bytes: Uint8Array, firstLine: number, file: string): ReadPrices<Row> | UnreadableFile {
  const read = csvFileReader.indices(bytes, file);
  if ("unreadable" in read) {
    return read;
  }
  const shift = firstLine - 2;
  return {
    ...read,
    lines: read.lines.map(({ line, key, value }) => ({ line: line + shift, key, value: value.row })),
    rejected: read.rejected.map((own) => ({ ...own, line: own.line + shift })),
  };
}

/** What was read without an object for each line, and how to have them back: all lines of a file may have to wait for its end. */
function packed(read: ReadPrices<Row>): () => ReadPrices<Row> {
  const { lines, ...rest } = read;
  const numbers = Float64Array.from(lines, ({ line }) => line);
  const keys = lines.map(({ key }) => key);
  const columns = columnsOf(lines.map(({ value }) => value));
  return () => ({
    ...rest,
    lines: keys.map((key, i) => ({ line: numbers[i] ?? 0, key, value: rowAt(columns, i) })),
  });
}

/** Gathers the rows of one content after the other. */
class RowLoader {
  readonly columns = new UnreadColumns();
  readonly refusals = makeRefusals();
  readonly labels: string[] = [];
  rows = 0;
  readonly #files: RowFiles;
  readonly #judge: RowJudge;
  readonly #isOne: boolean;

  constructor(files: RowFiles) {
    this.#files = files;
    this.#judge = new RowJudge(files);
    this.#isOne = files.paths.length === 1;
  }

  /** Of a file that was found, nothing is taken before it is read to its end: one that is refused leaves no row. */
  async take({ label, file, found, bytes }: Content, number: number): Promise<void> {
    const { kind, chunkBytes = READ_BYTES } = this.#files;
    const name = found || !this.#isOne ? label : null;
    const held: (() => ReadPrices<Row>)[] = [];
    for await (const chunk of chunksOf(utf8Of(bytes, label, file), chunkBytes)) {
      const read =
        kind === "bars"
          ? csvFileReader.bars(chunk.bytes, chunk.firstLine, file)
          : readIndices(chunk.bytes, chunk.firstLine, file);
      if ("unreadable" in read) {
        refuseFile(label, read);
      }
      if (found) {
        held.push(packed(read));
      } else {
        this.#judgeAll(read, number, name);
      }
    }
    this.labels[number] = label;
    for (const read of held) {
      this.#judgeAll(read(), number, name);
    }
  }

  #judgeAll(read: ReadPrices<Row>, number: number, name: string | null): void {
    this.columns.add(read);
    const judged = this.#judge.take(read, number);
    addRefusals(this.refusals, joinRejected(read, judged), name);
    this.rows += read.lines.length + countRejected(read);
    if (this.#judge.passed > MOST_ROWS) {
      throw new CommandError(`more than ${MOST_ROWS} rows at once; give the files in parts`);
    }
  }

  finish(set: ReadSet): LoadedRows {
    const { series, superseded } = this.#judge.finish();
    addRefusals(this.refusals, { rejected: [], rejectedCounts: superseded.rejectedCounts });
    for (const line of superseded.rejected.slice(0, NAMED)) {
      const label = set.files > 1 ? (this.labels[line.file] ?? null) : null;
      addRefusals(this.refusals, { rejected: [line], rejectedCounts: {} }, label);
    }
    const accepted = series.reduce((sum, { columns }) => sum + columns.day.length, 0);
    return { ...set, series, rows: this.rows, accepted, refusals: this.refusals };
  }
}

/** Files in the order given: of two rows of one day of a ticker the later counts, within a file as between files (IG4). */
export async function loadRows(files: RowFiles): Promise<LoadedRows> {
  const loader = new RowLoader(files);
  const take = (content: Content, number: number): Promise<void> =>
    about(content.label, loader.take(content, number));
  const { paths, onRead, bounds = BOUNDS } = files;
  return loader.finish(await readAll(paths, loader.columns, take, onRead, bounds));
}
