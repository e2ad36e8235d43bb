/** Alerts, rules and messages, made up, so that a test states only what it is about. */
import type { AlertMessage } from "../../app/ports/alert-channel.ts";
import {
  type AlertKind,
  MARKET_ALERT_KINDS,
  SIGNAL_ALERT_KINDS,
  type SignalAlert,
  type ToldAlert,
} from "../../core/alerts/alert-event.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import { dayOf } from "./signal-builder.ts";

const DAY = dayOf("2025-06-13");
/** 10:32:05 of Seoul on that day. */
export const ALERT_AT = Date.parse("2025-06-13T10:32:05.000+09:00");

/** A breakout on KRX, but for what is given. */
export function makeAlert(overrides: Partial<SignalAlert> = {}): SignalAlert {
  const signalId = overrides.signalId ?? "900010.20250128.20250415";
  return {
    id: `${signalId}:${overrides.kind ?? "confirmed"}:20250613`,
    exchange: "KRX",
    day: DAY,
    at: ALERT_AT,
    kind: "confirmed",
    signalId,
    ticker: "900010",
    name: "한빛전자",
    nameEn: null,
    market: "KOSPI",
    grade: "A",
    state: "CONFIRMED",
    price: 71_200,
    pivot: 70_000,
    entry: 70_100,
    stop: 66_500,
    within: null,
    reason: "breakout",
    ...overrides,
  };
}

/** One of each kind. */
export function alertOfKind(kind: AlertKind): ToldAlert {
  const base = { id: kind, exchange: "KRX", day: DAY, at: ALERT_AT } as const;
  const ofMarket = MARKET_ALERT_KINDS.find((one) => one === kind);
  const ofSignal = SIGNAL_ALERT_KINDS.find((one) => one === kind);
  if (ofMarket !== undefined) {
    return ofMarket === "gate"
      ? { ...base, kind: ofMarket, from: "GREEN", to: "RED" }
      : { ...base, kind: ofMarket };
  }
  return makeAlert({ kind: ofSignal ?? "new", within: kind === "near" ? 3 : null });
}

/** Every touch of every share, at once. */
export function makeRule(overrides: Partial<AlertRule> = {}): AlertRule {
  return {
    id: "touches",
    name: "Touches",
    isOn: true,
    kinds: ["touched"],
    within: 3,
    scope: { kind: "all" },
    cooldown: 0,
    quiet: null,
    digest: false,
    onlyOpen: false,
    language: "en",
    channels: [],
    ...overrides,
  };
}

/** Of the breakout of {@link makeAlert}, with signs of markup. */
export function makeAlertMessage(overrides: Partial<AlertMessage> = {}): AlertMessage {
  const event = makeAlert();
  return {
    key: "r1-c1-20260930_0007",
    kind: "alert",
    language: "ko",
    title: "돌파 확정 · 한빛전자 900010",
    text: "돌파 확정 · 한빛전자 900010\n현재 71,200 · 피벗 70,000 · 손절 66,500\n10:32 KST <데모> & *시험*\n매수·매도 권유가 아닙니다.",
    url: `https://radar.example/signals/${event.signalId}`,
    at: event.at,
    events: [event],
    total: 1,
    ...overrides,
  };
}
