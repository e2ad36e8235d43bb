/** The names of a whole exchange in one answer, so that a page finds a company at each key without asking again. */
import * as v from "valibot";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { Count, ExchangeName, KstTime, listOf, MarketName } from "../vocabulary.ts";

/** One company or fund; a romanised name follows from `name` (NA1) and is not repeated for every one of them. */
export const ListedName = v.object({
  ticker: v.string(),
  name: v.string(),
  /** As the master has it; `null` where it has none. */
  name_en: v.nullable(v.string()),
  market: MarketName,
});
export type ListedName = v.InferOutput<typeof ListedName>;

/** By ticker. */
export const NamesBody = v.object({
  exchange: ExchangeName,
  names: listOf(ListedName),
  count: Count,
  generated_at: KstTime,
});
export type NamesBody = v.InferOutput<typeof NamesBody>;

/** The part of an instrument that is searched. */
export function encodeName({ ticker, name, nameEn, market }: Instrument): ListedName {
  return { ticker, name, name_en: nameEn, market };
}
