/**
 * What the detector measures, in the languages of the pages: the names of the quantities that the rules and the score go by,
 * without a judgement. The type makes a measure without a name a compile error.
 */
import type { MeasureName } from "../core/vcp/measure-names.ts";

export const MEASURE_TEXTS: Readonly<Record<MeasureName, Readonly<Record<"en" | "ko", string>>>> = {
  passed: { en: "Trend template rules passed", ko: "통과한 추세 조건" },
  rs: { en: "Relative strength (RS rank)", ko: "상대강도(RS 순위)" },
  closeOverMean50: { en: "Close against the 50-day average", ko: "50일선 대비 종가" },
  mean50OverMean200: { en: "50-day against the 200-day average", ko: "200일선 대비 50일선" },
  mean150OverMean200: { en: "150-day against the 200-day average", ko: "200일선 대비 150일선" },
  mean150Rise: { en: "150-day average, change over 20 days", ko: "150일선의 20일 상승률" },
  laterHigh: { en: "Later high against the base's first high", ko: "시작 고점 대비 이후 최고가" },
  advance: { en: "Advance before the base", ko: "베이스 이전 상승률" },
  smoothness: { en: "Straightness of the advance", ko: "이전 상승의 곧은 정도" },
  spike: { en: "Share of the advance made in its last 10 days", ko: "상승 중 마지막 10일의 비중" },
  pump: { en: "Rise in the 10 days before the base", ko: "베이스 직전 10일 상승률" },
  worstDay: { en: "Largest fall of a day inside the base", ko: "베이스 중 가장 큰 하루 하락" },
  widestBar: { en: "Widest day of the base, in usual days", ko: "베이스 중 가장 큰 하루 변동 ÷ 평소" },
  contractions: { en: "Contractions", ko: "수축 횟수" },
  firstBars: { en: "Bars of the first contraction", ko: "첫 수축 기간(봉)" },
  firstDepth: { en: "First contraction", ko: "첫 수축 깊이" },
  lastDepth: { en: "Last contraction", ko: "마지막 수축 깊이" },
  rightTime: { en: "Part of the base since its low", ko: "베이스 중 저점 이후 기간" },
  rightHeight: { en: "Close within the base, from low to high", ko: "베이스 안 종가 위치" },
  recoveryBars: { en: "Bars from the low back up to the high", ko: "저점에서 고점까지 회복(봉)" },
  shelf: { en: "Range of the last 10 days, in usual days", ko: "최근 10일 등락폭 ÷ 평소 하루" },
  shelfHeight: { en: "Close within the last 10 days, from low to high", ko: "최근 10일 범위 안 종가 위치" },
  range10: { en: "Range of the last 10 days", ko: "최근 10일 등락폭" },
  week: { en: "Daily range of the last 5 days, in usual days", ko: "최근 5일 하루 변동폭 ÷ 평소" },
  quiet: { en: "Daily range, last 10 days against the base", ko: "최근 10일 하루 변동폭 ÷ 베이스" },
  dryUp: { en: "Volume of the last 10 days against 50", ko: "최근 10일 거래량 ÷ 50일 평균" },
  distance: { en: "Close against the pivot", ko: "피벗 대비 종가" },
  extension: { en: "Close against pivot or first high, the lower", ko: "피벗·시작 고점 대비 종가" },
  overhead: { en: "Base high against the pivot", ko: "피벗 대비 베이스 최고가" },
  halts: { en: "Halted days in the base", ko: "베이스 중 거래정지일" },
  score: { en: "Score", ko: "점수" },
};
