/** Quotes of Kiwoom at one moment: prices with the sign of the day, values in millions, the date of the row. */
import type { Present } from "../kis/kis-quotes.ts";
import { clockOf, dateOf, millions, signedChange, signedPrice, signOf } from "./kiwoom-answers.ts";

/** `at`: of the last trade, in milliseconds since the epoch. */
export function quoteRow(code: string, present: Present, at: number): Readonly<Record<string, string>> {
  const { row, price, open, high, low, volume, value, indicative } = present;
  const change = price - row.base;
  const own = (one: number): string => (one === 0 ? "0" : signedPrice(one, one - row.base));
  return {
    stk_cd: code,
    stk_nm: row.listing.name,
    cur_prc: signedPrice(price, change),
    base_pric: String(row.base),
    pred_pre: signedChange(change),
    pred_pre_sig: signOf(change, row.base),
    flu_rt: ((100 * change) / row.base).toFixed(2),
    trde_qty: String(volume),
    trde_prica: String(millions(value)),
    open_pric: own(open),
    high_pric: own(high),
    low_pric: own(low),
    sel_bid: signedPrice(price, change),
    buy_bid: signedPrice(price, change),
    exp_cntr_pric: indicative === null ? "" : String(indicative),
    cntr_tm: clockOf(at),
    dt: dateOf(at),
    mac: "",
  };
}
