/** Texts of the pages behind the outcomes (lists, archive, methodology), by language; they load with those pages alone. */
import type { EndingName } from "../../worker/protocol/vocabulary.ts";
import type { Locale } from "./locale.ts";

export interface OutcomeTexts {
  readonly listTitle: (group: string, sessions: string) => string;
  readonly listBack: string;
  readonly live: string;
  readonly study: string;
  readonly adds: (count: string, closed: string, mean: string) => string;
  readonly mean: (change: string) => string;
  readonly tooFew: string;
  readonly emptyRow: string;
  readonly notMeasured: string;
  readonly share: string;
  readonly grade: string;
  readonly listedOn: string;
  readonly entered: string;
  readonly entry: string;
  readonly stop: string;
  readonly after: (sessions: string) => string;
  readonly running: string;
  readonly risk: string;
  readonly touch: (sessions: string) => string;
  readonly touches: Readonly<Record<"stop" | "target" | "none", string>>;
  readonly more: (left: string) => string;
  readonly moreBusy: string;
  readonly shown: (shown: string, all: string) => string;
  readonly archiveTitle: string;
  readonly archiveLead: string;
  readonly archiveNone: string;
  readonly archiveNoMatch: string;
  readonly filters: string;
  readonly text: string;
  readonly market: string;
  readonly any: string;
  readonly ending: string;
  readonly endings: Readonly<Record<EndingName, string>>;
  readonly from: string;
  readonly to: string;
  readonly clear: string;
  readonly endedOn: string;
  readonly born: string;
  readonly days: string;
  readonly triggered: string;
  readonly fromEntry: string;
  readonly toArchive: string;
  readonly toMethod: string;
  readonly methodTitle: string;
  readonly methodLead: (version: string) => string;
  readonly unknownTitle: string;
  readonly unknown: (hits: string, listed: string) => readonly string[];
  readonly scoreTitle: string;
  readonly scoreLead: (terms: string, points: string) => string;
  readonly most: string;
  readonly gradesTitle: string;
  readonly judgesTitle: string;
  readonly judgesLead: string;
  readonly judgesSet: string;
  readonly judgesSets: readonly [first: string, second: string, third: string];
  readonly judgesListed: string;
  readonly judgesHits: string;
  readonly judgesFound: string;
  readonly of: (n: string, all: string, share: string) => string;
  readonly pastTitle: string;
  readonly pastNone: string;
  readonly toOutcomes: string;
}

const KO: OutcomeTexts = {
  listTitle: (group, sessions) => `${group}: ${sessions}거래일 후 결과`,
  listBack: "성과",
  live: "이 서버의 목록에 올랐던 시그널입니다. 등급은 진입 전 목록의 등급입니다.",
  study:
    "과거 일봉을 현재 규칙으로 판정한 백테스트의 진입입니다. 당시 이 서버의 목록에 있었던 시그널이 아닙니다.",
  adds: (count, closed, mean) => `${count}건 중 ${closed}건 완료, ${mean}. 표의 수치와 같습니다.`,
  mean: (change) => `평균 ${change}`,
  tooFew: "30건 미만이라 평균 없음",
  emptyRow: "이 항목에는 시그널이 없습니다.",
  notMeasured: "아직 측정한 시그널이 없습니다.",
  share: "종목",
  grade: "진입 시 등급",
  listedOn: "포착일",
  entered: "진입일",
  entry: "진입가",
  stop: "손절가",
  after: (sessions) => `${sessions}거래일 후`,
  running: "진행 중",
  risk: "R",
  touch: (sessions) => `먼저 도달 (${sessions}거래일)`,
  touches: { stop: "손절", target: "2R", none: "없음" },
  more: (left) => `더 보기 (${left}건 남음)`,
  moreBusy: "불러오는 중",
  shown: (shown, all) => `${all}건 중 ${shown}건`,
  archiveTitle: "종료된 시그널",
  archiveLead: "이 서버에서 종료된 시그널을 최근 종료 순으로 표시합니다.",
  archiveNone: "아직 종료된 시그널이 없습니다.",
  archiveNoMatch: "이 조건에 맞는 종료된 시그널이 없습니다.",
  filters: "조건",
  text: "종목명이나 코드",
  market: "시장",
  any: "전체",
  ending: "종료 사유",
  endings: {
    stopped: "돌파 후 손절",
    broken: "돌파 전 베이스 이탈",
    over: "돌파 후 기간 만료",
    left: "돌파 전 목록 제외",
  },
  from: "종료일 (부터)",
  to: "종료일 (까지)",
  clear: "조건 초기화",
  endedOn: "종료일",
  born: "포착일",
  days: "일수",
  triggered: "진입 기준가 도달일",
  fromEntry: "진입가 대비 등락",
  toArchive: "종료된 시그널",
  toMethod: "방법과 근거",
  methodTitle: "방법과 근거",
  methodLead: (version) =>
    `어떤 종목을 목록에 올리고 등급을 어떻게 매기는지 설명합니다. 규칙과 수치는 이 서버가 쓰는 규칙(${version})을 그대로 표시합니다.`,
  unknownTitle: "확인되지 않은 것",
  unknown: (hits, listed) => [
    `목록에 오른 종목이 모두 VCP는 아닙니다. 별도로 판정한 ${listed}건 중 엄격한 판정자가 VCP로 본 것은 ${hits}건, 5건 중 2건꼴입니다.`,
    "등급은 패턴의 완성도이며 이후의 수익이 아닙니다. 현재 데이터에서는 등급이 높을수록 더 올랐다는 우열이 보이지 않습니다.",
    "규칙의 기준값은 판정에 쓴 일봉을 보고 정했습니다. 사용하지 않은 데이터로 검증한 것이 아닙니다.",
    "수수료, 세금, 호가 차이를 반영하지 않았고, 상장폐지 종목이 데이터에 없을 수 있습니다.",
    "뉴스, 실적, 공시는 반영하지 않으며 가격과 거래량만 봅니다.",
  ],
  scoreTitle: "점수",
  scoreLead: (terms, points) =>
    `점수는 ${terms}개 항목을 각각 0~${points}점으로 매겨 합한 값입니다. 측정할 수 없는 항목은 0점이며 따로 표시합니다.`,
  most: "최고",
  gradesTitle: "등급",
  judgesTitle: "사람의 판정과 비교",
  judgesLead:
    "세 사람이 각자 종목명 없이 차트만 보고 판정했습니다. 적중은 ‘VCP’나 ‘좋음’으로 판정한 차트입니다.",
  judgesSet: "차트",
  judgesSets: [
    "규칙을 정할 때 본 차트",
    "다른 종목과 날짜 (목록 경계에서 추출)",
    "목록에 오른 종목에서 추출해 처음 판정",
  ],
  judgesListed: "목록 편입",
  judgesHits: "그중 적중",
  judgesFound: "전체 적중 중 포착",
  of: (n, all, share) => `${n}/${all} (${share})`,
  pastTitle: "과거 일봉에서",
  pastNone: "이 서버에는 아직 백테스트 결과가 없습니다.",
  toOutcomes: "성과 보기",
};

