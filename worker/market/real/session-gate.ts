/** DR17: the market gate of a running session, made anew as its indices move. In memory alone: the scan of the evening is the one that counts. */
import type { Clock } from "../../app/ports/clock.ts";
import type { FormingBook, ProvisionalGate, RunningJudgement } from "../../app/ports/forming.ts";
import { logFailure, type Log } from "../../app/ports/log.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { type GateBasis, runningGate } from "../../core/scan/running-gate.ts";
import type { SessionValues } from "./session-values.ts";

/** A gate is weather and no price: readers get a message of it this often at most. */
const GATE_MS = 10_000;

const contentOf = (made: ProvisionalGate | null): string => JSON.stringify(made && { ...made, at: 0 });

export interface SessionGateDeps {
  readonly clock: Clock;
  readonly log: Log;
  book(): Pick<FormingBook, "gateBasis">;
}

export class SessionGate {
  readonly #deps: SessionGateDeps;
  #basis: GateBasis | null = null;
  #madeAt = Number.NEGATIVE_INFINITY;
  #day: number | null = null;
  /** Of the running session, and after its end until the next one begins. */
  latest: ProvisionalGate | null = null;

  constructor(deps: SessionGateDeps) {
    this.#deps = deps;
  }

  begin(day: number): void {
    this.#day = day;
    this.latest = null;
    this.#madeAt = Number.NEGATIVE_INFINITY;
    this.forget();
  }

  /** The rows of closed sessions have changed. */
  forget(): void {
    this.#basis = null;
  }

  /** What is due. A basis that the book does not give is a line of the log, and asked for at the next time. Never rejects. */
  async next(values: SessionValues, judged: RunningJudgement | null): Promise<void> {
    const { clock, log } = this.#deps;
    const now = clock.now();
    const { day } = values.hours;
    const prices = INDEX_CODES.flatMap((code) => {
      const price = values.index(code);
      return price === null ? [] : [[code, price] as const];
    });
    if (prices.length === 0 || now - this.#madeAt < GATE_MS) {
      return;
    }
    this.#madeAt = now;
    try {
      const basis = this.#basis ?? (await this.#deps.book().gateBasis());
      if (this.#day !== day) {
        return;
      }
      this.#basis = basis;
      const made = runningGate(basis, {
        day,
        indices: Object.fromEntries(prices),
        judged: judged?.breadth ?? null,
        advancers: values.advancers(),
      });
      this.#show(made && { ...made, at: now });
    } catch (error) {
      logFailure(log, "gate_not_made", error);
    }
  }

  /** One that differs in its time alone is the one before. */
  #show(made: ProvisionalGate | null): void {
    if (contentOf(made) !== contentOf(this.latest)) {
      this.latest = made;
    }
  }
}
