/** An entry of the master of instruments as the routes show it. */
import * as v from "valibot";
import type { Instrument } from "../core/instrument/instrument.ts";
import { Figure, formatDay, MarketName, SessionDate } from "./vocabulary.ts";

export const InstrumentBody = v.object({
  ticker: v.string(),
  name: v.string(),
  market: MarketName,
  kind: v.picklist(["common", "preferred", "spac", "reit", "fund"]),
  notice: v.nullable(v.picklist(["administration", "caution", "liquidation"])),
  industry: v.nullable(v.string()),
  listed_on: v.nullable(SessionDate),
  listed_shares: v.nullable(Figure),
});
export type InstrumentBody = v.InferOutput<typeof InstrumentBody>;

export function encodeInstrument(instrument: Instrument): InstrumentBody {
  return {
    ticker: instrument.ticker,
    name: instrument.name,
    market: instrument.market,
    kind: instrument.kind,
    notice: instrument.notice,
    industry: instrument.industry,
    listed_on: formatDay(instrument.listedOn),
    listed_shares: instrument.listedShares,
  };
}
