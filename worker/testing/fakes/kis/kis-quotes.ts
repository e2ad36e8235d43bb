/** What a share of the simulated exchange is at one moment, as the quotes of KIS have it, which name no moment themselves. */
import { tickDown } from "../../../core/bars/tick-size.ts";
import { tradingDayAt, tradingDayOf } from "../../../core/calendar/trading-day.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { SessionRow, SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { signOf } from "./kis-answers.ts";

const MINUTE_MS = 60_000;
/** The closing auction: indicative prices from ten minutes before the close, one trade within half a minute after it. */
const AUCTION_MS = 10 * MINUTE_MS;
const SETTLED_MS = 30_000;

/** The session's so far, in won. */
export interface Present {
  readonly row: SessionRow;
  readonly price: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  /** The price of an auction that has not taken place yet; `null` outside of one. */
  readonly indicative: number | null;
}

/** Everything of the session before: what a quote shows under the new date until 09:00. */
function lastOf(row: SessionRow): Present {
  const { open, last } = row;
  const halted = row.volume === 0;
  return {
    row,
    price: last.close,
    open,
    high: halted ? 0 : last.high,
    low: halted ? 0 : last.low,
    volume: last.volume,
    value: last.value,
    indicative: null,
  };
}

function regularOf(row: SessionRow): Present {
  const { close, open, high, low, volume, value } = row;
  return { row, price: close, open, high, low, volume, value, indicative: null };
}

/** `share` of the session has passed; its high comes at 40 % of it, its low at 60 %. */
function during(row: SessionRow, share: number, indicative: boolean): Present {
  if (row.volume === 0) {
    return regularOf(row);
  }
  const price = tickDown(row.open + (row.close - row.open) * share, "krx");
  return {
    row,
    price,
    open: row.open,
    high: share >= 0.4 ? row.high : Math.max(row.open, price),
    low: share >= 0.6 ? row.low : Math.min(row.open, price),
    volume: Math.max(1, Math.floor(row.volume * share)),
    value: Math.max(1, Math.floor(row.value * share)),
    indicative: indicative ? row.close : null,
  };
}

/** What of the vendor's ways is switched on. */
export interface QuoteWays {
  readonly yesterdayBeforeOpen: boolean;
  readonly indicative: boolean;
}

/** Every listed share at an instant, by ticker. */
export function presentOf(
  exchange: SimulatedExchange,
  now: number,
  ways: QuoteWays,
): ReadonlyMap<Ticker, Present> {
  const today = tradingDayAt(now);
  const hours = exchange.hoursOf(today);
  const isRunning = hours !== null && exchange.sessionUpTo(today) === today && now >= hours.opensAt;
  const shown = isRunning ? today : exchange.sessionUpTo(tradingDayOf(today - 1));
  const isBefore = hours !== null && now < hours.opensAt;
  const rows = shown === null || (isBefore && !ways.yesterdayBeforeOpen) ? [] : exchange.rows(shown);
  const of = (row: SessionRow): Present => {
    if (!isRunning) {
      return lastOf(row);
    }
    const after = exchange.afterMarketOf(today);
    if (after !== null && now >= after.from) {
      return lastOf(row);
    }
    const until = hours.closesAt - AUCTION_MS;
    if (now >= hours.closesAt + SETTLED_MS || (now >= until && !ways.indicative)) {
      return regularOf(row);
    }
    const share = (Math.min(now, until) - hours.opensAt) / (hours.closesAt - hours.opensAt);
    return during(row, share, now >= until);
  };
  return new Map(rows.map((row) => [row.listing.ticker, of(row)]));
}

/** One row of the quotes of several shares. */
export function quoteRow(code: string, present: Present): Readonly<Record<string, string>> {
  const { row, price, indicative } = present;
  const change = price - row.base;
  return {
    kospi_kosdaq_cls_name: row.listing.company.board,
    mrkt_trtm_cls_name: "",
    hour_cls_code: indicative === null ? "0" : "A",
    inter_shrn_iscd: code,
    inter_kor_isnm: row.listing.name,
    inter2_prpr: String(price),
    inter2_prdy_vrss: String(change),
    prdy_vrss_sign: signOf(change, row.base),
    prdy_ctrt: ((100 * change) / row.base).toFixed(2),
    acml_vol: String(present.volume),
    inter2_oprc: String(present.open),
    inter2_hgpr: String(present.high),
    inter2_lwpr: String(present.low),
    inter2_llam: String(Math.ceil(0.7 * row.base)),
    inter2_mxpr: String(Math.floor(1.3 * row.base)),
    inter2_askp: String(price),
    inter2_bidp: String(price),
    oprc_vrss_hgpr_rate: "0.00",
    intr_antc_cntg_vrss: indicative === null ? "0" : String(indicative - row.base),
    intr_antc_cntg_vol: "0",
    intr_antc_cntg_prpr: String(indicative ?? 0),
    acml_tr_pbmn: String(present.value),
    inter2_prdy_clpr: String(row.base),
    inter2_sdpr: String(row.base),
  };
}
