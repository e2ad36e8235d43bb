/** Texts of the calculator, which load when it is opened. */
import type { Fault, FieldName } from "../view/position/position-size.ts";
import type { Locale } from "./locale.ts";

const ko = {
  fields: {
    equity: "투자 자금 (원)",
    risk: "한 번에 감수할 손실 (%)",
    entry: "진입가 (원)",
    stop: "손절가 (원)",
  } satisfies Readonly<Record<FieldName, string>>,
  riskWon: "한 번에 감수할 손실 (원)",
  riskUnit: "손실의 단위",
  riskUnits: { percent: "자금의 %", won: "원" },
  riskWonRange: "1원부터 투자 자금의 10%까지 넣을 수 있습니다.",
  equityHint: "예: 10,000,000 · 1,000만 · 1억",
  take: {
    entry: "진입 기준가",
    pivot: "피벗",
    price: "현재가",
    close: "종가",
    stop: "시그널 손절가",
  },
  faults: {
    equity: {
      unreadable: "금액으로 읽을 수 없습니다. 예: 10,000,000, 1,000만, 1억",
      range: "1원부터 1조 원까지 넣을 수 있습니다.",
    },
    risk: {
      unreadable: "0.5, 1, 1.25처럼 소수 둘째 자리까지 넣으세요.",
      range: "0.01%부터 10%까지 넣을 수 있습니다.",
    },
    entry: {
      unreadable: "원 단위 가격을 넣으세요. 예: 71,900",
      range: "1원부터 1억 원까지 넣을 수 있습니다.",
    },
    stop: {
      unreadable: "원 단위 가격을 넣으세요. 예: 68,600",
      range: "1원부터 1억 원까지 넣을 수 있습니다.",
      not_below: "손절가는 진입가보다 낮아야 합니다. 그 차이가 1R입니다.",
    },
  } satisfies Readonly<Record<FieldName, Readonly<Partial<Record<Fault, string>>>>>,
  waiting: "네 칸을 모두 채우면 계산합니다.",
  shares: "수량",
  sharesOf: (n: string): string => `${n}주`,
  cost: "매입 금액",
  costOf: (won: string, share: string): string => `${won}원 (자금의 ${share})`,
  atRisk: "손절 시 손실",
  atRiskOf: (won: string, budget: string): string => `${won}원 (한도 ${budget}원)`,
  oneR: "1R (진입가 − 손절가)",
  oneROf: (won: string, share: string): string => `${won}원 (진입가의 ${share})`,
  target: (n: number): string => `${n}R 가격`,
  won: (won: string): string => `${won}원`,
  ofVolume: "50일 평균 거래량 대비",
  noVolume: "거래가 있던 날이 50일이 안 되어 평균 거래량을 알 수 없습니다.",
  muchOfVolume: (share: string): string =>
    `하루 평균 거래량의 ${share}를 넘습니다. 한 가격에 사고팔기 어려울 수 있습니다.`,
  none: (oneR: string, budget: string): string =>
    `한 주의 손실 ${oneR}원이 한도 ${budget}원보다 커서 한 주도 들어가지 않습니다.`,
  noneAffordable: "투자 자금이 한 주 가격보다 적습니다.",
  boundByEquity: "손실 한도로는 더 살 수 있지만 투자 자금만큼으로 줄였습니다.",
  notKept: "이 브라우저가 저장을 막아 자금과 감수할 손실을 기억하지 못합니다.",
  note: "매수·매도 권유가 아님. 입력한 값으로 계산한 것이며 수수료·세금·호가 차이는 넣지 않았습니다. 손절가 아래에서 시가가 열리면 손실은 더 커집니다.",
  keptNote: "투자 자금과 감수할 손실은 이 기기에만 저장됩니다.",
};

export type PositionTexts = typeof ko;

const en: PositionTexts = {
  fields: {
    equity: "Account equity (₩)",
    risk: "Risk per trade (%)",
    entry: "Entry (₩)",
    stop: "Stop (₩)",
  },
  riskWon: "Risk per trade (₩)",
  riskUnit: "Unit of the risk",
  riskUnits: { percent: "% of equity", won: "₩" },
  riskWonRange: "From ₩1 to 10% of the equity.",
  equityHint: "For example 10,000,000, 10M or 1,000만",
  take: {
    entry: "Entry level",
    pivot: "Pivot",
    price: "Last price",
    close: "Close",
    stop: "Signal's stop",
  },
  faults: {
    equity: {
      unreadable: "This is not an amount. For example 10,000,000, 10M or 1,000만",
      range: "From ₩1 to ₩1 trillion.",
    },
    risk: {
      unreadable: "A number with at most two decimals, such as 0.5, 1 or 1.25.",
      range: "From 0.01% to 10%.",
    },
    entry: {
      unreadable: "A price in whole won, such as 71,900.",
      range: "From ₩1 to ₩100 million.",
    },
    stop: {
      unreadable: "A price in whole won, such as 68,600.",
      range: "From ₩1 to ₩100 million.",
      not_below: "The stop must be below the entry: the distance between them is 1R.",
    },
  },
  waiting: "Fill in all four fields to see the size.",
  shares: "Size",
  sharesOf: (n) => (n === "1" ? "1 share" : `${n} shares`),
  cost: "Cost",
  costOf: (won, share) => `₩${won} (${share} of equity)`,
  atRisk: "Loss at the stop",
  atRiskOf: (won, budget) => `₩${won} (limit ₩${budget})`,
  oneR: "1R (entry − stop)",
  oneROf: (won, share) => `₩${won} (${share} of entry)`,
  target: (n) => `${n}R price`,
  won: (won) => `₩${won}`,
  ofVolume: "Of 50-day average volume",
  noVolume: "With fewer than 50 sessions of trading there is no average volume.",
  muchOfVolume: (share) =>
    `More than ${share} of an average day's volume: it may not fill, or exit, at one price.`,
  none: (oneR, budget) => `One share risks ₩${oneR}, more than the limit of ₩${budget}, so none fits.`,
  noneAffordable: "The equity is less than the price of one share.",
  boundByEquity: "The risk limit would allow more; the size is cut to what the equity pays for.",
  notKept: "This browser refuses to store anything, so equity and risk are not remembered.",
  note: "Not a recommendation to buy or sell. Arithmetic on what you typed; commission, tax and spread are not included. An open below the stop loses more.",
  keptNote: "Equity and risk are stored on this device only.",
};

export const POSITION_TEXTS: Readonly<Record<Locale, PositionTexts>> = { ko, en };
