/** The official rows of a closed session: asked for as a whole, held against what stands in the book, stored in one turn. */
import { isPart, sessionsOf } from "../../../core/calendar/sessions.ts";
import { originCode, TWO_CLOSES_SINCE, type Origin } from "../../../core/bars/origin.ts";
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { IndexColumns, ImportMark, StoredRows, TickerColumns } from "../../ports/market-book.ts";
import type { SessionDifferences } from "../../ports/market-status.ts";
import type { DaySource } from "../../ports/market-sources.ts";
import type { ScanBars } from "../scan-bars.ts";
import { describeDifferences, differencesOf, rowsOfDay } from "./reconcile-day.ts";
import { askForDay, type WholeDay } from "./ask-for-day.ts";
import type { StepOutcome } from "./step-outcome.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** The bars of the book as one step sees them. */
export interface DayBars extends Pick<ScanBars, "listings" | "rowsByDay"> {
  /** MD3: what `act` stores, its outcome and the run that its rows owe are one transaction, begun before the first await. */
  conclude(act: () => StepOutcome): Promise<StepOutcome>;
  closeDay(day: readonly TickerColumns[], mark: ImportMark | null, origins: readonly Origin[]): StoredRows;
  addIndices(chunk: readonly IndexColumns[]): StoredRows;
}

/** The neighbours of the step. */
export interface OfficialDayPorts {
  readonly clock: Clock;
  readonly source: DaySource;
  readonly bars: DayBars;
  /** Is given what the rows change in those that stood before them, in their transaction; not called where none stood. */
  onDifferences(differences: SessionDifferences): void;
}

/** DY1: rows with where they come from. Before the after-market there was one close. */
export function withOrigin(
  rows: readonly TickerColumns[],
  day: TradingDay,
  origin: Origin,
): { readonly rows: readonly TickerColumns[]; readonly origins: readonly Origin[] } {
  const own: Origin = { ...origin, close: day < TWO_CLOSES_SINCE ? "regular" : origin.close };
  const code = originCode(1, own);
  return {
    rows: rows.map(({ columns, ...rest }) => ({
      ...rest,
      columns: { ...columns, origin: columns.day.map(() => code) },
    })),
    origins: [own],
  };
}

/** A weekday that the exchange took off after the calendar was written: sessions around it have come, and it never did. */
function isBetweenSessions(day: TradingDay, bars: DayBars): boolean {
  const days = [...bars.rowsByDay().keys()];
  return !days.includes(day) && days.some((one) => one < day) && days.some((one) => one > day);
}

/** Rejects as the source does, and has stored nothing then. */
export async function fetchOfficialDay(day: TradingDay, ports: OfficialDayPorts): Promise<StepOutcome> {
  const { bars, source } = ports;
  const asked = await askForDay(day, source);
  if ("status" in asked) {
    return asked.status === "not_ready" && isBetweenSessions(day, bars)
      ? { status: "closed", text: writeStepNote("nothing_between", { source: source.id }) }
      : asked;
  }
  return bars.conclude(() => {
    const counts = bars.rowsByDay();
    const last = sessionsOf(counts, []).findLast((own) => own < day);
    const before = last === undefined ? 0 : (counts.get(last) ?? 0);
    if (isPart(asked.rows.length, before)) {
      const text = writeStepNote("in_part", { source: source.id, rows: asked.rows.length, before });
      return { status: "not_ready", text };
    }
    return storeDay(day, asked, ports);
  });
}

function storeDay(day: TradingDay, asked: WholeDay, ports: OfficialDayPorts): StepOutcome {
  const { bars, clock, source } = ports;
  const stored = rowsOfDay(bars, day);
  const differences = differencesOf(stored, asked.rows);
  const { closeKind, final, id } = source;
  const own = withOrigin(asked.rows, day, { source: id, close: closeKind, final, receivedAt: clock.now() });
  const [rows, indices] = [bars.closeDay(own.rows, null, own.origins), bars.addIndices(asked.indices)];
  if (stored.size > 0) {
    ports.onDifferences({ ...differences, day, rows: asked.rows.length, at: clock.now() });
  }
  return {
    status: "stored",
    moved: [rows, indices].some(({ added, replaced }) => added + replaced > 0),
    text: describeDifferences(asked.rows.length, differences),
  };
}

/** `official_day 2026-09-14`: how a step is named in logs and rows. */
export function nameOfStep({ kind, day }: { readonly kind: string; readonly day: TradingDay }): string {
  return `${kind} ${formatTradingDay(day)}`;
}
