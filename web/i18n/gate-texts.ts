/** Texts of the reasons behind the gate's answer, which load with them. */
import type { Locale } from "./locale.ts";

const ko = {
  gateComponent: "지표",
  gateValue: "값",
  gateThreshold: "기준",
  gateBreadth: "시장 폭",
  gateAbove20: "20일선 위",
  gateAbove50: "50일선 위",
  gateAbove200: "200일선 위",
  gateRising50: "50일선 상승",
  gateDistribution: "분산일 (25일)",
  gateChange: "기준일 등락",
  gateShare50: "50일선 위 종목",
  gateShare200: "200일선 위 종목",
  gateNewHighs: "신고가 − 신저가",
  gateAdvancers: "상승 종목",
  gateOther: "기타 지표",
  gateConfidence: (share: string): string => `지표 ${share} 확보`,
  gateNote: "시장 환경 지표이며 매수·매도 신호가 아닙니다.",
  gateSources: (day: string | null): string =>
    `장중 지수 기준 잠정 값입니다. ${day === null ? "" : `50·200일선 위 종목은 ${day} 종가 기준이며, `}집계되지 않은 지표는 합산에서 제외합니다.`,
};

export type GateTexts = typeof ko;

const en: GateTexts = {
  gateComponent: "Indicator",
  gateValue: "Value",
  gateThreshold: "Threshold",
  gateBreadth: "Breadth",
  gateAbove20: "Above 20-day",
  gateAbove50: "Above 50-day",
  gateAbove200: "Above 200-day",
  gateRising50: "50-day rising",
  gateDistribution: "Distribution days (25)",
  gateChange: "Day's change",
  gateShare50: "Above 50-day",
  gateShare200: "Above 200-day",
  gateNewHighs: "Net new highs",
  gateAdvancers: "Advancers",
  gateOther: "Other indicator",
  gateConfidence: (share) => `${share} of indicators`,
  gateNote: "Market conditions, not a trading signal.",
  gateSources: (day) =>
    `Provisional, at the indices' prices; what is not known is left out of the sum${day === null ? "" : `. Stocks above their 50- and 200-day averages are as of the close of ${day}`}`,
};

export const GATE_TEXTS: Readonly<Record<Locale, GateTexts>> = { ko, en };
