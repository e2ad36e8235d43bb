/** MD60: the exchange of an owner who set a vendor's key and chose none becomes the active one, once it has something to show. */
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Settings } from "../../app/ports/settings.ts";
import type { Clock } from "../../app/ports/clock.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SwitchInProgress } from "../book/exchange-switch.ts";
import type { StepTable } from "./step-table.ts";
import { writeStepNote } from "../../core/session/step-note.ts";

export interface FirstActivationDeps {
  readonly ports: {
    readonly clock: Clock;
    readonly ledger: Pick<RunLedger, "lastRun">;
    readonly settings: Pick<Settings, "chooseFirst">;
  };
  readonly log: Log;
  readonly steps: StepTable;
  exchange(): Exchange;
  readonly switch: Pick<SwitchInProgress, "seeThrough">;
}

export class FirstActivation {
  readonly #deps: FirstActivationDeps;

  constructor(deps: FirstActivationDeps) {
    this.#deps = deps;
  }

  /** With the past in the book. Never rejects: what failed is tried again at the clock's next turn. */
  async attempt(): Promise<void> {
    const { log, ports, steps } = this.#deps;
    const exchange = this.#deps.exchange();
    try {
      if (steps.newest("activation") !== null) {
        return;
      }
      if ((await ports.ledger.lastRun(exchange, ["done"])) === null) {
        return;
      }
      const made = await this.#deps.switch.seeThrough(async () => ports.settings.chooseFirst(exchange));
      const text =
        made === null ? writeStepNote("chosen_before", {}) : writeStepNote("activated", { exchange });
      const now = ports.clock.now();
      steps.note(
        { kind: "activation", day: tradingDayAt(now) },
        { status: "stored", moved: false, text },
        now,
      );
      log.write("info", "first_activation_ended", { exchange, text });
    } catch (error) {
      // Recorded or not: asked again, the store knows, and a switch that was recorded is seen through by the alarm.
      logFailure(log, "first_activation_failed", error, { exchange });
    }
  }
}
