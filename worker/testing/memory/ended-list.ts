/** The archive of a ledger in memory, with the filters and the order that its port promises. */
import type { EndedCursor, EndedFilter, StoredEnding, StoredSignal } from "../../app/ports/scan-ledger.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";

function isEnding({ state, triggeredOn }: Signal, ending: EndedFilter["ending"]): boolean {
  const hasTriggered = triggeredOn !== null;
  switch (ending) {
    case null:
      return true;
    case "stopped":
      return state === "FAILED" && hasTriggered;
    case "broken":
      return state === "FAILED" && !hasTriggered;
    case "over":
      return state === "EXPIRED" && hasTriggered;
    case "left":
      return state === "EXPIRED" && !hasTriggered;
  }
}

function isIn(signal: Signal, { exchange, market, grade, ending, from, to, text }: EndedFilter): boolean {
  const day = signal.endedOn;
  const names = `${signal.ticker}\n${signal.name}`.toLowerCase();
  return (
    day !== null &&
    signal.exchange === exchange &&
    (market === null || signal.market === market) &&
    (grade === null || signal.grade === grade) &&
    isEnding(signal, ending) &&
    (from === null || day >= from) &&
    (to === null || day <= to) &&
    (text === null || names.includes(text.toLowerCase()))
  );
}

function isAfter({ id, endedOn }: Signal, cursor: EndedCursor): boolean {
  return (endedOn ?? 0) < cursor.endedOn || (endedOn === cursor.endedOn && id > cursor.id);
}

/** The earliest end first, then by id. */
export function byEnd({ signal: a }: StoredSignal, { signal: b }: StoredSignal): number {
  return (a.endedOn ?? 0) - (b.endedOn ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Those after the cursor. */
export function endedIn(
  stored: readonly StoredSignal[],
  filter: EndedFilter,
  after: EndedCursor | null,
  gradeOf: (id: string) => Grade | null,
): readonly StoredEnding[] {
  return stored
    .filter(({ signal }) => isIn(signal, filter) && (after === null || isAfter(signal, after)))
    .map((one) => ({ ...one, entryGrade: gradeOf(one.signal.id) }))
    .filter(({ entryGrade }) => filter.entryGrade === null || entryGrade === filter.entryGrade)
    .toSorted(
      ({ signal: a }, { signal: b }) => (b.endedOn ?? 0) - (a.endedOn ?? 0) || (a.id < b.id ? -1 : 1),
    );
}
