/** Texts of a list without rows, which load with it: why it is empty, and what one can do about it. */
import type { Locale } from "./locale.ts";

const ko = {
  emptyNoBarsTitle: "아직 일봉 데이터가 없습니다",
  emptyNoBarsText: "KRX 일봉 파일을 가져오면 스캔을 실행할 수 있습니다. 터미널에서 실행하세요.",
  emptyNoBarsKey: "또는 API 키를 설정해 자동으로 받기",
  emptyNothingTitle: "조건을 모두 충족한 종목이 없습니다",
  emptyNothingText: (universe: string, base: string): string =>
    `${universe}개 종목 중 수축 베이스가 있는 종목은 ${base}개이며, 이 중 형태 규칙을 모두 충족한 종목은 없습니다.`,
  emptyNotScannedTitle: "아직 스캔하지 않았습니다",
  emptyNotScannedText: "시그널은 장 마감 후 스캔이 끝나면 나타납니다.",
  filterEmptyTitle: "선택한 조건에 맞는 시그널이 없습니다",
  filterEmptyText: "조건을 해제하면 보이는 시그널 수입니다.",
  filterLift: (name: string, n: string): string => `${name} 해제: ${n}개`,
  filterShowAll: (n: string): string => `모두 보기: ${n}개`,
};

export type EmptyTexts = typeof ko;

const en: EmptyTexts = {
  emptyNoBarsTitle: "No daily bars yet",
  emptyNoBarsText: "Import KRX daily bars to run a scan. In a terminal:",
  emptyNoBarsKey: "Or set an API key to fetch them automatically",
  emptyNothingTitle: "No stock met every rule",
  emptyNothingText: (universe, base) =>
    `${base} of ${universe} stocks had a contraction base, and none of them met every rule of the form.`,
  emptyNotScannedTitle: "Not scanned yet",
  emptyNotScannedText: "Signals appear once the scan after the close has finished.",
  filterEmptyTitle: "No signal matches these filters",
  filterEmptyText: "Removing a filter shows:",
  filterLift: (name, n) => `Remove ${name}: ${n}`,
  filterShowAll: (n) => `Show all: ${n}`,
};

export const EMPTY_TEXTS: Readonly<Record<Locale, EmptyTexts>> = { ko, en };
