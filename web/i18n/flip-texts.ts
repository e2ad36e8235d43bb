/** Texts of flipping through the list, which load with what is flipped. */
import type { Locale } from "./locale.ts";

const ko = {
  title: "시그널 넘겨 보기",
  previous: "이전",
  next: "다음",
  previousLong: "이전 시그널",
  nextLong: "다음 시그널",
  place: (position: string, count: string): string => `${position} / ${count}`,
  outside: (count: string): string => `목록 밖 / ${count}`,
  /** Spoken after a step. */
  spoken: (name: string, position: string, count: string): string => `${name}, ${count}개 중 ${position}번째`,
  beside: "고른 시그널",
  openPage: "시그널 페이지",
  choose: "목록에서 종목을 고르면 차트가 여기에 나옵니다.",
};

export type FlipTexts = typeof ko;

const en: FlipTexts = {
  title: "Flip through signals",
  previous: "Previous",
  next: "Next",
  previousLong: "Previous signal",
  nextLong: "Next signal",
  place: (position, count) => `${position} / ${count}`,
  outside: (count) => `Off the list / ${count}`,
  spoken: (name, position, count) => `${name}, ${position} of ${count}`,
  beside: "Selected signal",
  openPage: "Signal page",
  choose: "Pick a row: its chart shows here.",
};

export const FLIP_TEXTS: Readonly<Record<Locale, FlipTexts>> = { ko, en };
