/** For tests: rows of a log of events, and a storage in memory that several tabs share. */
import { tradingDayOf } from "../../../worker/core/calendar/trading-day.ts";
import { encodeAlertEvent } from "../../../worker/protocol/rest/alert-events.ts";
import type { RecordPlace } from "../device/kept.ts";
import type { DeviceRule } from "./device-rules.ts";
import type { EventRow } from "./event-page.ts";

/** A Friday in session, 10:00 of Seoul. */
export const MORNING = Date.parse("2025-06-13T10:00:00.000+09:00");

const BASE = { exchange: "KRX", day: tradingDayOf(20_252), at: MORNING } as const;

export function kst(at: number): string {
  return `${new Date(at + 9 * 3_600_000).toISOString().slice(0, -1)}+09:00`;
}

/** Of a breakout, but for what is given. */
export function rowOf(position: number, more: Partial<EventRow> = {}): EventRow {
  const ticker = more.ticker ?? "005930";
  const signalId = `${ticker}.20250128.20250415`;
  const breakout = encodeAlertEvent(position, {
    ...BASE,
    id: `${signalId}:${more.kind ?? "confirmed"}:2025-06-13`,
    kind: "confirmed",
    signalId,
    ticker,
    name: "삼성전자",
    nameEn: "Samsung Electronics",
    market: "KOSPI",
    grade: "A",
    state: "CONFIRMED",
    price: 71_200,
    pivot: 70_000,
    entry: 70_100,
    stop: 66_500,
    within: null,
    reason: "breakout",
  });
  return { ...breakout, ...more };
}

export function withdrawalOf(position: number, key: string): EventRow {
  const id = `${key}:withdrawn@${position}`;
  return encodeAlertEvent(position, { ...BASE, kind: "withdrawn", id, of: key });
}

export function gateRow(position: number): EventRow {
  return encodeAlertEvent(position, {
    ...BASE,
    kind: "gate",
    id: `gate:${position}`,
    from: "YELLOW",
    to: "RED",
  });
}

/** On everything, at once, in the page. */
export const ANY_RULE: DeviceRule = {
  id: "any",
  name: "",
  isOn: true,
  kinds: ["new", "near", "touched", "confirmed", "squat", "failed", "extended", "gate"],
  within: 3,
  scope: { kind: "all" },
  cooldown: 0,
  quiet: null,
  digest: false,
  onlyOpen: false,
  language: "ko",
  channels: ["page"],
};

/** A storage in memory, which several tabs read and write at once. */
export function memoryPlace(entries: Readonly<Record<string, string>> = {}): RecordPlace & {
  readonly kept: Map<string, string>;
} {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    onOther: () => undefined,
    shelf: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
  };
}
