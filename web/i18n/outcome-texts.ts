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
  readonly touch: string;
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
  readonly lastGrade: string;
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
  listTitle: (group, sessions) => `${group}: ${sessions}거래일 뒤의 시그널`,
  listBack: "성과",
  live: "이 서버가 목록에 올린 시그널입니다. 등급은 진입 전 목록에 있던 것입니다.",
  study: "지난 일봉을 지금 규칙으로 판정한 연구의 진입입니다. 그때 이 서버의 목록에 있던 것이 아닙니다.",
  adds: (count, closed, mean) => `${count}건 가운데 ${closed}건 완료, ${mean}. 표의 수치와 같습니다.`,
  mean: (change) => `평균 ${change}`,
  tooFew: "30건 미만이라 평균 없음",
  emptyRow: "이 줄에는 시그널이 없습니다.",
  notMeasured: "아직 잰 것이 없습니다.",
  share: "종목",
  grade: "진입 때 등급",
  listedOn: "목록에 오른 날",
  entered: "진입일",
  entry: "진입가",
  stop: "손절가",
  after: (sessions) => `${sessions}거래일 뒤`,
  running: "진행 중",
  risk: "R",
  touch: "먼저 닿은 것",
  touches: { stop: "손절", target: "2R", none: "없음" },
  more: (left) => `더 보기 (${left}건 남음)`,
  moreBusy: "불러오는 중",
  shown: (shown, all) => `${all}건 가운데 ${shown}건`,
  archiveTitle: "끝난 시그널",
  archiveLead: "이 서버에서 끝난 시그널입니다. 최근에 끝난 것부터입니다.",
  archiveNone: "아직 끝난 시그널이 없습니다.",
  archiveNoMatch: "이 조건에 맞는 끝난 시그널이 없습니다.",
  filters: "조건",
  text: "종목명이나 코드",
  market: "시장",
  any: "전체",
  ending: "어떻게 끝났나",
  endings: {
    stopped: "돌파 뒤 손절 이탈",
    broken: "돌파 전 모양이 깨짐",
    over: "돌파 뒤 기간이 끝남",
    left: "돌파 전 목록에서 빠짐",
  },
  from: "끝난 날부터",
  to: "끝난 날까지",
  clear: "조건 지우기",
  endedOn: "끝난 날",
  born: "목록에 오른 날",
  days: "일수",
  lastGrade: "등급",
  triggered: "진입가에 닿은 날",
  fromEntry: "진입가 대비 마지막 값",
  toArchive: "끝난 시그널",
  toMethod: "방법과 근거",
  methodTitle: "방법과 근거",
  methodLead: (version) =>
    `무엇을 목록에 올리고 등급을 어떻게 매기는지입니다. 규칙과 수치는 이 서버가 쓰는 규칙 ${version}에서 그대로 옵니다.`,
  unknownTitle: "모르는 것",
  unknown: (hits, listed) => [
    `목록에 오른 것이 모두 VCP는 아닙니다. 따로 판정한 ${listed}건 가운데 엄격한 사람이 VCP로 본 것은 ${hits}건, 다섯에 둘입니다.`,
    "등급은 모양을 얼마나 잘 갖췄는지이며, 그 뒤의 수익이 아닙니다. 등급이 좋을수록 더 올랐다는 차례는 지금 자료에서 보이지 않습니다.",
    "규칙의 기준값은 판정에 쓴 일봉을 보면서 정했습니다. 한 번도 보지 않은 자료로 확인한 것이 아닙니다.",
    "수수료, 세금, 호가 차이를 빼지 않았고, 상장폐지된 종목은 자료에 없을 수 있습니다.",
    "뉴스, 실적, 공시는 보지 않습니다. 가격과 거래량뿐입니다.",
  ],
  scoreTitle: "점수",
  scoreLead: (terms, points) =>
    `점수는 ${terms}가지를 각각 0점에서 ${points}점까지 더한 것입니다. 잴 수 없는 것은 0점이며 그렇게 적습니다.`,
  most: "최고",
  gradesTitle: "등급",
  judgesTitle: "사람의 판정과 견주면",
  judgesLead:
    "서로 모르는 세 사람이 종목 이름 없이 차트를 보고 판정했습니다. 맞음은 ‘VCP’나 ‘좋음’으로 본 차트입니다.",
  judgesSet: "차트",
  judgesSets: [
    "규칙을 정할 때 본 차트",
    "다른 종목과 날짜 (목록 안팎에서 뽑음)",
    "목록에 오른 것을 뽑아 처음 판정",
  ],
  judgesListed: "목록에 오름",
  judgesHits: "그 가운데 맞음",
  judgesFound: "맞는 것 가운데 찾음",
  of: (n, all, share) => `${n}/${all} (${share})`,
  pastTitle: "지난 일봉에서",
  pastNone: "이 서버에는 아직 지난 일봉의 연구가 없습니다.",
  toOutcomes: "성과 보기",
};

