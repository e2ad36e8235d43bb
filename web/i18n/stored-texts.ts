/** Texts of the note over a page that was opened without a network; they load with it. */
import type { Locale } from "./locale.ts";

const ko = {
  title: (time: string): string => `오프라인: ${time} KST에 받은 상태이며 실시간이 아닙니다.`,
  help: "연결되면 자동으로 새로 엽니다.",
};

export type StoredTexts = typeof ko;

const en: StoredTexts = {
  title: (time) => `Offline: the state received at ${time} KST, not live.`,
  help: "It reloads once you are back online.",
};

export const STORED_TEXTS: Readonly<Record<Locale, StoredTexts>> = { ko, en };
