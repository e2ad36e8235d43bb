/**
 * AL10, AL11: what one correction adds to the alert log. What it takes back of the signals' log is taken back here as well; of what
 * it logs anew the last session alone is told, because earlier ones are no news.
 */
import { type AlertEvent, keyOf } from "../../core/alerts/alert-event.ts";
import { alertKey, kindsOf, signalAlerts } from "../../core/alerts/signal-alerts.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import type { ScanRun, StoredEvent } from "../ports/scan-ledger.ts";
import type { Rewriting } from "./corrected-signals.ts";

interface Corrected {
  readonly run: ScanRun;
  /** The last session that was judged again; `null` when none is left. */
  readonly day: TradingDay | null;
  readonly at: number;
  /** The log as it stood. */
  readonly logged: readonly StoredEvent[];
  readonly rewritings: readonly Rewriting[];
  readonly nameEn: (ticker: Ticker) => string | null;
}

/** Pure: the same correction adds the same events. */
export function correctionAlerts(x: Corrected): readonly AlertEvent[] {
  const logged = new Map(x.logged.map((event) => [placeOf(event), event]));
  return x.rewritings.flatMap((one) => alertsOf(one, logged, x));
}

function placeOf({ signalId, seq }: Pick<StoredEvent, "signalId" | "seq">): string {
  return `${signalId} ${seq}`;
}

function alertsOf(
  { signal, isWithdrawn, superseded, events }: Rewriting,
  logged: ReadonlyMap<string, StoredEvent>,
  { run, day, at, nameEn }: Corrected,
): readonly AlertEvent[] {
  const { exchange, id: signalId } = signal;
  const taken = (of: string, on: TradingDay): AlertEvent => ({
    id: `${of}:withdrawn@${run.id}`,
    exchange,
    day: on,
    at,
    kind: "withdrawn",
    of,
  });
  if (isWithdrawn) {
    return [taken(signalId, signal.bornOn)];
  }
  const before = superseded.flatMap((place) => logged.get(placeOf(place)) ?? []);
  const stated = new Map(before.flatMap((event) => keysOf(signalId, event).map((key) => [key, event.day])));
  const again = new Set(events.flatMap((event) => keysOf(signalId, event)));
  const fresh = signalAlerts(
    // Only rows of the log: a price that was near is no part of it.
    {
      before: signal,
      after: signal,
      events: events.filter((event) => event.day === day),
      day: day ?? signal.bornOn,
    },
    { at, nameEn: nameEn(signal.ticker) },
    PARAMS,
  ).filter(({ id }) => !stated.has(id));
  return [
    ...[...stated].filter(([key]) => !again.has(key)).map(([key, on]) => taken(key, on)),
    ...fresh.map((event) => ({ ...event, id: `${keyOf(event.id)}@${run.id}` })),
  ];
}

function keysOf(
  signalId: string,
  event: Pick<StoredEvent, "day" | "from" | "to" | "reason" | "values">,
): readonly string[] {
  return kindsOf(event, PARAMS).map((kind) => alertKey(signalId, kind, event.day));
}
