/** The bars of a book as a study in steps reads them: those of the days that it began with, whatever came since. */
import { asOf, type Columns } from "../../core/bars/columns.ts";
import { isSimulated, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange, IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import type { Listing } from "../../core/scan/scan.ts";
import type { SteppedMarket } from "../../research/steps/study-store.ts";
import type { BarStore } from "../bars/bar-store.ts";
import type { Plan, Running } from "./study-table.ts";

/** As `npm run study` has it without `--seed`. */
const SEED = 1;

export type StudiedStore = Pick<BarStore, "indexSeries" | "seriesOf">;

function instrumentOf(ticker: string, known: Plan["known"][number]): Instrument | null {
  if (known === null) {
    return null;
  }
  const [market, kind] = known;
  const unread = { nameEn: null, notice: null, industry: null, listedOn: null, listedShares: null };
  return { ticker: tickerOf(ticker), name: ticker, market, kind, ...unread };
}

/** `plan` is that of the study, whose bars end on `lastDay`. */
export function studiedBook(
  exchange: Exchange,
  plan: Plan,
  { lastDay }: Pick<Running, "lastDay">,
  bars: StudiedStore,
): SteppedMarket {
  const index = (code: IndexCode): Columns | null => {
    const columns = bars.indexSeries(code);
    return columns && asOf(columns, lastDay);
  };
  const [kospi, kosdaq] = [index("KOSPI"), index("KOSDAQ")];
  return {
    tickers: plan.tickers,
    sessions: plan.sessions,
    indices: { ...(kospi && { KOSPI: kospi }), ...(kosdaq && { KOSDAQ: kosdaq }) },
    params: PARAMS,
    seed: SEED,
    grid: profileOf(exchange).grid,
    madeUp: isSimulated(exchange),
    *listings(from, to): Iterable<Listing> {
      let place = from;
      for (const { ticker, columns } of bars.seriesOf(plan.tickers.slice(from, to))) {
        // A ticker whose rows have left since ends the study, and until that is seen leaves no trace of it.
        place = plan.tickers.indexOf(ticker, place);
        const instrument = instrumentOf(ticker, plan.known[place] ?? null);
        const unlisted = instrument === null && plan.hasMaster;
        yield { ticker, instrument, unlisted, columns: asOf(columns, lastDay) };
      }
    },
  };
}
