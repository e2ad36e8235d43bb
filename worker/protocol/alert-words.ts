/** What alerts are called in Korean and English: one table for the messages that leave the server and for its pages. */
import type { AlertKind, SignalAlert } from "../core/alerts/alert-event.ts";
import type { GateStatus } from "../core/scan/gate.ts";

/** The languages of messages. */
export type AlertLanguage = "ko" | "en";

interface AlertWords {
  readonly kinds: Readonly<Record<AlertKind, string>>;
  /** Of `near`, in place of its kind: within so many per cent of the pivot. */
  readonly within: (percent: number) => string;
  /** Of `failed` before the trigger, in place of its kind: the low of the base was broken, and not a stop. */
  readonly baseBroken: string;
  readonly gates: Readonly<Record<GateStatus, string>>;
}

export const ALERT_WORDS: Readonly<Record<AlertLanguage, AlertWords>> = {
  ko: {
    kinds: {
      new: "신규 시그널",
      near: "피벗 임박",
      touched: "피벗 터치",
      confirmed: "돌파 확정",
      squat: "되밀림",
      failed: "손절가 이탈",
      extended: "확장",
      gate: "시장 게이트 변경",
      scan_overdue: "스캔 지연",
      feed_stale: "실시간 시세 지연",
    },
    within: (percent) => `피벗 ${percent}% 이내`,
    baseBroken: "베이스 저점 이탈",
    gates: { GREEN: "우호", YELLOW: "주의", RED: "비우호", UNKNOWN: "판단 보류" },
  },
  en: {
    kinds: {
      new: "New signal",
      near: "Near the pivot",
      touched: "Pivot touched",
      confirmed: "Breakout confirmed",
      squat: "Squat",
      failed: "Failed at the stop",
      extended: "Extended",
      gate: "Market gate changed",
      scan_overdue: "Scan overdue",
      feed_stale: "Live prices stopped",
    },
    within: (percent) => `Within ${percent}% of the pivot`,
    baseBroken: "Broke the base low",
    gates: { GREEN: "favourable", YELLOW: "caution", RED: "unfavourable", UNKNOWN: "undecided" },
  },
};

/** What decides how an event is called; a step and a reason are `null` where its kind has none. */
export interface CalledEvent {
  readonly kind: AlertKind;
  readonly within: SignalAlert["within"];
  readonly reason: string | null;
}

/** AL80: what happened, in a few words. */
export function calledIn(
  { kinds, within: withinOf, baseBroken }: AlertWords,
  { kind, within, reason }: CalledEvent,
): string {
  if (kind === "near" && within !== null) {
    return withinOf(within);
  }
  return kind === "failed" && reason === "BASE_FAIL" ? baseBroken : kinds[kind];
}
