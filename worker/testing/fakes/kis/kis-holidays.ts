/** The calendar of KIS: some weeks a page, and beside the exchange's own column those of the banks, which differ from it. */
import {
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
  weekdayOf,
} from "../../../core/calendar/trading-day.ts";
import type { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { kisAnswer } from "./kis-answers.ts";
import { kisDate } from "./kis-charts.ts";

const DAYS_OF_PAGE = 24;
const PAGES = 4;

/** `opnd_yn` alone is the exchange's: a day without a session can be a business day. */
function rowOf(exchange: SimulatedExchange, day: TradingDay): Readonly<Record<string, string>> {
  const weekday = weekdayOf(day) % 6 === 0 ? "N" : "Y";
  return {
    bass_dt: kisDate(day),
    wday_dvsn_cd: String(weekdayOf(day) + 1).padStart(2, "0"),
    bzdy_yn: weekday,
    tr_day_yn: weekday,
    opnd_yn: exchange.isOpen(day) ? "Y" : "N",
    sttl_day_yn: weekday,
  };
}

/** `continued`: the header `tr_cont` of the request, "N" for a further page. */
export function holidayPage(
  exchange: SimulatedExchange,
  query: URLSearchParams,
  continued: string | null,
): Response {
  const first = parseTradingDay(query.get("BASS_DT") ?? "");
  if (first === null) {
    return kisAnswer({ ctx_area_nk: "", ctx_area_fk: "", output: [] }, false);
  }
  const next = continued === "N" ? (query.get("CTX_AREA_NK") ?? "").trim() : "";
  const from = parseTradingDay(next) ?? first;
  const following = tradingDayOf(from + DAYS_OF_PAGE);
  const more = following < first + DAYS_OF_PAGE * PAGES;
  return kisAnswer(
    {
      ctx_area_nk: more ? kisDate(following).padEnd(20, " ") : "",
      ctx_area_fk: kisDate(first).padEnd(20, " "),
      output: Array.from({ length: DAYS_OF_PAGE }, (_, n) => rowOf(exchange, tradingDayOf(from + n))),
    },
    more,
  );
}
