/** Korean texts of a form: its rules, its score, its flags. They load with the pages that show them. {@link FormCopy} is the type of every language. */
import type { Flag } from "../../worker/core/vcp/verdict.ts";
import type { RevisionCause } from "../../worker/core/lifecycle/life-event.ts";

export const koForm = {
  scoreTerm: "항목",
  scoreEarlier: "이전 버전의 규칙으로 매긴 점수라 항목별로 나누어 보일 수 없습니다.",
  score_leader: "주도주",
  score_base: "베이스",
  score_quiet: "잦아든 변동",
  score_pivot: "피벗과 오른쪽",

  stays: "유지 기준을 만족해 목록에 남아 있습니다. 새로 오르지는 못합니다.",
  staysWhyNot: "새로 오르지 못하는 이유",

  formTitle: "형태 규칙",
  formRule: "규칙",
  formShare: "추세와 강도",
  /** By the letters that a rule's id begins with. */
  formParts: {
    BS: "시작과 이전 상승",
    CT: "수축",
    RR: "저점 이후",
    QT: "최근 10일",
    PV: "피벗",
  },
  formOther: "그 밖",
  formMet: "충족",
  formUnmet: "미충족",
  formUnasked: "잴 것 없음",
  formCount: (met: number, measured: number, unmeasured: number): string =>
    [
      ...(measured > 0 ? [`잰 규칙 ${measured}개 중 ${met}개 충족`] : []),
      ...(unmeasured > 0 ? [`${unmeasured}개는 재지 못함`] : []),
    ].join(", "),
  formNote:
    "재지 못한 규칙은 충족으로도 미충족으로도 세지 않습니다. 베이스가 있으면 그 때문에 목록에서 빠지지도 않습니다.",
  formOf: {
    listed: "규칙에 맞는 베이스",
    own: "열린 시그널의 베이스, 유지 기준",
    nearest: "가장 가까운 베이스, 목록에는 없음",
  },
  formOfNone: "읽을 수 있는 베이스가 없음",
  /** Before the rule that keeps it off the list. */
  drawn: {
    listed: "목록에 없는 베이스",
    nearest: "가장 가까운 베이스",
  },

  baseTitle: "베이스",
  baseStart: "왼쪽 고점",
  baseLength: "길이",
  baseLast: "마지막 수축",
  baseRatio: "마지막 ÷ 첫 수축",
  baseOverhead: "피벗 위 매물 폭",
  baseTouched: "피벗 위에서 거래",

  flagsTitle: "살펴볼 점",
  flags: {
    young: "일봉이 1년이 안 되어 추세 조건을 볼 수 없음 (최고 C등급)",
    deep: "첫 수축이 35%보다 깊음 (최고 B등급)",
    wide: "진입 기준가에서 마지막 저점까지 10% 넘음: 손절가가 베이스 안에 있음",
    touched: "마지막 수축의 고점 위에서 이미 거래됨: 새 수축이 필요",
    wick: "베이스의 고점이나 저점이 하루짜리 꼬리에 걸쳐 있음",
    gap: "베이스 안에 하락 갭이 있음: 배당락·권리락인지 확인 필요",
    rs_line_high: "RS선 52주 신고점",
    rs_line_leads: "RS선이 주가보다 먼저 신고점",
    unfillable: "상한가에 잠겨 체결이 어려움",
    relisted: "목록에서 빠졌다가 다시 오름",
    stop_touched: "진입 기준가에 닿은 날 손절가 아래에서도 거래됨: 종가로 판정",
    on_pace: "거래량이 돌파 기준에 이를 속도",
    extended_live: "장중 피벗보다 5% 넘게 위",
    old_law: "이전 버전의 규칙이 찾은 시그널: 패턴은 그때 그대로 둠",
    prov: "마지막 저점 미확정 (이전 규칙)",
    shakeout: "이전 저점을 잠깐 깨고 회복 (이전 규칙)",
  } satisfies Readonly<Record<Flag, string>>,

  cause: "계기",
  causes: {
    higher_high: "더 높은 고점",
    lower_low: "더 낮은 저점",
    deeper_fall: "더 깊은 하락",
    contraction: "새 수축",
    pivot_raised: "높아진 피벗",
    breakout: "돌파",
    rows_corrected: "정정된 시세",
  } satisfies Readonly<Record<RevisionCause, string>>,
};

export type FormCopy = typeof koForm;
