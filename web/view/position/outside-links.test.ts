import { it } from "vitest";
import { outsideLinks } from "./outside-links.ts";

it("[UI224] a share of KRX leads to its own page of each site, by its code", ({ expect }) => {
  expect(outsideLinks("005930")).toEqual([
    { site: "TradingView", href: "https://www.tradingview.com/chart/?symbol=KRX%3A005930" },
    { site: "Naver", href: "https://finance.naver.com/item/main.naver?code=005930" },
    { site: "DART", href: "https://dart.fss.or.kr/html/search/SearchCompany_M2.html?textCrpNM=005930" },
  ]);
  // Codes with letters are listed too.
  expect(outsideLinks("0001A0").map(({ href }) => new URL(href).search)).toEqual([
    "?symbol=KRX%3A0001A0",
    "?code=0001A0",
    "?textCrpNM=0001A0",
  ]);
});

it("[UI224] a made-up share leads nowhere, and no text but a ticker gets into an address", ({ expect }) => {
  for (const ticker of [
    "D0001",
    "D1",
    "",
    "005930&x=1",
    "../005930",
    "javascript:1",
    "KRX:005930",
    "00593",
  ]) {
    expect(outsideLinks(ticker), ticker).toEqual([]);
  }
});
