/** An instrument as a row and back. */
import * as v from "valibot";
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import type { instrumentTable } from "./schema.ts";
import { accept, check, type Stored } from "./stored-value.ts";
import { day, instrumentKind, market, notice, number, ticker } from "./vocabulary.ts";

export type InstrumentRow = typeof instrumentTable.$inferSelect;

const INSTRUMENT: Stored<Instrument> = v.object({
  ticker,
  name: v.string(),
  market,
  kind: instrumentKind,
  notice: v.nullable(notice),
  industry: v.nullable(v.string()),
  listedOn: v.nullable(day),
  listedShares: v.nullable(number),
});

export function instrumentRow(instrument: Instrument, exchange: Exchange, at: number): InstrumentRow {
  return { ...accept(INSTRUMENT, instrument, `Instrument ${instrument.ticker}`), exchange, updatedAt: at };
}

export function instrumentOf(row: InstrumentRow): Instrument {
  return check(INSTRUMENT, row, `instrument ${row.ticker}`);
}
