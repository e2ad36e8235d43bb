/** Which signals the list shows and in which order, as text of an address: a link brings another reader to the same screen. */
import { GRADES } from "../../../worker/core/scan/grade.ts";
import { INDEX_CODES, type IndexCode } from "../../../worker/core/instrument/instrument.ts";
import type { Grade } from "../../../worker/core/vcp/verdict.ts";
import { STARRED } from "../../store/device/stars.ts";

/** Chips of the state, in the order of the page: each signal belongs to exactly one ({@link groupOf}). */
export const STATE_GROUPS = [
  "ready",
  "today",
  "forming",
  "earlier",
  "squat",
  "extended",
  "halted",
  "ended",
] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];

/** The boards that have a chip. */
export type MarketChoice = IndexCode;

/** Columns that sort, by the names that addresses use. */
export const SORT_KEYS = [
  "name",
  "state",
  "form",
  "distance",
  "price",
  "change",
  "pivot",
  "stop",
  "risk",
  "footprint",
  "dryup",
  "rs",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Columns whose large values are the better ones: the first press of their heading sorts downwards. */
const LARGE_FIRST: ReadonlySet<SortKey> = new Set([
  "form",
  "price",
  "change",
  "pivot",
  "stop",
  "footprint",
  "rs",
]);

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** One screen of the list. An empty list of choices restricts nothing. */
export interface ListQuery {
  readonly states: readonly StateGroup[];
  readonly grades: readonly Grade[];
  readonly markets: readonly MarketChoice[];
  /** RS at least, 1 to 99. */
  readonly rs: number | null;
  /** Only signals that are new since the last visit of this device. */
  readonly isNew: boolean;
  /** Only shares of this list of the device, {@link STARRED} or the id of another; `null` for any. */
  readonly list: string | null;
  readonly sort: Sorting;
}

const NEAREST: Sorting = { key: "distance", isDescending: false };

/** Every signal. */
export const ALL: ListQuery = {
  states: [],
  grades: [],
  markets: [],
  rs: null,
  isNew: false,
  list: null,
  sort: NEAREST,
};

/** What can be acted on: near the pivot, or touched or broken out in this session, of any grade but the last. */
export const ACTIONABLE: ListQuery = { ...ALL, states: ["ready", "today"], grades: ["S", "A", "B", "C"] };

/** Of an address the page reads no more of one value. */
const MAX_VALUE = 120;
const EVERY = "all";

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** The known names of a list in the order of `known`, each once; `usual` where there is none. */
function pick<T extends string>(text: string | null, known: readonly T[], usual: readonly T[]): readonly T[] {
  if (text === null || text.length > MAX_VALUE) {
    return usual;
  }
  const names = new Set(text.split(","));
  const found = known.filter((name) => names.has(name));
  return found.length > 0 ? found : text === EVERY ? [] : usual;
}

function parseSort(text: string | null): Sorting {
  const isDescending = text?.startsWith("-") === true;
  const name = isDescending ? text.slice(1) : text;
  const key = SORT_KEYS.find((one) => one === name);
  return key === undefined ? NEAREST : { key, isDescending };
}

/** Total: what it does not know it passes over, and what is missing is as in {@link ACTIONABLE}. */
export function decodeQuery(search: string): ListQuery {
  const values = new URLSearchParams(search);
  const rs = values.get("rs") ?? "";
  return {
    states: pick(values.get("state"), STATE_GROUPS, ACTIONABLE.states),
    grades: pick(values.get("grade"), GRADES, ACTIONABLE.grades),
    markets: pick(values.get("market"), INDEX_CODES, []),
    rs: /^[1-9]\d?$/.test(rs) ? Number(rs) : null,
    isNew: values.get("new") === "1",
    // As every version has written the built-in list.
    list:
      values.get("star") === "1" ? STARRED : (/^[a-z0-9]{1,16}$/.exec(values.get("list") ?? "")?.[0] ?? null),
    sort: parseSort(values.get("sort")),
  };
}

/** With its question mark; empty for {@link ACTIONABLE}. Commas stay readable. */
export function encodeQuery({ states, grades, markets, rs, isNew, list, sort }: ListQuery): string {
  const parts: string[] = [];
  const put = (name: string, chosen: readonly string[], usual: readonly string[]): void => {
    if (!isSame(chosen, usual)) {
      parts.push(`${name}=${chosen.join(",") || EVERY}`);
    }
  };
  put("state", states, ACTIONABLE.states);
  put("grade", grades, ACTIONABLE.grades);
  put("market", markets, []);
  put("rs", rs === null ? [] : [String(rs)], []);
  put("new", isNew ? ["1"] : [], []);
  put("star", list === STARRED ? ["1"] : [], []);
  put("list", list === null || list === STARRED ? [] : [list], []);
  put("sort", [`${sort.isDescending ? "-" : ""}${sort.key}`], [NEAREST.key]);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Whether both choose the same signals, in whatever order. */
export function choosesSame(a: ListQuery, b: ListQuery): boolean {
  return encodeQuery({ ...a, sort: NEAREST }) === encodeQuery({ ...b, sort: NEAREST });
}

/** The order after a press on a heading: its better end first, then the other way round. */
export function pressSort(sort: Sorting, key: SortKey): Sorting {
  return { key, isDescending: sort.key === key ? !sort.isDescending : LARGE_FIRST.has(key) };
}
