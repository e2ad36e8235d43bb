/** The alert log in memory. */
import type { AlertLog, LoggedAlert, UnreadAlert } from "../../app/ports/alert-log.ts";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

export class MemoryAlertLog implements AlertLog {
  readonly #rows: LoggedAlert[] = [];

  append(events: readonly AlertEvent[]): Promise<void> {
    for (const event of events) {
      if (!this.#rows.some((row) => row.event.id === event.id)) {
        this.#rows.push({ position: this.#rows.length + 1, event });
      }
    }
    return Promise.resolve();
  }

  after(
    position: number,
    limit: number,
    exchange?: Exchange,
  ): Promise<readonly (LoggedAlert | UnreadAlert)[]> {
    const later = this.#rows.filter((row) => row.position > position);
    return Promise.resolve(
      later.filter(({ event }) => exchange === undefined || event.exchange === exchange).slice(0, limit),
    );
  }

  newest(exchange: Exchange, limit: number): Promise<readonly LoggedAlert[]> {
    return Promise.resolve(this.#rows.filter(({ event }) => event.exchange === exchange).slice(-limit));
  }

  last(): Promise<number> {
    return Promise.resolve(this.#rows.at(-1)?.position ?? 0);
  }
}
