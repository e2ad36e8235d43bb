/** What the chips of the list choose, how many signals each of them would show, and which one hides all. */
import type { Grade } from "../../../worker/core/vcp/verdict.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { STARRED } from "../../store/device/stars.ts";
import type { ListQuery, MarketChoice, StateGroup } from "./list-query.ts";

/** What a choice depends on beside the row. */
export interface FilterFacts {
  /** The session that counts as today's, `2025-06-13`; `null` while unknown. */
  readonly today: string | null;
  /** The server's time of the last visit, ISO 8601; `null` where this device has none. */
  readonly since: string | null;
  /** Whether the share is on a list of this device; `true` while that is not known. */
  isOn(list: string, ticker: string): boolean;
}

type Row = Pick<SignalRow, "ticker" | "state" | "grade" | "market" | "rs" | "triggered_on" | "created_at">;

/** The chip that a signal belongs to. A touch whose session is unknown counts as an earlier one. */
export function groupOf({ state, triggered_on: day }: Row, today: string | null): StateGroup {
  switch (state) {
    case "READY":
      return "ready";
    case "FORMING":
      return "forming";
    case "TRIGGERED":
      // The close of the same session leads on from it (LCR12 to LCR14).
      return "today";
    case "CONFIRMED":
    case "UNCONFIRMED":
      return day !== null && today !== null && day >= today ? "today" : "earlier";
    case "SQUAT":
      return "squat";
    case "EXTENDED":
    case "OVEREXTENDED":
      return "extended";
    case "SUSPENDED":
      return "halted";
    case "FAILED":
    case "EXPIRED":
      return "ended";
  }
}

/** The parts of a choice; a signal is shown when it meets each. */
export const DIMENSIONS = ["states", "grades", "markets", "rs", "isNew", "list"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

function isNewSince(row: Row, since: string | null): boolean {
  return since !== null && Date.parse(row.created_at) > Date.parse(since);
}

/** By law these have the last grade, whatever their form (SC8): grades do not choose among them. */
const UNGRADED: ReadonlySet<StateGroup> = new Set(["ended", "halted"]);

/** The dimensions whose choice leaves the row out. What has ended is shown by its own chip alone. */
function unmet(row: Row, group: StateGroup, query: ListQuery, facts: FilterFacts): readonly Dimension[] {
  const { states, grades, markets, rs } = query;
  const isMet: Readonly<Record<Dimension, boolean>> = {
    states: states.length === 0 ? group !== "ended" : states.includes(group),
    grades: grades.length === 0 || UNGRADED.has(group) || grades.includes(row.grade),
    markets: markets.length === 0 || markets.some((market) => market === row.market),
    rs: rs === null || (row.rs !== null && row.rs >= rs),
    isNew: !query.isNew || isNewSince(row, facts.since),
    list: query.list === null || facts.isOn(query.list, row.ticker),
  };
  return DIMENSIONS.filter((dimension) => !isMet[dimension]);
}

/** The numbers on the chips: how many signals each shows beside what the other dimensions choose. */
export interface ChipCounts {
  readonly states: Readonly<Partial<Record<StateGroup, number>>>;
  readonly grades: Readonly<Partial<Record<Grade, number>>>;
  readonly markets: Readonly<Partial<Record<MarketChoice, number>>>;
  /** For any floor. */
  rs(floor: number): number;
  readonly isNew: number;
  readonly isStarred: number;
  /** Of the list that is chosen. */
  readonly list: number;
}

/** One answer for all rows. */
export interface Filtered<R> {
  readonly rows: readonly R[];
  readonly counts: ChipCounts;
  /** How many rows are shown without the choice of this dimension alone, where that is more than now. */
  readonly lifts: readonly { readonly dimension: Dimension; readonly count: number }[];
}

function add<K extends string>(counts: Map<K, number>, key: K | null): void {
  if (key !== null) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

/** One pass over the rows: one left out by a single dimension counts for the chips of that dimension alone. */
export function filterRows<R extends Row>(
  rows: readonly R[],
  query: ListQuery,
  facts: FilterFacts,
): Filtered<R> {
  const shown: R[] = [];
  const [states, grades, markets] = [
    new Map<StateGroup, number>(),
    new Map<Grade, number>(),
    new Map<MarketChoice, number>(),
  ];
  const floors: number[] = [];
  const marks = { isNew: 0, isStarred: 0, list: 0 };
  const lifted = new Map<Dimension, number>();
  for (const row of rows) {
    const group = groupOf(row, facts.today);
    const failing = unmet(row, group, query, facts);
    const [only = null] = failing;
    if (failing.length > 1) {
      continue;
    }
    if (only === null) {
      shown.push(row);
    }
    add(lifted, only === "states" && group === "ended" ? null : only);
    const counts = (dimension: Dimension): boolean => only === null || only === dimension;
    add(states, counts("states") ? group : null);
    add(grades, counts("grades") && !UNGRADED.has(group) ? row.grade : null);
    add(markets, counts("markets") ? row.market : null);
    if (counts("rs") && row.rs !== null) {
      floors.push(row.rs);
    }
    marks.isNew += counts("isNew") && isNewSince(row, facts.since) ? 1 : 0;
    marks.isStarred += counts("list") && facts.isOn(STARRED, row.ticker) ? 1 : 0;
    marks.list += counts("list") && query.list !== null && facts.isOn(query.list, row.ticker) ? 1 : 0;
  }
  return {
    rows: shown,
    counts: {
      states: Object.fromEntries(states),
      grades: Object.fromEntries(grades),
      markets: Object.fromEntries(markets),
      rs: (floor) => floors.filter((rs) => rs >= floor).length,
      ...marks,
    },
    lifts: [...lifted].map(([dimension, count]) => ({ dimension, count: count + shown.length })),
  };
}
