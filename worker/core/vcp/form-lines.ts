/**
 * The rules of the form, one line each, in the order in which a near miss is reported. Everything else about a rule is
 * taken from its line: the kernel asks it, `params.ts` keeps its numbers, the explanation and the pages name it, and the
 * table in SPEC.md is held against it. A rule more is a line more; a quantity that no rule measured before is a line
 * in `measures.ts` as well. `limit` is asked of a new listing, `keep` of a pattern that is listed already (SC10); `text` names what a
 * share that does not meet the rule lacks; `source` is where rule and numbers come from.
 */
export const FORM_LINES = [
  {
    id: "TT",
    asks: { of: "share", measure: "passed", side: "atLeast", limit: 7, keep: 6, unit: "count" },
    text: { en: "too few trend template rules met", ko: "추세 조건을 충분히 통과하지 못함" },
    source: "doctrine; judges reject what is not in stage two",
  },
  {
    id: "RS",
    asks: { of: "share", measure: "rs", side: "atLeast", limit: 70, keep: 65, unit: "count" },
    text: { en: "relative strength too low", ko: "상대강도가 낮음" },
    source: "doctrine: a leader",
  },
  {
    id: "TR1",
    asks: {
      of: "share",
      measure: "closeOverMean50",
      side: "atLeast",
      limit: 0,
      keep: -0.02,
      unit: "fraction",
    },
    text: { en: "close below its 50-day average", ko: "종가가 50일선 아래" },
    source: "gold: below it there is a decline, not a right side",
  },
  {
    id: "TR2",
    asks: {
      of: "share",
      measure: "mean50OverMean200",
      side: "atLeast",
      limit: 0.05,
      keep: 0.04,
      unit: "fraction",
    },
    text: {
      en: "50-day average hardly above the 200-day one",
      ko: "50일선이 200일선보다 충분히 높지 않음",
    },
    source: "gold: flat long averages are the judges' commonest no",
  },
  {
    id: "TR3",
    asks: {
      of: "share",
      measure: "mean150Rise",
      side: "atLeast",
      limit: 0.01,
      keep: 0.005,
      unit: "fraction",
    },
    text: { en: "150-day average hardly rising", ko: "150일선이 거의 오르지 않음" },
    source: "gold, as TR2",
  },
  {
    id: "BS1",
    asks: { of: "base", measure: "laterHigh", side: "atMost", limit: 0.03, keep: 0.03, unit: "fraction" },
    text: {
      en: "another high stands above the base's first high",
      ko: "베이스 시작 고점보다 높은 고점이 있음",
    },
    source: "gold: truncated bases, pivots inside an advance",
  },
  {
    id: "BS2",
    asks: { of: "base", measure: "advance", side: "atLeast", limit: 0.3, keep: 0.3, unit: "fraction" },
    text: { en: "advance before the base too small", ko: "베이스 이전 상승폭이 작음" },
    source: "doctrine: a base needs an advance before it",
  },
  {
    id: "BS3",
    asks: { of: "base", measure: "spike", side: "atMost", limit: 0.8, keep: 0.8, unit: "fraction" },
    text: { en: "the advance was made in a few days", ko: "상승 대부분이 며칠 사이에 일어남" },
    source: "gold: spikes and runs of limit-ups",
  },
  {
    id: "BS4",
    asks: { of: "base", measure: "pump", side: "atMost", limit: 0.4, keep: 0.4, unit: "fraction" },
    text: { en: "price shot up into the base's first high", ko: "베이스 시작 직전 급등" },
    source: "a pump and its aftershocks: 9 % of what an earlier law listed",
  },
  {
    id: "BS5",
    asks: { of: "base", measure: "worstDay", side: "atLeast", limit: -0.14, keep: -0.16, unit: "fraction" },
    text: { en: "too large a one-day drop inside the base", ko: "베이스 안에 하루 급락이 있음" },
    source: "gold: a panic inside the base; refuses nothing that judges call good",
  },
  {
    id: "CT1",
    asks: { of: "base", measure: "contractions", side: "atLeast", limit: 2, keep: 2, unit: "count" },
    text: {
      en: "a single pullback, none clearly smaller after it",
      ko: "수축이 한 번뿐이고 더 작은 수축이 없음",
    },
    source: "doctrine: two to six contractions",
  },
  {
    id: "CT2lo",
    asks: { of: "base", measure: "firstDepth", side: "atLeast", limit: 0.08, keep: 0.08, unit: "fraction" },
    text: { en: "first contraction too shallow", ko: "첫 수축이 너무 얕음" },
    source: "doctrine: 10 %, with room",
  },
  {
    id: "CT2hi",
    asks: { of: "base", measure: "firstDepth", side: "atMost", limit: 0.4, keep: 0.42, unit: "fraction" },
    text: { en: "first contraction too deep", ko: "첫 수축이 너무 깊음" },
    source: "doctrine: 35 %, with room for the wider moves of KRX",
  },
  {
    id: "CT3",
    asks: { of: "base", measure: "lastDepth", side: "atMost", limit: 0.12, keep: 0.13, unit: "fraction" },
    text: { en: "last contraction too deep", ko: "마지막 수축이 너무 깊음" },
    source: "doctrine: tight before the pivot; gold",
  },
  {
    id: "CT4",
    asks: { of: "base", measure: "firstBars", side: "atLeast", limit: 2, keep: 2, unit: "count" },
    text: { en: "first contraction of a single day", ko: "첫 수축이 하루뿐" },
    source: "doctrine: a contraction lasts",
  },
  {
    id: "RR1",
    asks: { of: "base", measure: "rightTime", side: "atLeast", limit: 0.35, keep: 0.3, unit: "fraction" },
    text: { en: "too little time since the base's low", ko: "저점 이후 시간이 짧음" },
    source: "gold: time on the right side",
  },
  {
    id: "RR2",
    asks: { of: "base", measure: "rightHeight", side: "atLeast", limit: 0.4, keep: 0.33, unit: "fraction" },
    text: { en: "close still low in the base", ko: "종가가 아직 베이스 하단" },
    source: "gold: a right side that is built",
  },
  {
    id: "RR3",
    asks: { of: "base", measure: "recoveryBars", side: "atLeast", limit: 5, keep: 5, unit: "count" },
    text: { en: "V-shaped: back at the high within days", ko: "V자 급반등" },
    source: "a fall that is made good in days is no base; the constructed panic",
  },
  {
    id: "QT1",
    asks: { of: "base", measure: "shelf", side: "atMost", limit: 3.5, keep: 4, unit: "ratio" },
    text: { en: "last ten days too wide for the stock", ko: "최근 10일 등락폭이 평소보다 넓음" },
    source: "gold: the last ten days against what the share usually moves in one",
  },
  {
    id: "QT2",
    asks: { of: "base", measure: "shelfHeight", side: "atLeast", limit: 0.25, keep: 0.1, unit: "fraction" },
    text: { en: "close at the lows of its last ten days", ko: "종가가 최근 10일 범위의 하단" },
    source: "gold: not closing on the lows of its own shelf",
  },
  {
    id: "PV1",
    asks: { of: "base", measure: "distance", side: "atLeast", limit: -0.12, keep: -0.14, unit: "fraction" },
    text: { en: "close too far below the pivot", ko: "피벗에서 너무 멀리 떨어짐" },
    source: "gold",
  },
  {
    id: "PV2",
    asks: { of: "base", measure: "extension", side: "atMost", limit: 0.05, keep: 0.08, unit: "fraction" },
    text: {
      en: "extended above the pivot or the base's first high",
      ko: "피벗이나 베이스 시작 고점을 넘어 이미 상승",
    },
    source: "doctrine: no chasing",
  },
  {
    id: "PV3",
    asks: { of: "base", measure: "overhead", side: "atMost", limit: 0.17, keep: 0.18, unit: "fraction" },
    text: { en: "pivot too far below the base's high", ko: "피벗이 베이스 고점보다 너무 낮음" },
    source: "gold: supply above the pivot",
  },
  {
    id: "BR4base",
    asks: { of: "base", measure: "halts", side: "atMost", limit: 9, keep: 9, unit: "count" },
    text: { en: "halted too often inside the base", ko: "베이스 안에서 거래정지가 잦음" },
    source: "chosen: two weeks",
  },
  {
    id: "SC",
    asks: { of: "score", measure: "score", side: "atLeast", limit: 55, keep: 48, unit: "count" },
    text: { en: "overall form score too low", ko: "전체 형태 점수가 낮음" },
    source: "gold: sixteen terms of equal weight tell more than any limit on one of them; decision 033",
  },
] as const;
