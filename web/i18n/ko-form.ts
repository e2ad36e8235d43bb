/** Korean texts of a form: its rules, its score, its flags. They load with the pages that show them. {@link FormCopy} is the type of every language. */
import type { Flag } from "../../worker/core/vcp/verdict.ts";
import type { RevisionCause } from "../../worker/core/lifecycle/life-event.ts";

export const koForm = {
  scoreTerm: "항목",
  scoreEarlier: "이전 버전 규칙으로 매긴 점수라 항목별 점수를 볼 수 없습니다.",
  score_leader: "주도주",
  score_base: "베이스",
  score_quiet: "변동성 축소",
  score_pivot: "피벗과 우측",

  stays: "유지 기준을 충족해 목록에 남아 있지만, 신규 편입 기준에는 못 미칩니다.",
  staysWhyNot: "신규 편입 탈락 규칙",

  formTitle: "형태 규칙",
  formRule: "규칙",
  formShare: "추세·상대강도",
  /** By the letters that a rule's id begins with. */
  formParts: {
    BS: "시작점과 선행 상승",
    CT: "수축",
    RR: "저점 이후",
    QT: "최근 10일",
    PV: "피벗",
  },
  formOther: "기타",
  formMet: "충족",
  formUnmet: "미충족",
  formUnasked: "해당 없음",
  formCount: (met: number, measured: number, unmeasured: number): string =>
    [
      ...(measured > 0 ? [`측정한 규칙 ${measured}개 중 ${met}개 충족`] : []),
      ...(unmeasured > 0 ? [`${unmeasured}개 측정 불가`] : []),
    ].join(", "),
  formNote:
    "측정하지 못한 규칙은 충족이나 미충족으로 집계하지 않으며, 베이스가 있으면 그 때문에 탈락하지도 않습니다.",
  formOf: {
    listed: "규칙을 충족한 베이스",
    own: "활성 시그널의 베이스 (유지 기준)",
    nearest: "가장 근접한 베이스 (목록에 없음)",
  },
  formOfNone: "인식된 베이스 없음",
  /** Before the rule that keeps it off the list. */
  drawn: {
    listed: "목록에 없는 베이스",
    nearest: "가장 근접한 베이스",
  },

  baseTitle: "베이스",
  baseStart: "좌측 고점",
  baseLength: "길이",
  baseLast: "마지막 수축",
  baseRatio: "마지막 ÷ 첫 수축",
  baseOverhead: "피벗 위 매물대",
  baseTouched: "마지막 수축 고점 돌파일",

  flagsTitle: "참고 사항",
  flags: {
    young: "일봉이 1년 미만이라 추세 조건을 판정할 수 없음 (최고 C등급)",
    deep: "첫 수축이 35%를 넘음 (최고 B등급)",
    wide: "진입 기준가와 마지막 저점의 차이가 10%를 넘음: 손절가가 베이스 안에 있음",
    touched: "마지막 수축의 고점을 이미 넘어섬: 이후의 더 높은 고점이 피벗이며 새 수축이 필요",
    wick: "베이스의 고점이나 저점이 하루짜리 꼬리임",
    gap: "베이스 안에 하락 갭이 있음: 배당락·권리락 여부 확인 필요",
    rs_line_high: "RS선 52주 신고가",
    rs_line_leads: "RS선이 주가보다 먼저 신고가",
    unfillable: "상한가 잠김: 체결이 어려움",
    relisted: "목록에서 빠졌다가 재편입",
    stop_touched: "진입 기준가에 닿은 날 손절가도 이탈: 종가로 판정",
    on_pace: "현재 속도라면 거래량이 돌파 기준에 도달",
    extended_live: "장중 피벗 대비 5% 초과",
    old_law: "이전 버전 규칙으로 포착된 시그널: 패턴은 당시 그대로",
    prov: "마지막 저점 미확정 (이전 규칙)",
    shakeout: "이전 저점을 일시 이탈 후 회복 (이전 규칙)",
  } satisfies Readonly<Record<Flag, string>>,

  cause: "계기",
  causes: {
    higher_high: "고점 갱신",
    lower_low: "저점 갱신",
    deeper_fall: "하락 심화",
    contraction: "새 수축",
    pivot_raised: "피벗 상향",
    breakout: "돌파",
    rows_corrected: "시세 정정",
  } satisfies Readonly<Record<RevisionCause, string>>,
};

export type FormCopy = typeof koForm;
