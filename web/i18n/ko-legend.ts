/** Korean texts of the legend, which load when it is opened. {@link Legend} is the type of every language. */
import { PARAMS } from "../../worker/core/params.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { inPercent } from "./in-percent.ts";

const { base, grades, life } = PARAMS;
const { ready } = base;

/** SC8: what S and A ask for. */
function leaderGrade({ score, passed, rs, lastDepth, dryUp }: typeof grades.S): string {
  return `${score}점 이상, 추세 조건 ${passed}/8, RS 순위 ${rs} 이상, 마지막 수축 ${inPercent(lastDepth)}% 이하, 거래량 감소 ${dryUp} 이하, 하루 거래대금 30억 원 이상`;
}

export const koLegend = {
  title: "읽는 법",
  about:
    "VCP는 좌측 고점에서 시작한 베이스 안에서 조정폭이 갈수록 작아지고 거래량이 줄어드는 패턴입니다. 마지막 수축이 시작된 이후의 최고가가 피벗이며, 목록은 피벗에 가까운 순입니다.",
  termsTitle: "값",
  terms: [
    ["6W 18/7 2T", "6주 동안 2회 수축, 첫 수축 18%, 마지막 수축 7%. 막대는 수축별 깊이입니다."],
    ["피벗까지", "현재가와 피벗의 거리. −는 아래, +는 위이며 막대의 세로선이 피벗입니다."],
    ["진입 기준가", "피벗보다 한 호가 위의 가격. 장중에 도달하면 피벗 터치입니다."],
    [
      "위험, R",
      "진입 기준가에서 손절가까지의 하락률이 위험, 그 금액이 1R입니다. 2R은 진입 기준가에 그 두 배를 더한 가격입니다.",
    ],
    ["RS 순위", "최근 1년 수익률의 전 종목 순위를 1~99로 나타낸 값. 70 이상이 기준입니다."],
    [
      "거래량 감소",
      `최근 ${base.dryBars[0]}일 거래량의 중앙값 ÷ ${base.dryBars[1]}일 평균. 낮을수록 거래량이 줄었습니다.`,
    ],
  ],
  statesTitle: "상태",
  states: {
    FORMING: `베이스 형성 중. 종가가 피벗보다 ${inPercent(-ready.distance)}% 넘게 아래이거나, 마지막 수축의 고점에서 ${ready.shelf}일이 지나지 않았거나, 그 고점을 이미 넘어섬`,
    READY: `종가가 피벗 아래 ${inPercent(-ready.distance)}% 이내이고, 마지막 수축의 고점에서 ${ready.shelf}일 이상 지났으며 그 고점을 아직 넘지 않음`,
    TRIGGERED: "장중 진입 기준가 도달. 당일 종가로 판정",
    CONFIRMED: `거래량이 ${life.volumeBars}일 평균의 ${life.breakoutVolume}배 이상이며 피벗 위에서 마감`,
    UNCONFIRMED: "피벗 위에서 마감했지만 거래량 부족",
    SQUAT: "피벗에 닿았지만 종가가 피벗 이하",
    EXTENDED: `종가가 피벗보다 ${inPercent(life.extended - 1)}% 넘게 위`,
    OVEREXTENDED: `종가가 피벗보다 ${inPercent(life.overextended - 1)}% 넘게 위`,
    SUSPENDED: "거래정지 또는 관리종목. 해제되면 이전 상태로 복귀",
    FAILED: "손절가나 베이스 저점을 이탈해 종료",
    EXPIRED: "기간 경과 또는 조건 이탈로 종료",
  } satisfies Readonly<Record<SignalRow["state"], string>>,
  gradesTitle: "등급",
  gradesNote:
    "등급은 패턴의 완성도를 나타낼 뿐, 이후의 수익을 뜻하지 않습니다. 상태별로 최고 등급이 정해져 있어 점수가 높아도 그 등급을 넘지 않습니다.",
  grades: {
    S: leaderGrade(grades.S),
    A: `${leaderGrade(grades.A)}. 미확인 돌파는 최고 A`,
    B: `${grades.B.score}점 이상, 추세 조건 ${grades.B.passed}/8 이상`,
    C: "규칙을 모두 충족한 나머지 패턴. 형성 중과 확장은 최고 C",
    D: "신규 편입 대상이 아님, 또는 실패·종료·거래정지·과확장",
  } satisfies Readonly<Record<SignalRow["grade"], string>>,
};

export type Legend = typeof koLegend;
