/** What is known of a share over REST: its entry in the master, and the detector's verdict on it today. */
import * as v from "valibot";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { ExplainedVerdictBody } from "../verdict.ts";
import { LatinName } from "../latin-name.ts";
import { latinName } from "../romanise.ts";
import { formatDay } from "../format.ts";
import {
  Count,
  ExchangeName,
  Figure,
  KindName,
  KstTime,
  listOf,
  MarketName,
  NoticeName,
  SessionDate,
} from "../vocabulary.ts";

/** A share's entry in the master. */
export const InstrumentBody = v.object({
  ticker: v.string(),
  name: v.string(),
  ...LatinName,
  market: MarketName,
  kind: KindName,
  notice: v.nullable(NoticeName),
  industry: v.nullable(v.string()),
  listed_on: v.nullable(SessionDate),
  listed_shares: v.nullable(Figure),
});
export type InstrumentBody = v.InferOutput<typeof InstrumentBody>;

/** Days become texts; what the master lacks stays `null`. */
export function encodeInstrument(instrument: Instrument): InstrumentBody {
  return {
    ticker: instrument.ticker,
    name: instrument.name,
    ...latinName(instrument.name, instrument.nameEn),
    market: instrument.market,
    kind: instrument.kind,
    notice: instrument.notice,
    industry: instrument.industry,
    listed_on: formatDay(instrument.listedOn),
    listed_shares: instrument.listedShares,
  };
}

/** The answer to a search, by ticker. */
export const StocksBody = v.object({
  exchange: ExchangeName,
  stocks: listOf(InstrumentBody),
  count: Count,
  generated_at: KstTime,
});
export type StocksBody = v.InferOutput<typeof StocksBody>;

/** `instrument` is `null` while no master names the ticker, `verdict` while it has no bars; one of them is there. */
export const StockBody = v.object({
  exchange: ExchangeName,
  ticker: v.string(),
  instrument: v.nullable(InstrumentBody),
  verdict: v.nullable(ExplainedVerdictBody),
  generated_at: KstTime,
});
export type StockBody = v.InferOutput<typeof StockBody>;
