/** One step of the day with the vendors' sources: which job it is, and what of the book that job sees. */
import { askCalendar } from "../../app/jobs/days/ask-calendar.ts";
import { fetchEvening } from "../../app/jobs/days/evening-snapshot.ts";
import type { ClockSources, DayStep } from "../../app/jobs/days/market-clock.ts";
import { type DayBars, fetchOfficialDay } from "../../app/jobs/days/official-day.ts";
import { sessionDaysOf } from "../../app/jobs/days/session-days.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import { fetchMasters, mastersOf } from "../../app/jobs/days/vendor-master.ts";
import type { MasterPorts } from "../../app/jobs/store-master.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { MarketSources } from "../../app/ports/market-sources.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { DifferenceTable } from "./difference-table.ts";
import type { StatedDaysTable } from "./stated-days-table.ts";
import type { StepEnds } from "./step-ends.ts";

export interface AskingBook {
  readonly ports: MasterPorts & { readonly clock: Clock };
  readonly bars: Pick<DayBars, "listings" | "rowsByDay">;
  readonly book: Pick<DayBars, "closeDay" | "addIndices">;
  readonly ends: StepEnds;
  readonly stated: StatedDaysTable;
  readonly differences: DifferenceTable;
  exchange(): Exchange;
}

/** What can be asked of these sources. */
export function canOf({ day, master, present, evening, oracle }: MarketSources): ClockSources {
  return {
    official: day !== null,
    master: master !== null,
    present: present !== null,
    snapshot: evening !== null,
    oracle: oracle !== null,
  };
}

/** Rejects as the sources and the stores do. */
export async function askStep(
  { kind, day }: DayStep,
  { day: source, evening, master, oracle, present }: MarketSources,
  own: AskingBook,
): Promise<StepOutcome> {
  const { ports, stated } = own;
  const [bars, days] = [barsOf({ kind, day }, own), sessionDaysOf(stated.all())];
  switch (kind) {
    case "calendar": {
      assert(oracle !== null, "No source has a calendar");
      return askCalendar(day, { oracle, stated });
    }
    case "official_day": {
      assert(source !== null, "No source has closed sessions");
      const onDifferences = own.differences.note.bind(own.differences);
      return fetchOfficialDay(day, { bars, source, clock: ports.clock, onDifferences });
    }
    case "evening_snapshot": {
      assert(evening !== null, "No source has the prices of an evening");
      return fetchEvening(own.exchange(), day, { ...evening, bars, days, instruments: ports.instruments });
    }
    case "official_master":
    case "present_master": {
      return fetchMasters(own.exchange(), mastersOf({ kind, day }, { master, present }, days), ports);
    }
    // Runners of their own: no clock begins them as a step of the day.
    case "history_day":
    case "backfill":
    case "activation": {
      throw new Error(`A step of the kind ${kind} asks no source by itself`);
    }
  }
}

function barsOf(step: DayStep, { bars, book, ends }: AskingBook): DayBars {
  return {
    conclude: async (act) => ends.conclude(step, act),
    listings: () => bars.listings(),
    rowsByDay: () => bars.rowsByDay(),
    closeDay: (...day) => book.closeDay(...day),
    addIndices: (rows) => book.addIndices(rows),
  };
}
