/** Texts of an address without a page, or of another exchange: they load with the pages behind the dashboard. */
import type { Locale } from "./locale.ts";

const ko = {
  notFoundTitle: "페이지를 찾을 수 없습니다",
  notFoundText: "주소를 확인하거나 대시보드로 이동하세요.",
  exchangeShown: (active: string): string =>
    `현재 표시 중인 거래소는 ${active}입니다. 다른 거래소의 주소이거나 잘못된 주소입니다.`,
  exchangeOther: (owner: string, active: string): string =>
    `${owner} 거래소의 주소입니다. 현재 표시 중인 거래소는 ${active}입니다.`,
  signalGone: "이 시그널을 찾을 수 없습니다.",
  stockUnknown: "이 거래소에 없는 종목입니다.",
};

export type PageTexts = typeof ko;

const en: PageTexts = {
  notFoundTitle: "Page not found",
  notFoundText: "Check the address, or go back to the dashboard.",
  exchangeShown: (active) =>
    `The exchange shown is ${active}. This may belong to another exchange, or the address is wrong.`,
  exchangeOther: (owner, active) => `This address belongs to ${owner}; the exchange shown is ${active}.`,
  signalGone: "This signal cannot be found.",
  stockUnknown: "This exchange does not list that stock.",
};

export const PAGE_TEXTS: Readonly<Record<Locale, PageTexts>> = { ko, en };
