/** Texts of what stands beside a share on its page: the calculator's heading and the links to other sites. */
import type { Locale } from "./locale.ts";

const ko = {
  position: "수량·R 계산",
  links: "다른 사이트에서 보기",
  sites: { TradingView: "TradingView", Naver: "네이버 증권", DART: "DART 공시" },
  newTab: "새 탭",
  fictional: "데모 시장의 가상 종목이라 다른 사이트에는 없습니다.",
};

export type ToolsTexts = typeof ko;

const en: ToolsTexts = {
  position: "Position size and R",
  links: "On other sites",
  sites: { TradingView: "TradingView", Naver: "Naver Finance", DART: "DART filings" },
  newTab: "new tab",
  fictional: "A fictional company of the demo market, so no other site has it.",
};

export const TOOLS_TEXTS: Readonly<Record<Locale, ToolsTexts>> = { ko, en };
