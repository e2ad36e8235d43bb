/** UI224: where else a share can be looked at. Each site is named once, and a share of a made-up market leads nowhere. */
import { exchangeOf, isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";

export interface OutsideLink {
  readonly site: "TradingView" | "Naver" | "DART";
  readonly href: string;
}

/** By ticker, in the order in which they are shown; empty for a share of the demo and for what is no ticker. */
export function outsideLinks(ticker: string): readonly OutsideLink[] {
  const exchange = exchangeOf(ticker);
  if (exchange === null || isSimulated(exchange)) {
    return [];
  }
  const code = encodeURIComponent(ticker);
  return [
    {
      site: "TradingView",
      href: `https://www.tradingview.com/chart/?symbol=${encodeURIComponent(`${exchange}:${ticker}`)}`,
    },
    { site: "Naver", href: `https://finance.naver.com/item/main.naver?code=${code}` },
    { site: "DART", href: `https://dart.fss.or.kr/html/search/SearchCompany_M2.html?textCrpNM=${code}` },
  ];
}
