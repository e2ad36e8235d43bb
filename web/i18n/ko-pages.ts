/** Korean texts of the pages behind the dashboard: a signal, a share, the scans. */

export const koPages = {
  back: "목록으로",
  legendOpen: "읽는 법",
  detected: "포착",

  chartSummary: (start: string, n: number, depths: string, pivot: string, stop: string): string =>
    `좌측 고점 ${start}부터 ${n}회 수축 ${depths}, 피벗 ${pivot}, 손절 ${stop}`,
  chartPlain: "일봉, 거래량, 50·150·200일 이동평균",
  barClose: "종가",

  unitOf: {
    percent: (n: string): string => `${n}%`,
    times: (n: string): string => `${n}배`,
    bars: (n: string): string => `${n}봉`,
    sessions: (n: string): string => `${n}거래일`,
    won: (n: string): string => `${n}원`,
    count: (n: string): string => n,
  },
};