const EN: OutcomeTexts = {
  listTitle: (group, sessions) => `${group}: signals after ${sessions} sessions`,
  listBack: "Outcomes",
  live: "Signals that this server listed. The grade is the one listed before the entry.",
  study:
    "Entries of the study, which judged past bars by today's rules. They were not on this server's list then.",
  adds: (count, closed, mean) => `${count} signals, ${closed} completed, ${mean}: the figures of the row.`,
  mean: (change) => `mean ${change}`,
  tooFew: "no mean below 30",
  emptyRow: "This row has no signals.",
  notMeasured: "Nothing has been measured yet.",
  share: "Stock",
  grade: "Grade at entry",
  listedOn: "Listed on",
  entered: "Entered on",
  entry: "Entry",
  stop: "Stop",
  after: (sessions) => `After ${sessions} sessions`,
  running: "running",
  risk: "R",
  touch: "Touched first",
  touches: { stop: "stop", target: "2R", none: "neither" },
  more: (left) => `Show more (${left} left)`,
  moreBusy: "Loading",
  shown: (shown, all) => `${shown} of ${all}`,
  archiveTitle: "Ended signals",
  archiveLead: "Signals that have ended on this server, the latest end first.",
  archiveNone: "No signal has ended yet.",
  archiveNoMatch: "No ended signal matches these filters.",
  filters: "Filters",
  text: "Name or code",
  market: "Market",
  any: "All",
  ending: "How it ended",
  endings: {
    stopped: "Stopped out after the breakout",
    broken: "Base broken before the breakout",
    over: "Ran its time after the breakout",
    left: "Left the list before the breakout",
  },
  from: "Ended from",
  to: "Ended to",
  clear: "Clear filters",
  endedOn: "Ended on",
  born: "Listed on",
  days: "Days",
  lastGrade: "Grade",
  triggered: "Entry reached on",
  fromEntry: "Last value against entry",
  toArchive: "Ended signals",
  toMethod: "Method and evidence",
  methodTitle: "Method and evidence",
  methodLead: (version) =>
    `What is listed, and how it is graded. Rules and numbers come straight from the rules ${version} that this server runs.`,
  unknownTitle: "What is not known",
  unknown: (hits, listed) => [
    `Not everything listed is a VCP. Of ${listed} listings judged apart, strict judges called ${hits} a VCP: two of five.`,
    "Grades say how well the form is met, not what follows. The data at hand show no order in which better grades rose more.",
    "The limits were chosen while looking at the bars that they are judged on. No untouched data confirm them.",
    "Fees, taxes and spreads are not taken off, and stocks that were delisted may be missing from the data.",
    "News, earnings and filings are not read: only prices and volumes.",
  ],
  scoreTitle: "Score",
  scoreLead: (terms, points) =>
    `The score adds up ${terms} terms of 0 to ${points} points each. What cannot be measured counts 0 and is marked.`,
  most: "At most",
  gradesTitle: "Grades",
  judgesTitle: "Beside people's judgement",
  judgesLead:
    "Three people who did not know of each other judged charts without names. A hit is a chart that they called a VCP or good.",
  judgesSet: "Charts",
  judgesSets: [
    "Charts seen while the rules were chosen",
    "Other stocks and dates, drawn near the list's edge",
    "Drawn from what was listed, judged for the first time",
  ],
  judgesListed: "Listed",
  judgesHits: "Hits among them",
  judgesFound: "Hits found of all",
  of: (n, all, share) => `${n}/${all} (${share})`,
  pastTitle: "On past bars",
  pastNone: "This server has no study of past bars yet.",
  toOutcomes: "See the outcomes",
};

export const OUTCOME_TEXTS: Readonly<Record<Locale, OutcomeTexts>> = { ko: KO, en: EN };
