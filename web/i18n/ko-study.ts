/** Korean texts of the historical study. They load with the pages that show it. */
import type { StudyStatus, StudySummary } from "../../worker/protocol/rest/study.ts";

type Cohort = StudySummary["cohorts"][number]["cohort"];

const COHORTS: Readonly<Record<Cohort, string>> = {
  signal_trigger: "진입 기준가에서",
  signal_open: "다음 날 시가에",
  template_open: "추세 조건만",
  random_open: "무작위",
};

const EDGE: Readonly<Record<StudySummary["grounds"]["edge"], string>> = {
  too_few: "우위를 말하기에는 건수가 너무 적습니다.",
  none: "이 자료에서는 견줄 대상보다 뚜렷이 나은 점이 보이지 않습니다.",
  somewhere:
    "견줄 대상보다 뚜렷이 나은 칸이 있습니다(아래 표). 다만 이런 구간 스물 가운데 하나는 우연만으로도 0을 벗어납니다.",
};

const STOPPED: Readonly<Record<NonNullable<StudyStatus["stopped"]>["reason"], string>> = {
  bars_changed: "그사이 일봉이 바뀌어 연구를 그만두었습니다. 다음 스캔 뒤에 다시 시작합니다.",
  failed: "연구가 실패했습니다. 다음 스캔 뒤에 다시 시작합니다.",
  interrupted: "연구가 여러 번 끊겨 그만두었습니다. 다음 스캔 뒤에 다시 시작합니다.",
};

/** Sentences on what the figures cannot show, as the command prints them in English. */
function limits({ grounds, sample, cohorts }: StudySummary): readonly string[] {
  if (sample.judged_from === null || cohorts.length === 0) {
    return ["일봉이 너무 적어 판정할 수 있는 거래일이 없었습니다."];
  }
  const few =
    grounds.signal_months < 12
      ? " 열두 달이 안 되는 달에서 뽑은 구간은 그 자체가 불확실하고 대개 너무 좁습니다."
      : "";
  return [
    ...grounds.in_sample.map(
      ({ exchange, from, to }) =>
        `표본 안: 지금 규칙의 기준값은 ${from}부터 ${to}까지의 ${exchange} 일봉을 보면서 정했고, 이 연구는 그 가운데의 날도 판정합니다. 수치는 보여 줄 뿐 확인해 주지 않습니다.`,
    ),
    `${sample.judged_from}부터 ${sample.last_session ?? "–"}까지 ${sample.judged_sessions}거래일, 시그널이 있던 달 ${grounds.signal_months}개.${few} 한 번의 장세는 한 번의 관찰입니다.`,
    sample.ended_early === 0
      ? `살아남은 종목만: ${sample.tickers}종목 가운데 마지막 거래일 전에 끝난 것이 하나도 없습니다. 상장이 끝난 종목이 빠져 있다는 뜻입니다.`
      : `살아남은 종목: ${sample.tickers}종목 가운데 ${sample.ended_early}종목이 마지막 거래일 전에 끝납니다(마지막 종가를 그대로 둡니다). 상장이 끝난 종목이 모두 들어 있는지는 일봉만으로 알 수 없습니다.`,
    grounds.with_instruments
      ? "종류, 시장, 업종은 종목 목록을 받은 날의 것입니다. 관리종목 지정 같은 지난날의 공시는 알 수 없고, 오늘 것을 쓰면 앞날을 아는 셈이라 거르지 않았습니다."
      : "종목 목록이 없어 모든 종목을 시장을 모르는 보통주로 셌습니다. 우선주와 펀드가 섞여 있고, 지수 대비는 없습니다.",
    "모은 쪽에서 이미 수정한 일봉이라면 뒤에 있은 분할과 배당이 앞날의 가격에 들어 있습니다. 가격 하한과 호가 단위가 아무도 치르지 않은 가격을 봅니다.",
    "비용 전: 수수료, 세금, 호가 차이, 밀림을 빼지 않았습니다(KRX에서 한 번 사고파는 데 약 0.3~0.5 %).",
    "진입은 시간이 겹칩니다. 구간은 달 단위로 그것을 감안하지만, 이웃한 달이 서로 닮는 것까지는 감안하지 못합니다.",
    ...(grounds.made_up ? ["일봉이 지어낸 것입니다. 무엇이 나오든 거기에 넣은 것입니다."] : []),
  ];
}

export const koStudy = {
  title: "가진 일봉으로 본 지난날 (과거 연구)",
  lead: "이 서버가 가진 일봉의 지난 거래일마다, 그날까지의 일봉만으로 지금과 같은 규칙으로 판정하고 그 뒤를 쟀습니다. npm run study와 같은 계산입니다.",
  facts: (from: string, to: string, sessions: string, tickers: string): string =>
    `${from}부터 ${to}까지 ${sessions}거래일을 판정, ${tickers}종목`,
  asOf: (day: string): string => `${day} 종가까지`,
  none: "아직 연구가 없습니다. 종목 30개, 거래일 273일이 넘는 일봉이 있으면 다음 스캔 뒤에 저절로 시작합니다.",
  due: "과거 연구를 곧 시작합니다.",
  running: (share: string, day: string): string => `과거 연구 진행 중 ${share} (${day} 종가까지)`,
  made: (day: string): string => `과거 연구: ${day} 종가까지 마쳤습니다.`,
  show: "결과 보기",
  again: "아래는 앞선 연구의 결과입니다.",
  stopped: STOPPED,
  edge: EDGE,
  cohortLegend: "무엇을 샀나",
  cohort: COHORTS,
  entries: (entries: string, occasions: string): string => `기회 ${occasions}번 가운데 진입 ${entries}번`,
  caption: (cohort: string, sessions: string): string => `${cohort} 산 것의 ${sessions}거래일 뒤 결과`,
  group: "구분",
  n: "건수",
  open: "진행 중",
  median: "중앙값",
  mean: "평균",
  win: "오른 비율",
  excess: "시장 대비",
  risk: "평균 R",
  target: "2R 먼저",
  stop: "손절 먼저",
  exit: "나온 R",
  by_year: "해별",
  limitsTitle: "이 수치가 말하지 못하는 것",
  limits,
  againstTitle: "견줄 대상과의 차이",
  againstCaption: (sessions: string): string => `${sessions}거래일 뒤 시장 대비 평균의 차이`,
  ours: "산 것",
  baseline: "견줄 대상",
  difference: "차이",
  standing: "판단",
  includes: "구간에 0이 들어 있어 뚜렷하지 않음",
  fewMonths: (months: string): string => `구간이 0을 벗어나지만 ${months}달로는 말하기 이름`,
  leaves: "구간이 0을 벗어남",
  noInterval: "여섯 달이 안 되어 구간 없음",
  noNumber: "30건 미만: 수치 없음",
  gradesTitle: "등급은 모양의 등급입니다.",
  grades: {
    too_few: "30건이 넘는 등급이 둘이 안 되어, 모양이 나은 쪽의 뒤가 더 나았는지는 아직 볼 수 없습니다.",
    none: "이 자료에서는 등급 사이에 차례가 보이지 않습니다. 모양이 더 좋다고 그 뒤가 더 낫지는 않았습니다.",
    shown: "이 자료에서는 등급이 높을수록 그 뒤가 나았습니다. 지난 일이며 앞으로를 말해 주지 않습니다.",
  },
};

export type StudyCopy = typeof koStudy;
