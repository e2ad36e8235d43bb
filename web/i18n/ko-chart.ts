/** Korean texts of the chart. They load with it. {@link ChartCopy} is the type of every language. */

export const koChart = {
  tools: "차트 설정",
  day: "일봉",
  week: "주봉",
  log: "로그",
  rs: "RS 선",
  rsMissing: "이 종목의 시장 지수가 없어 RS 선을 그릴 수 없습니다.",
  rsLine: (index: string): string => `RS 선(종가 ÷ ${index})`,
  rsHigh: (day: string, bars: string): string => `RS 선 ${bars}거래일 신고가 ${day}`,
  save: "PNG 저장",
  saveFailed: "이미지를 만들지 못했습니다.",

  today: (clock: string): string => `오늘 ${clock} · 잠정`,
  provisional: "잠정",
  rebased: "오늘 기준가가 직전 종가와 크게 달라(액면분할·병합 등) 오늘 봉은 장 마감 후에 표시합니다.",
  weekMean: (weeks: string): string => `${weeks}주선`,
  weekFrom: (day: string): string => `${day} 주`,
  /** Of the mean of whole days, also while the day is not over. */
  volumeOfMean: "50일 평균 대비",
  noTrading: "거래 없음",

  keys: "차트. 왼쪽·오른쪽 화살표로 날짜, Page Up·Page Down으로 10개씩, Home·End로 처음과 끝, +와 −나 Ctrl+휠로 확대·축소, Esc로 나가기",

  marks: (n: string): string => `차트의 표시 ${n}개`,
  marksMore: (n: string): string => `이전 표시 ${n}개는 차트에서만 볼 수 있습니다.`,
  markSignal: (grade: string): string => `이전 시그널 ${grade}`,
  markAfter: (bars: string, change: string): string => `${bars}거래일 후 ${change}`,
  markAction: (factor: string): string => `권리락 등: 이전 가격 ×${factor}`,
  markHalt: (bars: string): string => `거래 없음 ${bars}일`,

  chartTitle: "차트",
  chartAsTable: "표로 보기",
  chartAsPicture: "차트로 보기",
  chartEmpty: "표시할 일봉이 없습니다.",
  chartLoading: "차트를 불러오는 중",
  chartBroken: "차트를 표시할 수 없어 표로 대신합니다.",
  chartCredit: "차트: TradingView Lightweight Charts",
  chartNow: "현재",
  mean: (bars: number): string => `MA${bars}`,
  barDay: "날짜",
  barOpen: "시가",
  barHigh: "고가",
  barLow: "저가",
  barVolume: "거래량",
  barsLast: (n: number): string => `최근 ${n}거래일, 최신순`,
  barsMore: "60일 더 보기",
};

export type ChartCopy = typeof koChart;
