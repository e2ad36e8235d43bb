/** Korean texts of the historical study. They load with the pages that show it. */
import type { StudyStatus, StudySummary } from "../../worker/protocol/rest/study.ts";

type Cohort = StudySummary["cohorts"][number]["cohort"];

const COHORTS: Readonly<Record<Cohort, string>> = {
  signal_trigger: "시그널, 진입 기준가",
  signal_open: "시그널, 다음 날 시가",
  template_open: "추세 조건만",
  random_open: "무작위",
};

const EDGE: Readonly<Record<StudySummary["grounds"]["edge"], string>> = {
  too_few: "우위를 판단하기에는 건수가 너무 적습니다.",
  none: "이 데이터에서는 비교 대상보다 유의하게 나은 점이 보이지 않습니다.",
  somewhere:
    "비교 대상보다 유의하게 나은 항목이 있습니다(아래 표). 다만 이런 구간은 20개 중 1개꼴로 우연히 0을 벗어납니다.",
};

const STOPPED: Readonly<Record<NonNullable<StudyStatus["stopped"]>["reason"], string>> = {
  bars_changed: "일봉이 변경되어 백테스트를 중단했습니다. 다음 스캔 후 다시 시작합니다.",
  failed: "백테스트가 실패했습니다. 다음 스캔 후 다시 시작합니다.",
  interrupted: "백테스트가 여러 번 중단되어 포기했습니다. 다음 스캔 후 다시 시작합니다.",
};

/** Sentences on what the figures cannot show, as the command prints them in English. */
function limits({ grounds, sample, cohorts }: StudySummary): readonly string[] {
  if (sample.judged_from === null || cohorts.length === 0) {
    return ["일봉이 부족해 판정할 수 있는 거래일이 없습니다."];
  }
  const few =
    grounds.signal_months < 12 ? " 12개월 미만으로 구한 구간은 그 자체가 불확실하고 대개 너무 좁습니다." : "";
  return [
    ...grounds.in_sample.map(
      ({ exchange, from, to }) =>
        `표본 내(in-sample): 현재 규칙의 기준값은 ${from}부터 ${to}까지의 ${exchange} 일봉을 보고 정했으며, 이 백테스트는 그 기간도 판정합니다. 참고 수치일 뿐 검증 결과가 아닙니다.`,
    ),
    `${sample.judged_from}부터 ${sample.last_session ?? "–"}까지 ${sample.judged_sessions}거래일, 시그널이 있었던 달 ${grounds.signal_months}개월.${few} 하나의 장세는 하나의 관찰일 뿐입니다.`,
    sample.ended_early === 0
      ? `생존 편향: ${sample.tickers.toLocaleString("en")}종목 중 마지막 거래일 전에 거래가 끝난 종목이 없습니다. 상장폐지 종목이 빠져 있다는 뜻입니다.`
      : `생존 편향: ${sample.tickers.toLocaleString("en")}종목 중 ${sample.ended_early}종목의 거래가 마지막 거래일 전에 끝납니다(마지막 종가 유지). 상장폐지 종목이 모두 포함되었는지는 일봉만으로 알 수 없습니다.`,
    grounds.with_instruments
      ? "종류, 시장, 업종은 종목 목록을 받은 날 기준입니다. 과거의 관리종목 지정 등은 알 수 없고, 오늘의 지정을 쓰면 미래를 미리 아는 셈이라 제외하지 않았습니다."
      : "종목 목록이 없어 모든 종목을 시장 미상의 보통주로 처리했습니다. 우선주와 펀드가 섞여 있으며 지수 대비 수치는 없습니다.",
    "수집처에서 이미 수정주가로 바꾼 일봉이라면 이후의 분할·배당이 과거 가격에 반영되어 있어, 가격 하한과 호가 단위를 실제 거래된 적 없는 가격에 적용하게 됩니다.",
    "비용 미반영: 수수료, 세금, 호가 차이, 슬리피지를 반영하지 않았습니다(KRX 왕복 거래 기준 약 0.3~0.5%).",
    "진입 시점이 서로 겹칩니다. 구간은 월 단위로 이를 감안하지만, 인접한 달 사이의 상관은 감안하지 못합니다.",
    ...(grounds.made_up ? ["가상으로 생성한 일봉입니다. 어떤 결과든 생성 방식에서 비롯된 것입니다."] : []),
  ];
}

export const koStudy = {
  title: "과거 백테스트 (보유 일봉 기준)",
  lead: "이 서버가 보유한 일봉의 과거 거래일마다 그날까지의 일봉만으로 현재 규칙을 적용해 판정하고 이후 성과를 측정했습니다.",
  facts: (from: string, to: string, sessions: string, tickers: string): string =>
    `${from}부터 ${to}까지 ${sessions}거래일을 판정, ${tickers}종목`,
  asOf: (day: string): string => `${day} 종가까지`,
  none: "아직 백테스트 결과가 없습니다. 30종목, 273거래일이 넘는 일봉이 있으면 다음 스캔 후 자동으로 시작합니다.",
  due: "백테스트를 곧 시작합니다.",
  running: (share: string, day: string): string => `백테스트 진행 중 ${share} (${day} 종가까지)`,
  made: (day: string): string => `백테스트: ${day} 종가까지 완료했습니다.`,
  show: "결과 보기",
  again: "아래는 이전 백테스트 결과입니다.",
  stopped: STOPPED,
  edge: EDGE,
  cohortLegend: "진입 기준",
  cohort: COHORTS,
  entries: (entries: string, occasions: string): string => `기회 ${occasions}번 중 진입 ${entries}번`,
  caption: (cohort: string, sessions: string): string => `${cohort} 진입, ${sessions}거래일 후 결과`,
  group: "구분",
  n: "건수",
  open: "진행 중",
  median: "중앙값",
  mean: "평균",
  win: "승률",
  excess: "시장 대비",
  risk: "평균 R",
  target: "2R 먼저",
  stop: "손절 먼저",
  exit: "청산 R",
  by_year: "연도별",
  limitsTitle: "이 수치의 한계",
  limits,
  againstTitle: "비교 대상과의 차이",
  againstCaption: (sessions: string): string => `${sessions}거래일 후 시장 대비 초과수익 평균의 차이`,
  ours: "진입 기준",
  baseline: "비교 대상",
  difference: "차이",
  standing: "판단",
  includes: "구간에 0이 포함되어 유의하지 않음",
  fewMonths: (months: string): string => `구간이 0을 벗어나지만 ${months}개월로는 판단하기 이름`,
  leaves: "구간이 0을 벗어남",
  noInterval: "6개월 미만: 구간 없음",
  noNumber: "30건 미만: 수치 없음",
  gradesTitle: "등급은 형태의 등급입니다.",
  grades: {
    too_few:
      "30건 이상인 등급이 2개가 안 되어, 형태 등급이 높을수록 성과가 나았는지는 아직 판단할 수 없습니다.",
    none: "이 데이터에서는 등급 간 우열이 보이지 않습니다. 형태 등급이 높다고 이후 성과가 더 좋지는 않았습니다.",
    shown:
      "이 데이터에서는 등급이 높을수록 이후 성과가 좋았습니다. 과거의 결과이며 미래의 수익을 보장하지 않습니다.",
  },
};

export type StudyCopy = typeof koStudy;