const EN: OutcomeTexts = {
  listTitle: (group, sessions) => `${group}: results after ${sessions} sessions`,
  listBack: "Outcomes",
  live: "Signals listed by this server. The grade is the one before the entry.",
  study:
    "Entries of the backtest, which judged past bars by today's rules. They were not on this server's list at the time.",
  adds: (count, closed, mean) => `${count} signals, ${closed} completed, ${mean}: the figures of the row.`,
  mean: (change) => `average ${change}`,
  tooFew: "no average below 30",
  emptyRow: "This row has no signals.",
  notMeasured: "Nothing measured yet.",
  share: "Stock",
  grade: "Grade at entry",
  listedOn: "Listed",
  entered: "Entered",
  entry: "Entry",
  stop: "Stop",
  after: (sessions) => `After ${sessions} sessions`,
  running: "running",
  risk: "R",
  touch: (sessions) => `Touched first (${sessions} sessions)`,
  touches: { stop: "stop", target: "2R", none: "neither" },
  more: (left) => `Show more (${left} left)`,
  moreBusy: "Loading",
  shown: (shown, all) => `${shown} of ${all}`,
  archiveTitle: "Ended signals",
  archiveLead: "Signals that have ended on this server, most recent first.",
  archiveNone: "No signal has ended yet.",
  archiveNoMatch: "No ended signal matches these filters.",
  filters: "Filters",
  text: "Name or code",
  market: "Market",
  any: "All",
  ending: "How it ended",
  endings: {
    stopped: "Stopped out after the breakout",
    broken: "Base broken before a breakout",
    over: "Ran out of time after the breakout",
    left: "Left the list before a breakout",
  },
  from: "Ended from",
  to: "Ended to",
  clear: "Clear filters",
  endedOn: "Ended",
  born: "Listed",
  days: "Days",
  triggered: "Entry reached",
  fromEntry: "Last price vs entry",
  toArchive: "Ended signals",
  toMethod: "Method and evidence",
  methodTitle: "Method and evidence",
  methodLead: (version) =>
    `What gets listed and how it is graded. Rules and numbers come straight from the rules this server runs (${version}).`,
  unknownTitle: "What is not known",
  unknown: (hits, listed) => [
    `Not everything listed is a VCP. Of ${listed} listings judged separately, strict judges called ${hits} a VCP: two in five.`,
    "Grades rate the form, not what follows. The data so far show no order in which better grades rose more.",
    "The limits were chosen on the same bars they are judged on. No out-of-sample data confirm them.",
    "Fees, taxes and spreads are not deducted, and delisted stocks may be missing from the data.",
    "News, earnings and filings are not used: only prices and volumes.",
  ],
  scoreTitle: "Score",
  scoreLead: (terms, points) =>
    `The score adds up ${terms} terms of 0 to ${points} points each. What cannot be measured scores 0 and is marked.`,
  most: "Maximum",
  gradesTitle: "Grades",
  judgesTitle: "Compared with human judgement",
  judgesLead:
    "Three people independently judged charts without names. A hit is a chart they called a VCP or good.",
  judgesSet: "Charts",
  judgesSets: [
    "Charts used to choose the rules",
    "Other stocks and dates, drawn near the list's edge",
    "Drawn from listed stocks, judged for the first time",
  ],
  judgesListed: "Listed",
  judgesHits: "Hits among them",
  judgesFound: "Hits found of all",
  of: (n, all, share) => `${n}/${all} (${share})`,
  pastTitle: "On past bars",
  pastNone: "This server has no backtest yet.",
  toOutcomes: "See the outcomes",
};

export const OUTCOME_TEXTS: Readonly<Record<Locale, OutcomeTexts>> = { ko: KO, en: EN };
