/** The {@link InstrumentStore} on D1, and an instrument as a row and back. */
import * as v from "valibot";
import { and, asc, type Column, eq, or, sql, type SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { instrumentTable } from "./schema.ts";
import { attempt } from "./store-error.ts";
import {
  accept,
  check,
  day,
  instrumentKind,
  market,
  notice,
  number,
  type Stored,
  ticker as tickerName,
} from "./stored-value.ts";

type InstrumentRow = typeof instrumentTable.$inferSelect;

const INSTRUMENT: Stored<Instrument> = v.object({
  ticker: tickerName,
  name: v.string(),
  nameEn: v.nullable(v.string()),
  market,
  kind: instrumentKind,
  notice: v.nullable(notice),
  industry: v.nullable(v.string()),
  listedOn: v.nullable(day),
  listedShares: v.nullable(number),
});

function instrumentRow(instrument: Instrument, exchange: Exchange, at: number): InstrumentRow {
  return { ...accept(INSTRUMENT, instrument, `Instrument ${instrument.ticker}`), exchange, updatedAt: at };
}

function instrumentOf(row: InstrumentRow): Instrument {
  return check(INSTRUMENT, row, `instrument ${row.ticker}`);
}

/** `instr` instead of LIKE: no character is a wildcard, and D1 refuses a LIKE pattern above 50 bytes (16 syllables). */
export function contains(column: Column, text: string): SQL {
  return sql`instr(lower(${column}), lower(${text})) > 0`;
}

export class D1InstrumentStore implements InstrumentStore {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
  }

  put(exchange: Exchange, instruments: readonly Instrument[], at: number): Promise<void> {
    return attempt("store instruments", async () => {
      const rows = instruments.map((instrument) => instrumentRow(instrument, exchange, at));
      const key = [instrumentTable.exchange, instrumentTable.ticker];
      const statements = bulkInsert(this.#d1, instrumentTable, rows, { key, action: "update" });
      if (statements.length > 0) {
        await this.#d1.batch([...statements]);
      }
    });
  }

  all(exchange: Exchange): Promise<readonly Instrument[]> {
    return this.#read("read the instruments", eq(instrumentTable.exchange, exchange), -1);
  }

  async get(exchange: Exchange, ticker: string): Promise<Instrument | null> {
    const where = and(eq(instrumentTable.exchange, exchange), eq(instrumentTable.ticker, ticker));
    const [instrument] = await this.#read("read an instrument", where, 1);
    return instrument ?? null;
  }

  search(exchange: Exchange, text: string, limit: number): Promise<readonly Instrument[]> {
    const columns = [instrumentTable.name, instrumentTable.nameEn, instrumentTable.ticker];
    const found = or(...columns.map((column) => contains(column, text)));
    return this.#read("search instruments", and(eq(instrumentTable.exchange, exchange), found), limit);
  }

  /** By ticker; SQLite reads a negative limit as none. */
  #read(doing: string, where: SQL | undefined, limit: number): Promise<readonly Instrument[]> {
    return attempt(doing, async () => {
      const rows = await this.#db
        .select()
        .from(instrumentTable)
        .where(where)
        .orderBy(asc(instrumentTable.ticker))
        .limit(limit);
      return rows.map(instrumentOf);
    });
  }
}
