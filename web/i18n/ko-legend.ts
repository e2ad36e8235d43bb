/** Korean texts of the legend, which load when it is opened. {@link Legend} is the type of every language. */
import { PARAMS } from "../../worker/core/params.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { inPercent } from "./in-percent.ts";

const { base, grades, life } = PARAMS;
const { ready } = base;

/** SC8: what S and A ask for. */
function leaderGrade({ score, passed, rs, lastDepth, dryUp }: typeof grades.S): string {
  return `${score}점 이상, 추세 조건 ${passed}/8, RS ${rs} 이상, 마지막 수축 ${inPercent(lastDepth)}% 이하, 거래량 비율 ${dryUp} 이하, 하루 거래대금 30억 원 이상`;
}

export const koLegend = {
  title: "읽는 법",
  about:
    "VCP는 왼쪽 고점에서 시작한 베이스 안에서 되돌림이 회를 거듭할수록 얕아지고 거래량이 마르는 모양입니다. 마지막 수축이 시작된 뒤의 가장 높은 고점이 피벗이며, 목록은 피벗에 가까운 순입니다.",
  termsTitle: "값",
  terms: [
    ["6W 18/7 2T", "6주 동안 2회 수축했고, 첫 수축은 18%, 마지막은 7%. 막대는 수축마다의 깊이입니다."],
    ["피벗까지", "현재가가 피벗에서 떨어진 정도. −는 아래, +는 위이며 막대의 세로선이 피벗입니다."],
    ["진입 기준가", "피벗 바로 위 호가. 장중에 닿으면 피벗 터치입니다."],
    [
      "위험, R",
      "진입 기준가에서 손절가까지의 하락률이 위험, 그 폭이 1R입니다. 2R은 그 두 배 위의 가격입니다.",
    ],
    ["RS", "최근 1년 수익률의 전 종목 내 순위, 1에서 99. 70 이상이 기준입니다."],
    [
      "거래량 비율",
      `최근 ${base.dryBars[0]}봉 거래량의 중앙값 ÷ ${base.dryBars[1]}봉 평균. 1보다 낮을수록 거래량이 말랐습니다.`,
    ],
  ],
  statesTitle: "상태",
  states: {
    FORMING: `베이스가 형성 중. 종가가 피벗보다 ${inPercent(-ready.distance)}% 넘게 아래이거나, 마지막 수축의 고점이 생긴 지 ${ready.shelf}봉이 안 되었거나, 그 고점 위에서 이미 거래됨`,
    READY: `종가가 피벗 아래 ${inPercent(-ready.distance)}% 이내이고, 마지막 수축의 고점이 생긴 지 ${ready.shelf}봉 이상이며 그 위에서 아직 거래되지 않음`,
    TRIGGERED: "장중 진입 기준가에 닿음. 그날 종가로 판정",
    CONFIRMED: `${life.volumeBars}봉 평균의 ${life.breakoutVolume}배 이상 거래량으로 피벗 위 마감`,
    UNCONFIRMED: "피벗 위로 마감했으나 거래량이 부족",
    SQUAT: "피벗에 닿은 뒤 종가가 피벗 이하",
    EXTENDED: `종가가 피벗보다 ${inPercent(life.extended - 1)}% 넘게 위`,
    OVEREXTENDED: `종가가 피벗보다 ${inPercent(life.overextended - 1)}% 넘게 위`,
    SUSPENDED: "거래정지 또는 관리종목. 풀리면 이전 상태로",
    FAILED: "손절가나 베이스의 저점 아래로 내려가 끝남",
    EXPIRED: "기간이 지났거나 조건을 벗어나 끝남",
  } satisfies Readonly<Record<SignalRow["state"], string>>,
  gradesTitle: "등급",
  gradesNote:
    "등급은 모양이 얼마나 잘 갖춰졌는지를 말할 뿐, 그 뒤의 수익을 말하지 않습니다. 상태마다 오를 수 있는 최고 등급이 있어, 점수가 높아도 그보다 높지 않습니다.",
  grades: {
    S: leaderGrade(grades.S),
    A: `${leaderGrade(grades.A)}. 미확인 돌파는 최고 A`,
    B: `${grades.B.score}점 이상, 추세 조건 ${grades.B.passed}/8 이상`,
    C: "규칙을 모두 만족한 그 밖의 패턴. 형성 중과 확장은 최고 C",
    D: "새로 목록에 오르지 않거나 실패·종료·거래정지·과확장",
  } satisfies Readonly<Record<SignalRow["grade"], string>>,
};

export type Legend = typeof koLegend;
