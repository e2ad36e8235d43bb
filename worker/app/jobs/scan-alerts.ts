/** AL1, AL4: what one scan adds to the alert log. */
import type { AlertEvent, GateAlert } from "../../core/alerts/alert-event.ts";
import { signalAlerts } from "../../core/alerts/signal-alerts.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Signal, SignalEvent } from "../../core/lifecycle/signal.ts";
import type { Ticker } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import type { MarketGate } from "../../core/scan/gate.ts";

interface Scanned {
  readonly exchange: Exchange;
  /** The session that was scanned. */
  readonly day: TradingDay;
  readonly at: number;
  /** The open signals before the scan. */
  readonly before: readonly Signal[];
  readonly signals: readonly Signal[];
  readonly events: readonly SignalEvent[];
  readonly gates: readonly [before: MarketGate | null, after: MarketGate];
  readonly nameEn: (ticker: Ticker) => string | null;
}

/** Pure: the same scan adds the same events. */
export function scanAlerts(x: Scanned): readonly AlertEvent[] {
  const before = new Map(x.before.map((signal) => [signal.id, signal]));
  const events = Map.groupBy(x.events, ({ signalId }) => signalId);
  const ofSignals = x.signals.flatMap((after) => {
    const move = {
      before: before.get(after.id) ?? null,
      after,
      events: events.get(after.id) ?? [],
      day: x.day,
    };
    return signalAlerts(move, { at: x.at, nameEn: x.nameEn(after.ticker) }, PARAMS);
  });
  return [...ofSignals, ...gateAlerts(x)];
}

/** A gate that is scanned again is no change, and one without its points states nothing. */
function gateAlerts({ exchange, day, at, gates: [before, after] }: Scanned): readonly GateAlert[] {
  const isChange =
    before !== null &&
    before.day < after.day &&
    ![before.status, after.status].includes("UNKNOWN") &&
    before.status !== after.status;
  return isChange
    ? [
        {
          id: `${exchange}:gate:${day}`,
          exchange,
          day,
          at,
          kind: "gate",
          from: before.status,
          to: after.status,
        },
      ]
    : [];
}
