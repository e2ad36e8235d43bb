/** The daily charts and lists of Kiwoom, newest first, part by part: raw or adjusted, with the last price from the after-market on. */
import { TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import {
  formatTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../../core/calendar/trading-day.ts";
import type { Board, Listing } from "../exchange/listing.ts";
import type { SessionRow, SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { millions, signedChange, signOf } from "./kiwoom-answers.ts";

type Row = Readonly<Record<string, string>>;

/** One part of a list, and where the next one begins. */
export interface Page {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

const kiwoomDate = (day: TradingDay): string => formatTradingDay(day).replaceAll("-", "");

/** `from` counts from 0; the key of a part is its place, as opaque as the vendor's own. */
function pageOf(all: readonly Row[], key: string, size: number): Page {
  const from = /^part-\d+$/.test(key) ? Number(key.slice(5)) : 0;
  const rows = all.slice(from, from + size);
  return { rows, next: from + size < all.length ? `part-${from + size}` : null };
}

/** What prices before a session are multiplied by in a chart of adjusted prices. */
function factorAfter(exchange: SimulatedExchange, code: string, day: TradingDay): number {
  return exchange.events().reduce((factor, { company, event, day: on }) => {
    const isLater = company.ticker === code && on > day;
    return isLater && event.kind === "split" ? factor / event.shares : factor;
  }, 1);
}

function shareRow(row: SessionRow, day: TradingDay, isLast: boolean, factor: number): Row {
  const { listing, volume, base } = row;
  const shown = isLast ? row.last : row;
  const change = shown.close - base;
  // Of shares that did not trade some come with zeros and some with their close in every price.
  const still = listing.company.index % 2 === 0 ? 0 : row.close;
  const price = (own: number): string => String(Math.round((volume === 0 ? still : own) * factor));
  return {
    dt: kiwoomDate(day),
    cur_prc: String(Math.round(shown.close * factor)),
    open_pric: price(row.open),
    high_pric: price(shown.high),
    low_pric: price(shown.low),
    trde_qty: String(Math.round(shown.volume / factor)),
    trde_prica: String(millions(shown.value)),
    pred_pre: signedChange(change),
    pred_pre_sig: signOf(change, base),
    trde_tern_rt: "+0.48",
  };
}

export interface ChartQuery {
  readonly code: string;
  readonly until: TradingDay;
  readonly adjusted: boolean;
  readonly key: string;
  readonly size: number;
}

/** Of one share up to a day; the running session has the row of its last price. */
export function shareChart(exchange: SimulatedExchange, query: ChartQuery, now: number): Page {
  const today = tradingDayAt(now);
  const days = exchange.sessions.filter((day) => day <= query.until && day <= today);
  const rows = days.toReversed().flatMap((day) => {
    const opensAt = exchange.hoursOf(day)?.opensAt ?? 0;
    const row = now < opensAt ? null : exchange.rowOf(day, query.code);
    const from = exchange.afterMarketOf(day)?.from ?? Number.POSITIVE_INFINITY;
    const factor = query.adjusted ? factorAfter(exchange, query.code, day) : 1;
    return row === null ? [] : [shareRow(row, day, day >= TWO_CLOSES_SINCE && now >= from, factor)];
  });
  return pageOf(rows, query.key, query.size);
}

const INDEX_BOARDS: Readonly<Record<string, Board>> = { "001": "KOSPI", "101": "KOSDAQ" };

const hundredths = (value: number): string => String(Math.round(value * 100));

/** In hundredths of a point. */
export function indexChart(exchange: SimulatedExchange, query: ChartQuery, now: number): Page | null {
  const board = INDEX_BOARDS[query.code];
  if (board === undefined) {
    return null;
  }
  const days = exchange.sessions.filter(
    (day) => day <= query.until && now >= (exchange.hoursOf(day)?.closesAt ?? 0),
  );
  const rows = days.toReversed().flatMap((day) => {
    const row = exchange.index(day, board);
    return row === null
      ? []
      : [
          {
            dt: kiwoomDate(day),
            cur_prc: hundredths(row.close),
            open_pric: hundredths(row.open),
            high_pric: hundredths(row.high),
            low_pric: hundredths(row.low),
            trde_qty: String(Math.ceil(row.volume / 1_000)),
            trde_prica: String(millions(row.value)),
          },
        ];
  });
  return pageOf(rows, query.key, query.size);
}

const BOARD_CODES = { KOSPI: "0", KOSDAQ: "10" } as const;
const NOTICES = { administration: "관리종목", liquidation: "정리매매", caution: "투자주의환기종목" } as const;

function listLine(
  { company, ticker, name, listedOn, shares, notice, isHalted }: Listing,
  place: number,
): Row {
  const isReit = company.kind === "reit";
  const states = [
    // A margin tier, which is no halt.
    place % 2 === 0 ? "증거금100%" : "증거금40%",
    ...(isHalted ? ["거래정지"] : []),
    ...(notice === null ? [] : [NOTICES[notice]]),
  ];
  return {
    code: ticker,
    name,
    listCount: String(shares).padStart(16, "0"),
    auditInfo: "정상",
    regDay: kiwoomDate(tradingDayOf(listedOn)),
    lastPrice: String(company.price).padStart(8, "0"),
    state: states.join("|"),
    marketCode: isReit ? "6" : BOARD_CODES[company.board],
    marketName: company.board === "KOSPI" ? "거래소" : "코스닥",
    upName: "화학",
    upSizeName: "",
    companyClassName: company.board === "KOSDAQ" ? "중견기업" : "",
    orderWarning: notice === "liquidation" ? "2" : "0",
    nxtEnable: "Y",
  };
}

/** Funds and notes, which stand among the shares of KOSPI under codes of their own. */
const OTHERS: readonly Row[] = ["8", "60", "3"].map((marketCode, n) => ({
  code: `9${n}9999`,
  name: `모의상품${n}`,
  listCount: "0000000001000000",
  regDay: "20200102",
  state: "증거금100%",
  marketCode,
  orderWarning: "0",
}));

/** The list of one board as of the newest session; `null` for a board that is not simulated. */
export function shareList(
  exchange: SimulatedExchange,
  { board: code, key, size }: { readonly board: string; readonly key: string; readonly size: number },
  now: number,
): Page | null {
  const board = Object.entries(BOARD_CODES).find(([, own]) => own === code)?.[0];
  const day = exchange.sessionUpTo(tradingDayAt(now));
  if ((board !== "KOSPI" && board !== "KOSDAQ") || day === null) {
    return null;
  }
  const own = exchange.rows(day, board).map(({ listing }, place) => listLine(listing, place));
  return pageOf([...(board === "KOSPI" ? OTHERS : []), ...own], key, size);
}
