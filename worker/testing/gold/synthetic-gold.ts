/** A folder of data as `npm run prove -- gold` reads it, around one constructed base: what the proof prints on it is known beforehand. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { asOf, columnsOf } from "../../core/bars/columns.ts";
import { LAST_DAY, TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { buildMarket, type ConstructedMarket } from "../builders/constructed-market.ts";
import { MarketBars } from "../builders/market-bars.ts";
import { GoldMarket } from "./market.ts";

export const LABEL_HEADER = "ticker,as_of,label,votes,base_start,pivot,contractions,why";

/** The constructed share as a judge would mark it: the base's high is the highest row, the pivot 1.2 % over the last leg's high: within 1.5 % and not within 1 %. */
export function leaderLine({ leader }: ConstructedMarket): string {
  const base = leader.rows.slice(-80);
  const top = base.reduce((best, row) => (row.high > best.high ? row : best));
  const pivot = 1.012 * Math.max(...leader.rows.slice(-20).map(({ high }) => high));
  const day = (count: number): string =>
    formatTradingDay(leader.rows.find((row) => row.day === count)?.day ?? LAST_DAY);
  const legs = TEXTBOOK_BASE.legs.length;
  return `${leader.ticker},${day(LAST_DAY)},yes,2/2/2,${day(top.day)},${pivot},${legs}.0,"25, 12 and 6 %"`;
}

/** Writes `krx/` and `gold/labels.csv`: the leader a yes, two of the falling shares a good and a no. */
export function writeGold(folder: string): ConstructedMarket {
  const market = buildMarket();
  const last = formatTradingDay(LAST_DAY);
  const labels = [
    LABEL_HEADER,
    leaderLine(market),
    `900020,${last},no,0/0/0,,,,falls`,
    `900030,${last},good,1/1/1,,,2.0,not seen by any law`,
  ];
  mkdirSync(join(folder, "krx"), { recursive: true });
  mkdirSync(join(folder, "gold"));
  writeFileSync(join(folder, "krx/bars.csv.gz"), gzipSync(market.bars));
  writeFileSync(join(folder, "krx/instruments.csv"), market.instruments);
  writeFileSync(join(folder, "krx/indices.csv"), market.indices);
  writeFileSync(join(folder, "gold/labels.csv"), `${labels.join("\n")}\n`);
  return market;
}

/** The same market in memory, with nothing after `last`. */
export function goldMarket(market: ConstructedMarket, last: TradingDay = LAST_DAY): GoldMarket {
  const bars = new MarketBars(market);
  const [KOSPI, KOSDAQ] = [bars.indexSeries("KOSPI"), bars.indexSeries("KOSDAQ")];
  const listings = Array.from(bars.rows, ([ticker, rows]) => ({
    ticker,
    instrument: null,
    columns: asOf(columnsOf(rows), last),
  }));
  return new GoldMarket({
    listings,
    sessions: market.leader.rows.map(({ day }) => day).filter((day) => day <= last),
    indices: { ...(KOSPI && { KOSPI: asOf(KOSPI, last) }), ...(KOSDAQ && { KOSDAQ: asOf(KOSDAQ, last) }) },
  });
}
