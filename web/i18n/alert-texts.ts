/** Texts of the notices of alerts over every page, which load behind its first rows. */
import { ALERT_WORDS, type CalledEvent, calledIn } from "../../worker/protocol/alert-words.ts";
import type { Locale } from "./locale.ts";

/** Of one event, as the page shows its values; a line breaks between them and not within one. */
export interface ShownFacts {
  readonly price: string;
  readonly pivot: string;
  readonly stop: string;
}

const ko = {
  region: "알림",
  kinds: ALERT_WORDS.ko.kinds,
  called: (event: CalledEvent): string => calledIn(ALERT_WORDS.ko, event),
  unknownKind: "알림",
  facts: ({ price, pivot, stop }: ShownFacts): string =>
    `가격\u00A0${price} · 피벗\u00A0${pivot} · 손절\u00A0${stop}`,
  gates: ALERT_WORDS.ko.gates,
  turned: (from: string, to: string): string => `${from} → ${to}`,
  time: (clock: string): string => `${clock}\u00A0KST`,
  demoTime: (day: string, clock: string): string => `데모 기준일 ${day} (실제 시각 ${clock}\u00A0KST)`,
  more: (n: string): string => `외 ${n}건`,
  withdrawn: "정정으로 취소됨",
  toList: "오늘의 알림",
  toRules: "알림 설정",
  close: "닫기",
  unread: (n: string): string => `알림, 읽지 않음 ${n}건`,
  bell: "알림",
  notAdvice: "매수·매도 권유가 아님",

  tellMe: "알려주기",
  tellMeOn: "알림 켜짐",
  asked: (name: string, kinds: string, isPushed: boolean): string =>
    `${name}: 관심 종목입니다. ${ko.askedStars(kinds, isPushed)}`,
  askedStars: (kinds: string, isPushed: boolean): string =>
    `관심 종목에 다음 일이 생기면 ${isPushed ? "이 화면과 푸시로" : "이 화면에서"} 알립니다: ${kinds}.`,
  notKept: "브라우저가 저장을 거부해 창을 닫으면 알림 설정이 사라집니다.",
  full: "별표나 알림 규칙에 자리가 없습니다. 줄인 뒤 다시 누르세요.",
};

export type AlertTexts = typeof ko;

const en: AlertTexts = {
  region: "Alerts",
  kinds: ALERT_WORDS.en.kinds,
  called: (event) => calledIn(ALERT_WORDS.en, event),
  unknownKind: "Alert",
  facts: ({ price, pivot, stop }) => `Price\u00A0${price} · pivot\u00A0${pivot} · stop\u00A0${stop}`,
  gates: ALERT_WORDS.en.gates,
  turned: (from, to) => `${from} → ${to}`,
  time: (clock) => `${clock}\u00A0KST`,
  demoTime: (day, clock) => `Demo session ${day} (real time ${clock}\u00A0KST)`,
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
  asked: (name, kinds, isPushed) => `${name} is starred. ${en.askedStars(kinds, isPushed)}`,
  askedStars: (kinds, isPushed) =>
    `For starred stocks this page now shows${isPushed ? ", and push sends" : ""}: ${kinds}.`,
  notKept: "The browser refuses to store it: the alert settings are gone when the window closes.",
  full: "There is no room for another star or alert rule. Remove one, then press again.",
};

export const ALERT_TEXTS: Readonly<Record<Locale, AlertTexts>> = { ko, en };
