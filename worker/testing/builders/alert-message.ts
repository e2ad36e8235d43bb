/** Messages and events of alerts, made up, for what sends and receives them. */
import type { AlertMessage } from "../../app/ports/alert-channel.ts";
import type { AlertEvent, SignalAlert } from "../../core/alerts/alert-event.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";

/** 2026-11-30 10:15 in Seoul. */
const ALERT_AT = Date.UTC(2026, 10, 30, 1, 15);

const BASE = { exchange: "DEMO", day: tradingDayOf(20_787), at: ALERT_AT } as const;

function signalAlert(patch: Partial<SignalAlert> = {}): SignalAlert {
  return {
    ...BASE,
    id: "DEMO:900010:7:confirmed:2026-11-30",
    kind: "confirmed",
    signalId: "DEMO:900010:7",
    ticker: "900010",
    name: "한빛전자",
    nameEn: "Hanbit Electronics",
    market: "KOSDAQ",
    grade: "A",
    state: "CONFIRMED",
    price: 12_350,
    pivot: 12_000,
    entry: 12_010,
    stop: 11_280,
    within: null,
    reason: "BREAKOUT",
    ...patch,
  };
}

/** One of each shape. */
export const ALERT_EVENTS: readonly AlertEvent[] = [
  signalAlert(),
  signalAlert({ id: "DEMO:900010:7:near3:2026-11-30", kind: "near", within: 3, nameEn: null, market: null }),
  { ...BASE, id: "DEMO:gate:2026-11-30", kind: "gate", from: "GREEN", to: "RED" },
  { ...BASE, id: "DEMO:scan:2026-11-30", kind: "scan_overdue" },
  { ...BASE, id: "DEMO:feed:2026-11-30", kind: "feed_stale" },
  { ...BASE, id: "DEMO:900010:7:withdrawn@2", kind: "withdrawn", of: "DEMO:900010:7:confirmed:2026-11-30" },
];

export function alertMessage(patch: Partial<AlertMessage> = {}): AlertMessage {
  return {
    key: "r1-c1-20260930_0007",
    kind: "alert",
    language: "ko",
    title: "돌파 확정 · 한빛전자 900010",
    text: "돌파 확정 · 한빛전자 900010\n현재 12,350 · 피벗 12,000 · 손절 11,280\n10:15 KST <데모> & *시험*\n매수·매도 권유가 아닙니다.",
    url: "https://radar.example/signals/DEMO:900010:7",
    at: ALERT_AT,
    events: [signalAlert()],
    total: 1,
    ...patch,
  };
}
