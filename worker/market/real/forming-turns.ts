/** DR14: the whole market judged every so many minutes of a running session, where the owner wants it. */
import { logFailure, type Log } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { FormingBook, RunningJudgement } from "../../app/ports/forming.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { marketPhase } from "../../core/session/market-phase.ts";
import type { SessionValues } from "./session-values.ts";
import { elapsedAt } from "./signal-prices.ts";

/** Before it the volume so far does not predict the day, as row 15 of LC has it. */
const FIRST_MS = 30 * 60_000;

export interface FormingTurnsDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Between the beginnings of two turns, milliseconds; 0 makes none. */
  readonly everyMs: number;
  book(): Pick<FormingBook, "judgeRunning">;
}

export class FormingTurns {
  readonly #deps: FormingTurnsDeps;
  #begunAt = Number.NEGATIVE_INFINITY;
  /** Of the running session. */
  latest: RunningJudgement | null = null;

  constructor(deps: FormingTurnsDeps) {
    this.#deps = deps;
  }

  begin(): void {
    this.latest = null;
    this.#begunAt = Number.NEGATIVE_INFINITY;
  }

  /** What is due. A turn that failed is a line of the log, and made at the next time. Never rejects. */
  async next(values: SessionValues): Promise<void> {
    const { clock, everyMs, log } = this.#deps;
    const now = clock.now();
    const { hours } = values;
    const isDue = everyMs > 0 && now >= hours.opensAt + FIRST_MS && now - this.#begunAt >= everyMs;
    if (!isDue || marketPhase(hours, now) !== "open") {
      return;
    }
    this.#begunAt = now;
    const indices = INDEX_CODES.flatMap((code) => {
      const price = values.index(code)?.price;
      return price === undefined ? [] : [{ code, price }];
    });
    try {
      const moment = { day: hours.day, elapsed: elapsedAt(now, hours), indices };
      this.latest = (await this.#deps.book().judgeRunning(moment)) ?? this.latest;
    } catch (error) {
      logFailure(log, "session_not_judged", error, { minutes: everyMs / 60_000 });
    }
  }
}
