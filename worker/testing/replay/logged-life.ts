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

function after(told: LoggedLife, { day, to, reason, values }: SignalEvent): LoggedLife {
  const { pivot } = values;
  return {
    state: to,
    reason,
    bornOn: told.bornOn ?? day,
    endedOn: isOpen(to) ? null : day,
    pivot: typeof pivot === "number" ? pivot : told.pivot,
  };
}

/** `events` are those of the signal, oldest first. Empty when the log tells the signal as it is stored. */
export function logFaults(signal: Signal, events: readonly SignalEvent[]): readonly string[] {
  const faults: string[] = [];
  let told = UNBORN;
  for (const [i, event] of events.entries()) {
    const at = `${signal.id}/${event.seq} ${event.from}>${event.to} ${event.reason}`;
    if (event.seq !== i + 1) {
      faults.push(`${at} is number ${i + 1} of its log`);
    }
    if (event.from !== told.state) {
      faults.push(`${at} follows ${told.state}`);
    }
    if (rowOf(event) === null) {
      faults.push(`${at} stands in no row`);
    }
    told = after(told, event);
  }
  const { state, reason, bornOn, endedOn, base } = signal;
  for (const [field, stored] of Object.entries({ state, reason, bornOn, endedOn })) {
    const said = Object.entries(told).find(([key]) => key === field)?.[1];
    if (said !== stored) {
      faults.push(`${signal.id} is stored with ${field} ${stored}, its log tells ${said}`);
    }
  }
  // Factors of several actions may be multiplied in another order.
  if (told.pivot === null || Math.abs(told.pivot / base.pivot - 1) > 1e-9) {
    faults.push(`${signal.id} is stored with pivot ${base.pivot}, its log tells ${told.pivot}`);
  }
  return faults;
}
