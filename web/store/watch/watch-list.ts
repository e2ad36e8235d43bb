/** Lists of stocks that a reader keeps on this device, and every change of them as a function of what was there. */
import { MAX_NAME, type NameFailure, tidyName } from "../device/saved-views.ts";
import { MAX_STARS, STARRED } from "../device/stars.ts";

/** Beside the built-in one. */
export const MAX_LISTS = 20;
/** Of each list. */
export const MAX_ENTRIES = MAX_STARS;
export { MAX_NAME, STARRED };

export interface ListEntry {
  readonly ticker: string;
  /** ISO 8601; `null` where it is not known. */
  readonly added: string | null;
}

export interface WatchList {
  readonly id: string;
  /** Empty for {@link STARRED}. */
  readonly name: string;
  /** In the reader's own order, each ticker once. */
  readonly entries: readonly ListEntry[];
}

/** The built-in list first. */
export type Lists = readonly WatchList[];

/** Why a list cannot bear this name; `null` when it can. `id`: the list that is renamed, `null` for a new one. */
export function nameFailure(lists: Lists, typed: string, id: string | null): NameFailure | null {
  const name = tidyName(typed);
  if (name === "") {
    return "nameless";
  }
  if (lists.some((list) => list.name === name && list.id !== id)) {
    return "taken";
  }
  return id === null && lists.length > MAX_LISTS ? "full" : null;
}

/** The same lists where nothing changes. */
function edit(lists: Lists, id: string, entries: (now: readonly ListEntry[]) => readonly ListEntry[]): Lists {
  const list = lists.find((one) => one.id === id);
  const next = list === undefined ? [] : entries(list.entries);
  return list === undefined || next === list.entries
    ? lists
    : lists.map((one) => (one === list ? { ...one, entries: next } : one));
}

/** At the end, in the order given; what is there already stays where it is, and what has no room is left out. */
export function withEntries(lists: Lists, id: string, added: readonly ListEntry[]): Lists {
  return edit(lists, id, (now) => {
    const known = new Set(now.map(({ ticker }) => ticker));
    const fresh = added.filter(({ ticker }) => !known.has(ticker) && known.add(ticker));
    return fresh.length === 0 ? now : [...now, ...fresh].slice(0, MAX_ENTRIES);
  });
}

function without(lists: Lists, id: string, isOut: (entry: ListEntry) => boolean): Lists {
  return edit(lists, id, (now) => (now.some(isOut) ? now.filter((entry) => !isOut(entry)) : now));
}

export function withoutEntries(lists: Lists, id: string, tickers: ReadonlySet<string>): Lists {
  return without(lists, id, ({ ticker }) => tickers.has(ticker));
}

/** Takes back what was added: one that has been taken out and added again since has another time, and stays. */
export function withoutAdded(lists: Lists, id: string, added: readonly ListEntry[]): Lists {
  const times = new Map(added.map((entry) => [entry.ticker, entry.added]));
  return without(lists, id, ({ ticker, added: at }) => times.get(ticker) === at);
}

/** Puts an entry at a place: one that is there moves, one that is not comes in. */
export function withEntryAt(lists: Lists, id: string, entry: ListEntry, at: number): Lists {
  return edit(lists, id, (now) => {
    const others = now.filter(({ ticker }) => ticker !== entry.ticker);
    return others.length >= MAX_ENTRIES ? now : others.toSpliced(Math.max(0, at), 0, entry);
  });
}

/** `by` places on, as far as the ends; one that is not there stays away. */
export function withShift(lists: Lists, id: string, ticker: string, by: number): Lists {
  return edit(lists, id, (now) => {
    const from = now.findIndex((entry) => entry.ticker === ticker);
    const entry = now[from];
    const to = Math.min(now.length - 1, Math.max(0, from + by));
    return entry === undefined || to === from ? now : now.toSpliced(from, 1).toSpliced(to, 0, entry);
  });
}

/** From one list to the end of another. A list without room for it takes nothing, and the entry stays where it is. */
export function withMoved(lists: Lists, entry: ListEntry, from: string, to: string): Lists {
  const isOn = (one: ListEntry): boolean => one.ticker === entry.ticker;
  const target = lists.find(({ id }) => id === to);
  if (
    from === to ||
    target === undefined ||
    (target.entries.length >= MAX_ENTRIES && !target.entries.some(isOn))
  ) {
    return lists;
  }
  return withoutEntries(withEntries(lists, to, [entry]), from, new Set([entry.ticker]));
}

/** `at`: among all lists; the built-in one stays first. */
export function withList(lists: Lists, list: WatchList, at = lists.length): Lists {
  const isNew = lists.every(({ id }) => id !== list.id);
  const named = { ...list, name: tidyName(list.name) };
  return isNew && lists.length <= MAX_LISTS ? lists.toSpliced(Math.max(1, at), 0, named) : lists;
}

/** Takes a move back. A list that is gone or full takes nothing, and the entry stays where it was moved to. */
export function withMovedBack(lists: Lists, entry: ListEntry, from: string, to: string, at: number): Lists {
  const back = withEntryAt(lists, from, entry, at);
  return back === lists ? lists : withoutAdded(back, to, [entry]);
}

/** Among the reader's own lists: the built-in one stays first. Nothing at the ends. */
export function withListMoved(lists: Lists, id: string, by: 1 | -1): Lists {
  const from = lists.findIndex((list) => list.id === id);
  const list = lists[from];
  const to = from + by;
  return list === undefined || from === 0 || to < 1 || to >= lists.length
    ? lists
    : lists.toSpliced(from, 1).toSpliced(to, 0, list);
}

export function withName(lists: Lists, id: string, typed: string): Lists {
  return lists.map((list) => (list.id === id && id !== STARRED ? { ...list, name: tidyName(typed) } : list));
}

export function withoutList(lists: Lists, id: string): Lists {
  return lists.filter((list) => list.id !== id || id === STARRED);
}
