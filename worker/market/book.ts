/** MarketBook's behaviour without its shell: the bars of one exchange behind RPC. */
import { DurableObject } from "cloudflare:workers";
import type {
  BookSummary,
  ImportMark,
  IndexClose,
  StoredRows,
  TickerColumns,
} from "../app/ports/market-book.ts";
import type { Columns } from "../core/columns.ts";
import type { IndexCode } from "../core/gate.ts";
import { BarStore } from "./bar-store.ts";

/** Speaks `MarketBookPort`; every method's meaning is written there. */
export class Book extends DurableObject<Env> {
  readonly #bars: BarStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#bars = new BarStore(ctx.storage);
  }

  addHistory(chunk: readonly TickerColumns[], mark: ImportMark | null): StoredRows {
    return this.#bars.addHistory(chunk, mark);
  }

  closeDay(day: readonly TickerColumns[], mark: ImportMark | null): StoredRows {
    return this.#bars.closeDay(day, mark);
  }

  addIndices(chunk: readonly { readonly code: IndexCode; readonly columns: Columns }[]): StoredRows {
    return this.#bars.addIndices(chunk);
  }

  importPosition(id: string): number {
    return this.#bars.importPosition(id);
  }

  series(ticker: string): Columns | null {
    return this.#bars.series(ticker);
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.#bars.indexSeries(code);
  }

  indexCloses(): readonly IndexClose[] {
    return this.#bars.indexCloses();
  }

  summary(): BookSummary {
    return this.#bars.summary();
  }
}
