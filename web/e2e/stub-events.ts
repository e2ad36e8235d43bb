/** The log of events as the server answers with it, so that a test decides when an event is in it and sees who has read how far. */
import type { Page } from "playwright-core";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { EventRow } from "../store/alerts/event-page.ts";
import { kst, MORNING, rowOf } from "../store/alerts/stage-alerts.ts";

/** What the page of a reader asks for. */
export interface EventReader {
  /** Of each request in its order: the position behind which it asks, `null` for the end of the log alone. */
  readonly asked: readonly (number | null)[];
}

/** One log, read by whatever tabs. */
export class StubbedLog {
  readonly #rows: EventRow[] = [];

  get last(): number {
    return this.#rows.length;
  }

  /** An event of a signal of the list, at the {@link MORNING} but for what is given. */
  add(row: SignalRow, kind: EventRow["kind"], more: Partial<EventRow> = {}): EventRow {
    const { ticker, name, market, grade, state, pivot } = row;
    const event = rowOf(this.last + 1, {
      kind,
      ticker,
      name,
      name_en: row.name_en ?? null,
      romanised: row.romanised ?? null,
      market,
      grade,
      state,
      id: `${row.id}:${kind}:2025-06-13:${this.last + 1}`,
      at: kst(MORNING),
      signal_id: row.id,
      price: row.current_price,
      pivot,
      entry: row.entry_price,
      stop: row.stop_loss,
      ...more,
    });
    this.#rows.push(event);
    return event;
  }

  /** Before the page is opened. */
  async serve(page: Page): Promise<EventReader> {
    const asked: (number | null)[] = [];
    await page.route(/\/api\/kr\/events(?:\?|$)/u, async (route) => {
      const { searchParams } = new URL(route.request().url());
      const [after, limit] = [searchParams.get("after"), Number(searchParams.get("limit") ?? 200)];
      const position = after === null ? null : Number(after);
      const events =
        position === null
          ? this.#rows.slice(-limit)
          : this.#rows.filter((one) => one.position > position).slice(0, limit);
      const body = { exchange: "KRX", last: this.last, events };
      asked.push(position);
      await route.fulfill({ json: body });
    });
    return { asked };
  }
}
