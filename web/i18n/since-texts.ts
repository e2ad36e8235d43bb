/** Texts of what has changed since the last visit, over a gap and by the last scan, which load behind the list. */
import type { SinceKind } from "../view/since/since-changes.ts";
import { lengthOf } from "./length-of-time.ts";
import type { Locale } from "./locale.ts";

const ko = {
  title: "지난 방문 이후",
  first: "첫 방문: 30분 넘게 비우면 변경 표시",
  checking: "바뀐 시그널 확인 중",
  none: "바뀐 시그널이 없습니다.",
  since: (time: string): string => `${time} 이후`,
  gap: (seconds: number): string => `${lengthOf(seconds, { s: "초", min: "분", h: "시간" })} 공백 중 변경`,
  gapNone: "공백 동안 바뀐 시그널이 없습니다.",
  more: (n: number): string => `모두 보기 ${n}건`,
  less: "접기",
  changesTitle: "마지막 스캔 이후 변경",
  changesBorn: (n: number): string => `신규 ${n}`,
  changesMoved: (n: number): string => `변경 ${n}`,
  changesEnded: (n: number): string => `종료 ${n}`,
  changesCorrected: (n: number): string => `정정 ${n}`,
  changesLeft: (n: number): string => `이 화면을 연 뒤 종료 ${n}`,
  changesNone: "마지막 스캔 이후 바뀐 시그널이 없습니다.",
  changesUnknown: "스캔이 끝나면 변경 내역이 여기에 표시됩니다.",
  changesMore: (n: number): string => `${n}건 더 보기`,
  formingTitle: "오늘 형성 중 (잠정)",
  formingAt: (time: string): string => `${time} 시세 기준`,
  formingCount: (n: number): string => `${n}종목`,
  formingNone: "현재 시세로 신규 포착되는 종목이 없습니다.",
  changeBorn: "신규",
  changeCorrected: "정정",
  kinds: {
    failed: "손절·이탈",
    breakout: "돌파",
    touched: "터치",
    born: "신규",
    moved: "변경",
    ended: "종료",
  } satisfies Readonly<Record<SinceKind, string>>,
};

export type SinceTexts = typeof ko;

const en: SinceTexts = {
  title: "Since you were here",
  first: "First visit: changes show after 30 min.",
  checking: "Looking for changes",
  none: "No signal has changed.",
  since: (time) => `since ${time}`,
  gap: (seconds) => `Changes during a gap of ${lengthOf(seconds, { s: " s", min: " min", h: " h" })}`,
  gapNone: "No signal changed during the gap.",
  more: (n) => `Show all ${n}`,
  less: "Show fewer",
  changesTitle: "Last scan and since",
  changesBorn: (n) => `${n} new`,
  changesMoved: (n) => `${n} changed`,
  changesEnded: (n) => `${n} ended`,
  changesCorrected: (n) => `${n} corrected`,
  changesLeft: (n) => `${n} more ended while this page was open`,
  changesNone: "No signal has changed in the last scan or since.",
  changesUnknown: "Changes appear here once a scan has finished.",
  changesMore: (n) => `Show ${n} more`,
  formingTitle: "Forming today (provisional)",
  formingAt: (time) => `at prices of ${time}`,
  formingCount: (n) => `${n} ${n === 1 ? "stock" : "stocks"}`,
  formingNone: "No new signal at these prices.",
  changeBorn: "New",
  changeCorrected: "Corrected",
  kinds: {
    failed: "Stopped out",
    breakout: "Breakout",
    touched: "Touched",
    born: "New",
    moved: "Changed",
    ended: "Ended",
  },
};

export const SINCE_TEXTS: Readonly<Record<Locale, SinceTexts>> = { ko, en };
