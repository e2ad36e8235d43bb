/** The names that the search of a page test finds: those of its list, and one that is no candidate. */
import type { ListedName, NamesBody } from "../../worker/protocol/rest/names.ts";
import { ROWS, SIGNALS } from "./stub-signals.ts";
import { STOCK_NEAR } from "./stub-stock.ts";

const listed = [...ROWS, STOCK_NEAR.instrument].flatMap((one): readonly ListedName[] =>
  one === null || one.market === null
    ? []
    : [{ ticker: one.ticker, name: one.name, name_en: one.name_en, market: one.market }],
);

export const NAMES: NamesBody = {
  exchange: SIGNALS.exchange,
  names: listed,
  count: listed.length,
  generated_at: SIGNALS.generated_at,
};
