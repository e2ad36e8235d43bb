/** The daily charts of KIS: a hundred rows at most, newest first, of the evening with the last price and of the next night with the regular close. */
import { TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import {
  formatTradingDay,
  midnightOf,
  type TradingDay,
  tradingDayAt,
} from "../../../core/calendar/trading-day.ts";
import type { Board } from "../exchange/listing.ts";
import type { SessionRow, SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { signOf } from "./kis-answers.ts";
import { presentOf, type QuoteWays } from "./kis-quotes.ts";

const MOST_ROWS = 100;
const DAY_MS = 86_400_000;

export const kisDate = (day: TradingDay): string => formatTradingDay(day).replaceAll("-", "");

export interface ChartQuery {
  readonly code: string;
  readonly from: TradingDay;
  readonly to: TradingDay;
  readonly adjusted: boolean;
}

/** What of the vendor's ways is switched on. */
export interface ChartWays extends QuoteWays {
  readonly nightRevision: boolean;
}

/** A session from 2026-09-14 on shows its last price until the night after the next day, its regular close from then on. */
function isRevised(day: TradingDay, now: number, ways: ChartWays): boolean {
  return !ways.nightRevision || day < TWO_CLOSES_SINCE || now >= midnightOf(day) + 2 * DAY_MS;
}

type Row = Readonly<Record<string, string>>;

/** What prices before a session are multiplied by in a chart of adjusted prices. */
function factorsAfter(exchange: SimulatedExchange, code: string, day: TradingDay): number {
  return exchange.events().reduce((factor, { company, event, day: on }) => {
    if (company.ticker !== code || on <= day) {
      return factor;
    }
    if (event.kind === "split") {
      return factor / event.shares;
    }
    return event.kind === "bonus" ? factor / 2 : event.kind === "ex_rights" ? factor * event.factor : factor;
  }, 1);
}

function chartRow(row: SessionRow, day: TradingDay, revised: boolean, factor: number): Row {
  const { listing, volume } = row;
  const close = revised ? row.close : row.last.close;
  // Of shares that did not trade some come with zeros and some with their close in every price.
  const still = listing.company.index % 2 === 0 ? 0 : close;
  const traded = (price: number): string => String(Math.round((volume === 0 ? still : price) * factor));
  const change = close - row.base;
  return {
    stck_bsop_date: kisDate(day),
    stck_clpr: String(Math.round(close * factor)),
    stck_oprc: traded(row.open),
    stck_hgpr: traded(revised ? row.high : row.last.high),
    stck_lwpr: traded(revised ? row.low : row.last.low),
    acml_vol: String(Math.round((revised ? volume : row.last.volume) / factor)),
    acml_tr_pbmn: String(revised ? row.value : row.last.value),
    flng_cls_code: "00",
    prtt_rate: "0.00",
    mod_yn: factor === 1 ? "N" : "Y",
    prdy_vrss_sign: signOf(change, row.base),
    prdy_vrss: String(change),
    revl_issu_reas: "",
  };
}

/** Today's row while the session runs; before 09:00 yesterday's figures under today's date. */
function todaysRow(
  exchange: SimulatedExchange,
  query: ChartQuery,
  now: number,
  ways: ChartWays,
): readonly Row[] {
  const today = tradingDayAt(now);
  const present = [...presentOf(exchange, now, ways)].find(([ticker]) => ticker === query.code)?.[1];
  if (present === undefined || today > query.to || today < query.from || !exchange.isOpen(today)) {
    return [];
  }
  const { row, price, open, high, low, volume, value } = present;
  const shown: SessionRow = {
    ...row,
    open,
    high,
    low,
    close: price,
    volume,
    value,
    last: { close: price, high, low, volume, value },
  };
  return [chartRow(shown, today, false, 1)];
}

/** `output2` of the chart of one share. */
export function shareChart(
  exchange: SimulatedExchange,
  query: ChartQuery,
  now: number,
  ways: ChartWays,
): readonly Row[] {
  const today = tradingDayAt(now);
  const past = exchange.sessions.filter((day) => day >= query.from && day <= query.to && day < today);
  const rows = past.slice(-MOST_ROWS).flatMap((day) => {
    const row = exchange.rowOf(day, query.code);
    const factor = query.adjusted ? factorsAfter(exchange, query.code, day) : 1;
    return row === null ? [] : [chartRow(row, day, isRevised(day, now, ways), factor)];
  });
  return [...todaysRow(exchange, query, now, ways), ...rows.toReversed()].slice(0, MOST_ROWS);
}

const INDEX_BOARDS: Readonly<Record<string, Board>> = { "0001": "KOSPI", "1001": "KOSDAQ" };

/** `output2` of the chart of an index, by the vendor's code of it; the running session is left out until its close. */
export function indexChart(
  exchange: SimulatedExchange,
  { code, from, to }: ChartQuery,
  now: number,
): readonly Row[] {
  const board = INDEX_BOARDS[code];
  if (board === undefined) {
    return [];
  }
  const days = exchange.sessions.filter(
    (day) => day >= from && day <= to && now >= (exchange.hoursOf(day)?.closesAt ?? 0),
  );
  return days
    .slice(-MOST_ROWS)
    .toReversed()
    .flatMap((day) => {
      const row = exchange.index(day, board);
      return row === null
        ? []
        : [
            {
              stck_bsop_date: kisDate(day),
              bstp_nmix_prpr: row.close.toFixed(2),
              bstp_nmix_oprc: row.open.toFixed(2),
              bstp_nmix_hgpr: row.high.toFixed(2),
              bstp_nmix_lwpr: row.low.toFixed(2),
              acml_vol: String(row.volume),
              acml_tr_pbmn: String(row.value),
              mod_yn: "N",
            },
          ];
    });
}
