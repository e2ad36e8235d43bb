/** A page of the exchange's log of events as the server gives it, and one of its rows as the rules read it. */
import {
  MARKET_ALERT_KINDS,
  SIGNAL_ALERT_KINDS,
  type ToldAlert,
} from "../../../worker/core/alerts/alert-event.ts";
import { parseTradingDay } from "../../../worker/core/calendar/trading-day.ts";
import {
  type AlertEventRow,
  AlertEventsBody,
  MOST_EVENTS,
} from "../../../worker/protocol/rest/alert-events.ts";
import { fetchJson } from "../fetch-json.ts";

export type EventRow = AlertEventRow;
export type EventPage = AlertEventsBody;

/** Most rows of one answer. */
export const PAGE_ROWS = MOST_EVENTS;

/** `after` `null`: only where the log ends. Rejects with a RequestError. */
export async function fetchEvents(after: number | null, abort: AbortSignal): Promise<EventPage> {
  const query = after === null ? "limit=1" : `after=${after}&limit=${PAGE_ROWS}`;
  return fetchJson(`/api/kr/events?${query}`, AlertEventsBody, abort);
}

const GATES = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;

/** A colour that this page does not know is one without a verdict. */
export function gateOf(text: string | null): (typeof GATES)[number] {
  return GATES.find((one) => one === text) ?? "UNKNOWN";
}

function signalOf(row: EventRow, exchange: EventPage["exchange"]): ToldAlert | null {
  const kind = SIGNAL_ALERT_KINDS.find((one) => one === row.kind);
  const { signal_id: signalId, ticker, name, grade, state, price, pivot, entry, stop } = row;
  const day = parseTradingDay(row.day);
  if (
    kind === undefined ||
    day === null ||
    signalId === null ||
    ticker === null ||
    name === null ||
    grade === null ||
    state === null ||
    price === null ||
    pivot === null ||
    entry === null ||
    stop === null
  ) {
    return null;
  }
  const { id, name_en: nameEn, market, within } = row;
  const base = { id, exchange, day, at: Date.parse(row.at), kind, signalId, ticker, name, nameEn, market };
  return { ...base, grade, state, price, pivot, entry, stop, within, reason: row.reason ?? "" };
}

/** As the rules of the core read it; `null` for a kind that this page does not know, a row without what its kind has, and a correction. */
export function alertOf(row: EventRow, exchange: EventPage["exchange"]): ToldAlert | null {
  const kind = MARKET_ALERT_KINDS.find((one) => one === row.kind);
  const day = parseTradingDay(row.day);
  if (kind === undefined || day === null) {
    return signalOf(row, exchange);
  }
  const base = { id: row.id, exchange, day, at: Date.parse(row.at) };
  return kind === "gate" ? { ...base, kind, from: gateOf(row.from), to: gateOf(row.to) } : { ...base, kind };
}
