/** MD50: an owner's check of the sources in the object that asks them, so that it measures the place, the limits and the token of the day's own calls. */
import { checkSources } from "../../app/jobs/days/check-sources.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import type { SourceId } from "../../app/ports/market-sources.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import type { CheckableSources, SourceCheck } from "../../app/ports/source-check.ts";

export interface SourceChecksDeps {
  readonly clock: Clock;
  readonly log: Log;
  sources(): CheckableSources | null;
  states(): Promise<readonly SourceState[]>;
  /** What waited for a source that serves again goes on. */
  goOn(): Promise<void>;
}

/** A check costs some twenty calls: whoever asks in a loop does not spend the day's. */
const PAUSE_MS = 20_000;

export class SourceChecks {
  readonly #deps: SourceChecksDeps;
  /** One is enough for all who ask meanwhile. */
  #running: Promise<SourceCheck> | null = null;
  /** Of this life: when the last one ended. */
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: SourceChecksDeps) {
    this.#deps = deps;
  }

  /** `too_soon`: none was made. Never rejects for a vendor's failure. */
  async check(): Promise<SourceCheck | { readonly status: "too_soon"; readonly retryAt: number }> {
    const now = this.#deps.clock.now();
    const free = this.#endedAt + PAUSE_MS;
    if (this.#running === null && now >= this.#endedAt && now < free) {
      return { status: "too_soon", retryAt: free };
    }
    this.#running ??= this.#check();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** The vendors whose refusals were forgotten. */
  async forget(): Promise<readonly SourceId[]> {
    const checked = this.#deps.sources()?.checked ?? [];
    for (const source of checked) {
      await source.forgetDenials();
    }
    if (checked.length > 0) {
      await this.#deps.goOn();
    }
    return checked.map(({ id }) => id);
  }

  async #check(): Promise<SourceCheck> {
    const { clock } = this.#deps;
    const checked = this.#deps.sources()?.checked ?? [];
    const findings = await checkSources(checked, this.#deps);
    if (checked.length > 0) {
      this.#endedAt = clock.now();
    }
    const days = checked.flatMap(({ id, services }) =>
      services.flatMap(({ dated, name }) => (dated ? [`${id} ${name}`] : [])),
    );
    // One that is refused again would wait again.
    if (findings.some(({ mark, source, about }) => mark === "ok" && days.includes(`${source} ${about}`))) {
      await this.#deps.goOn();
    }
    return { status: "checked", at: clock.now(), findings, sources: await this.#deps.states() };
  }
}
