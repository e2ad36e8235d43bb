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

function edit(lists: Lists, id: string, entries: (now: readonly ListEntry[]) => readonly ListEntry[]): Lists {
  return lists.map((list) => (list.id === id ? { ...list, entries: entries(list.entries) } : list));
}

/** At the end, in the order given; what is there already stays where it is, and what has no room is left out. */
export function withEntries(lists: Lists, id: string, added: readonly ListEntry[]): Lists {
  return edit(lists, id, (now) => {
    const known = new Set(now.map(({ ticker }) => ticker));
    const fresh = added.filter(({ ticker }) => !known.has(ticker) && known.add(ticker));
    return [...now, ...fresh].slice(0, MAX_ENTRIES);
  });
}

export function withoutEntries(lists: Lists, id: string, tickers: ReadonlySet<string>): Lists {
  return edit(lists, id, (now) => now.filter(({ ticker }) => !tickers.has(ticker)));
}

/** Puts an entry at a place: one that is there moves, one that is not comes in. */
export function withEntryAt(lists: Lists, id: string, entry: ListEntry, at: number): Lists {
  return edit(lists, id, (now) => {
    const others = now.filter(({ ticker }) => ticker !== entry.ticker);
    return others.length >= MAX_ENTRIES ? now : others.toSpliced(Math.max(0, at), 0, entry);
  });
}

/** From one list to the end of another. A list without room for it takes nothing, and the entry stays where it is. */
export function withMoved(lists: Lists, entry: ListEntry, from: string, to: string): Lists {
  const isOn = (one: ListEntry): boolean => one.ticker === entry.ticker;
  const target = lists.find(({ id }) => id === to);
  if (target === undefined || (target.entries.length >= MAX_ENTRIES && !target.entries.some(isOn))) {
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

export function withName(lists: Lists, id: string, typed: string): Lists {
  return lists.map((list) => (list.id === id && id !== STARRED ? { ...list, name: tidyName(typed) } : list));
}

export function withoutList(lists: Lists, id: string): Lists {
  return lists.filter((list) => list.id !== id || id === STARRED);
}
