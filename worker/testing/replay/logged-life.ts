/** What a reader of a signal's log knows of it, and where that is not what is stored (LC1, LC2). */
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import type { SignalState } from "../../core/vcp/signal-state.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { rowOf } from "./life-table.ts";

interface LoggedLife {
  readonly state: SignalState | null;
  readonly reason: string | null;
  readonly bornOn: TradingDay | null;
  readonly endedOn: TradingDay | null;
  readonly pivot: number | null;
}

const UNBORN: LoggedLife = { state: null, reason: null, bornOn: null, endedOn: null, pivot: null };

function after(logged: LoggedLife, { day, to, reason, values }: SignalEvent): LoggedLife {
  const { pivot } = values;
  return {
    state: to,
    reason,
    bornOn: logged.bornOn ?? day,
    endedOn: isOpen(to) ? null : day,
    pivot: typeof pivot === "number" ? pivot : logged.pivot,
  };
}

/** `events` are those of the signal, oldest first. Empty when the signal that follows from the log is the stored one. */
export function logFaults(signal: Signal, events: readonly SignalEvent[]): readonly string[] {
  const faults: string[] = [];
  let logged = UNBORN;
  for (const [i, event] of events.entries()) {
    const at = `${signal.id}/${event.seq} ${event.from}>${event.to} ${event.reason}`;
    if (event.seq !== i + 1) {
      faults.push(`${at} is number ${i + 1} of its log`);
    }
    if (event.from !== logged.state) {
      faults.push(`${at} follows ${logged.state}`);
    }
    if (rowOf(event) === null) {
      faults.push(`${at} stands in no row`);
    }
    logged = after(logged, event);
  }
  const { state, reason, bornOn, endedOn, base } = signal;
  for (const [field, stored] of Object.entries({ state, reason, bornOn, endedOn })) {
    const value = Object.entries(logged).find(([key]) => key === field)?.[1];
    if (value !== stored) {
      faults.push(`${signal.id} is stored with ${field} ${stored}, its log has ${value}`);
    }
  }
  // Factors of several actions may be multiplied in another order.
  if (logged.pivot === null || Math.abs(logged.pivot / base.pivot - 1) > 1e-9) {
    faults.push(`${signal.id} is stored with pivot ${base.pivot}, its log has ${logged.pivot}`);
  }
  return faults;
}
