/** Events of the alert log, made up, for whoever reads and describes them. */
import {
  type AlertKind,
  MARKET_ALERT_KINDS,
  SIGNAL_ALERT_KINDS,
  type SignalAlert,
  type ToldAlert,
} from "../../core/alerts/alert-event.ts";
import { dayOf } from "./signal-builder.ts";

const DAY = dayOf("2025-06-13");
/** 10:32:05 of Seoul on that day. */
export const EVENT_AT = Date.parse("2025-06-13T10:32:05.000+09:00");

/** A breakout on KRX, but for what is given. */
export function signalEvent(more: Partial<SignalAlert> = {}): SignalAlert {
  return {
    id: "900010.20250128.20250415:confirmed:20250613",
    exchange: "KRX",
    day: DAY,
    at: EVENT_AT,
    kind: "confirmed",
    signalId: "900010.20250128.20250415",
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
    ...more,
  };
}

/** One of each kind. */
export function eventOfKind(kind: AlertKind): ToldAlert {
  const base = { id: kind, exchange: "KRX", day: DAY, at: EVENT_AT } as const;
  const ofMarket = MARKET_ALERT_KINDS.find((one) => one === kind);
  const ofSignal = SIGNAL_ALERT_KINDS.find((one) => one === kind);
  if (ofMarket !== undefined) {
    return ofMarket === "gate"
      ? { ...base, kind: ofMarket, from: "GREEN", to: "RED" }
      : { ...base, kind: ofMarket };
  }
  return signalEvent({ kind: ofSignal ?? "new", within: kind === "near" ? 3 : null });
}
