/** Sentences that a screen reader announces by itself, which load with what announces them. */
import type { Locale } from "./locale.ts";

const ko = {
  connOfflineNote: "서버와 연결이 끊겼습니다. 아래 값은 마지막으로 수신한 값입니다.",
  pausedNote: "실시간 갱신을 일시정지했습니다. 그동안 들어온 변경은 재개하면 반영됩니다.",
  changesSpoken: (born: number, moved: number, ended: number): string =>
    `시그널 변화: 신규 ${born}건, 상태 변경 ${moved}건, 종료 ${ended}건`,
};

export type SpokenTexts = typeof ko;

const en: SpokenTexts = {
  connOfflineNote: "Connection to the server lost. The values below are the last ones received.",
  pausedNote: "Live data is paused. Changes that arrive meanwhile appear when you resume.",
  changesSpoken: (born, moved, ended) => `Signals: ${born} new, ${moved} changed state, ${ended} ended`,
};

export const SPOKEN_TEXTS: Readonly<Record<Locale, SpokenTexts>> = { ko, en };
