/** The alert log, as a page reads on from its own position. */
import * as v from "valibot";
import { type AlertEvent, isSignalAlert, NEAR_STEPS } from "../../core/alerts/alert-event.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../format.ts";
import { LatinName } from "../latin-name.ts";
import { latinName } from "../romanise.ts";
import {
  Count,
  ExchangeName,
  Figure,
  GradeName,
  KstTime,
  listOf,
  MarketName,
  SessionDate,
  StateName,
} from "../vocabulary.ts";

/** Most rows of one answer. */
export const MOST_EVENTS = 200;

const Text = v.pipe(v.string(), v.maxLength(300));

/** One event; what its kind does not have is `null`. */
export const AlertEventRow = v.object({
  /** Grows in the order of saving; of one event alone. */
  position: Count,
  id: Text,
  /** As `AlertKind` of the core, or `withdrawn`. A kind that a newer server adds is passed over, so any text is taken. */
  kind: Text,
  day: SessionDate,
  at: KstTime,
  signal_id: v.nullable(Text),
  ticker: v.nullable(Text),
  name: v.nullable(Text),
  ...LatinName,
  market: v.nullable(MarketName),
  grade: v.nullable(GradeName),
  state: v.nullable(StateName),
  price: v.nullable(Figure),
  pivot: v.nullable(Figure),
  entry: v.nullable(Figure),
  stop: v.nullable(Figure),
  /** Of `near` alone: the step that the price came within, in per cent below the pivot. */
  within: v.nullable(v.picklist(NEAR_STEPS)),
  reason: v.nullable(Text),
  /** Of `gate` alone: its colours. */
  from: v.nullable(Text),
  to: v.nullable(Text),
  /** In words of the server, for a kind that has neither values nor colours; none has any so far. */
  detail: v.nullable(Text),
  /** Of `withdrawn` alone: what was taken back, the key of an event (its id up to an `@`) or the id of a signal. */
  of: v.nullable(Text),
});
export type AlertEventRow = v.InferOutput<typeof AlertEventRow>;

/** Oldest first. */
export const AlertEventsBody = v.object({
  exchange: ExchangeName,
  /** No event that was ever written has a later position, of whatever exchange; 0 for an empty log. */
  last: Count,
  events: listOf(AlertEventRow),
});
export type AlertEventsBody = v.InferOutput<typeof AlertEventsBody>;

const NOTHING = {
  signal_id: null,
  ticker: null,
  name: null,
  name_en: null,
  romanised: null,
  market: null,
  grade: null,
  state: null,
  price: null,
  pivot: null,
  entry: null,
  stop: null,
  within: null,
  reason: null,
  from: null,
  to: null,
  detail: null,
  of: null,
} as const;

/** What an event has of its own kind, under the names of the wire: here and in the body of a webhook. */
export function ownFields(event: AlertEvent): Partial<AlertEventRow> {
  if (isSignalAlert(event)) {
    const { signalId, ticker, name, nameEn, market, grade, state, within, reason } = event;
    const { price, pivot, entry, stop } = event;
    const signal = { signal_id: signalId, ticker, name, name_en: nameEn, market, grade, state };
    return { ...signal, price, pivot, entry, stop, within, reason };
  }
  switch (event.kind) {
    case "gate": {
      return { from: event.from, to: event.to };
    }
    case "withdrawn": {
      return { of: event.of };
    }
    case "scan_overdue":
    case "feed_stale": {
      return {};
    }
  }
}

export function encodeAlertEvent(position: number, event: AlertEvent): AlertEventRow {
  const { id, kind } = event;
  return {
    ...NOTHING,
    position,
    id,
    kind,
    day: formatTradingDay(event.day),
    at: formatKst(event.at),
    ...ownFields(event),
    ...(isSignalAlert(event) ? latinName(event.name, event.nameEn) : {}),
  };
}
