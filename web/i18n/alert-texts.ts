/** Texts of the notices of alerts over every page, which load behind its first rows. */
import type { AlertKind } from "../../worker/core/alerts/alert-event.ts";
import type { Locale } from "./locale.ts";

/** Of one event, as the page shows its values. */
export interface ShownFacts {
  readonly price: string;
  readonly pivot: string;
  readonly stop: string;
}

const ko = {
  region: "알림",
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
  } satisfies Readonly<Record<AlertKind, string>>,
  unknownKind: "알림",
  within: (percent: string): string => `피벗 ${percent} 이내`,
  facts: ({ price, pivot, stop }: ShownFacts): string => `가격 ${price} · 피벗 ${pivot} · 손절 ${stop}`,
  gates: { GREEN: "우호", YELLOW: "주의", RED: "비우호", UNKNOWN: "판단 보류" },
  turned: (from: string, to: string): string => `${from} → ${to}`,
  time: (clock: string): string => `${clock} KST`,
  more: (n: string): string => `외 ${n}건`,
  withdrawn: "정정으로 취소됨",
  toList: "오늘의 알림",
  toRules: "알림 설정",
  close: "닫기",
  unread: (n: string): string => `알림, 읽지 않음 ${n}건`,
  bell: "알림",
  notAdvice: "매수·매도 권유가 아님",

  tellMe: "알려주기",
  tellMeOn: "알려주는 중",
  asked: (name: string, kinds: string): string =>
    `${name}: 관심 종목입니다. 관심 종목의 다음을 이 화면에서 알립니다: ${kinds}.`,
  notKept: "브라우저가 저장을 거부해 창을 닫으면 알림 설정이 사라집니다.",
  full: "별표나 알림 규칙에 자리가 없습니다. 줄인 뒤 다시 누르세요.",
};

export type AlertTexts = typeof ko;

const en: AlertTexts = {
  region: "Alerts",
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
  unknownKind: "Alert",
  within: (percent) => `within ${percent} of the pivot`,
  facts: ({ price, pivot, stop }) => `Price ${price} · pivot ${pivot} · stop ${stop}`,
  gates: { GREEN: "favourable", YELLOW: "caution", RED: "unfavourable", UNKNOWN: "withheld" },
  turned: (from, to) => `${from} → ${to}`,
  time: (clock) => `${clock} KST`,
  more: (n) => `and ${n} more`,
  withdrawn: "withdrawn by a correction",
  toList: "Alerts of the day",
  toRules: "Alert settings",
  close: "Close",
  unread: (n) => `Alerts, ${n} unread`,
  bell: "Alerts",
  notAdvice: "Not advice to buy or sell",

  tellMe: "Tell me",
  tellMeOn: "Alerts are on",
  asked: (name, kinds) => `${name} is starred. For starred stocks this page now shows: ${kinds}.`,
  notKept: "The browser refuses to store it: the alert settings are gone when the window closes.",
  full: "There is no room for another star or alert rule. Remove one, then press again.",
};

export const ALERT_TEXTS: Readonly<Record<Locale, AlertTexts>> = { ko, en };
