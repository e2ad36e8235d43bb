/** LC2: the numbers of a signal's events, which a scan and a tick give by the same rule. */
import type { Step } from "../../core/lifecycle/life-event.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";

/** The step's transitions as events that follow the `before` ones already in the log. */
export function numberEvents({ signal, transitions }: Step, before: number): readonly SignalEvent[] {
  return transitions.map((transition, i) => ({ signalId: signal.id, seq: before + i + 1, ...transition }));
}
