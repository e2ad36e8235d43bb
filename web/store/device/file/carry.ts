/** A change from one state of a device to another, on what is there now: what has changed otherwise since then stays. */
import { MAX_NOTES, type NotesOf } from "../../watch/notes.ts";
import { type ListEntry, MAX_ENTRIES, MAX_LISTS, type WatchList } from "../../watch/watch-list.ts";
import { MAX_VIEWS, type SavedView } from "../saved-views.ts";
import type { DeviceState } from "./plan.ts";

/** `refused`: what the change would put there and has no room. */
interface Carried<T> {
  readonly value: T;
  readonly refused: number;
}

type KeyOf<T> = (item: T) => string;

/** Those that stand in both orders stand as in `to`, where they stand as in `from` now. */
function reordered<T>(
  now: readonly T[],
  keyOf: KeyOf<T>,
  from: readonly string[],
  to: readonly string[],
): readonly T[] {
  const byKey = new Map(now.map((item) => [keyOf(item), item]));
  const [inFrom, inTo] = [new Set(from), new Set(to)];
  const isCommon = (key: string): boolean => byKey.has(key) && inFrom.has(key) && inTo.has(key);
  const [before, after] = [from.filter(isCommon), to.filter(isCommon)];
  const current = now.map(keyOf).filter(isCommon);
  if (current.some((key, i) => key !== before[i])) {
    return now;
  }
  let next = 0;
  return now.map((item) => (isCommon(keyOf(item)) ? (byKey.get(after[next++] ?? "") ?? item) : item));
}

/** Behind the one that stands before it in `order`, as far as that is there. */
function inserted<T>(now: readonly T[], item: T, keyOf: KeyOf<T>, order: readonly string[]): readonly T[] {
  const before = new Set(order.slice(0, order.indexOf(keyOf(item))));
  return now.toSpliced(now.findLastIndex((one) => before.has(keyOf(one))) + 1, 0, item);
}

const tickerOf = ({ ticker }: ListEntry): string => ticker;
const idOf = ({ id }: WatchList): string => id;

export function carryEntries(
  from: readonly ListEntry[],
  to: readonly ListEntry[],
  now: readonly ListEntry[],
): Carried<readonly ListEntry[]> {
  const [before, after] = [from, to].map((all) => new Map(all.map((entry) => [entry.ticker, entry])));
  /** As the change found it: one that was taken out and added again since has another time. */
  const isAsFound = ({ ticker, added }: ListEntry): boolean => before?.get(ticker)?.added === added;
  const kept = now
    .filter((entry) => !isAsFound(entry) || after?.has(entry.ticker) === true)
    .map((entry) => (isAsFound(entry) ? (after?.get(entry.ticker) ?? entry) : entry));
  const [fromOrder, toOrder] = [from.map(tickerOf), to.map(tickerOf)];
  let value = reordered(kept, tickerOf, fromOrder, toOrder);
  let refused = 0;
  const there = new Set(value.map(tickerOf));
  for (const entry of to.filter(({ ticker }) => before?.has(ticker) !== true && !there.has(ticker))) {
    if (value.length < MAX_ENTRIES) {
      value = inserted(value, entry, tickerOf, toOrder);
    } else {
      refused += 1;
    }
  }
  return { value, refused };
}

/** A list that is there: as it is now where the change does not reach it; `null` where nothing of it stays. */
function carryList(
  from: WatchList | undefined,
  to: WatchList | undefined,
  now: WatchList,
): Carried<WatchList | null> {
  const { value: entries, refused } = carryEntries(from?.entries ?? [], to?.entries ?? [], now.entries);
  const isSameName = from?.name === now.name;
  const isGone = from !== undefined && to === undefined && isSameName && entries.length === 0;
  const name = isSameName && to !== undefined ? to.name : now.name;
  return { value: isGone ? null : { ...now, name, entries }, refused };
}

/** A list that comes where another has its name since then joins that one. */
export function carryLists(
  from: readonly WatchList[],
  to: readonly WatchList[],
  now: readonly WatchList[],
): Carried<readonly WatchList[]> {
  const [before, after] = [from, to].map((all) => new Map(all.map((list) => [list.id, list])));
  const carried = now.map((list) => carryList(before?.get(list.id), after?.get(list.id), list));
  let refused = carried.reduce((sum, one) => sum + one.refused, 0);
  const kept = carried.flatMap(({ value }) => value ?? []);
  const toOrder = to.map(idOf);
  let value = reordered(kept, idOf, from.map(idOf), toOrder);
  const there = new Set(now.map(idOf));
  for (const list of to.filter(({ id }) => before?.has(id) !== true && !there.has(id))) {
    const same = value.find(({ name }) => name === list.name);
    if (same !== undefined) {
      const joined = carryEntries([], list.entries, same.entries);
      refused += joined.refused;
      value = value.map((one) => (one === same ? { ...same, entries: joined.value } : one));
    } else if (value.length < MAX_LISTS) {
      value = inserted(value, list, idOf, toOrder);
    } else {
      refused += 1;
    }
  }
  return { value, refused };
}

/** What stands under a key is changed where it is as the change found it. */
function carryKeyed<T>(
  from: ReadonlyMap<string, T>,
  to: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  most = Infinity,
): Carried<ReadonlyMap<string, T>> {
  const textOf = (value: T | undefined): string | undefined => JSON.stringify(value);
  const value = new Map(now);
  let refused = 0;
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const [before, after] = [textOf(from.get(key)), to.get(key)];
    if (before === textOf(after) || before !== textOf(now.get(key))) {
      continue;
    }
    if (after === undefined) {
      value.delete(key);
    } else if (value.has(key) || value.size < most) {
      value.set(key, after);
    } else {
      refused += 1;
    }
  }
  return { value, refused };
}

function mapOf<T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(record));
}

export function carryNotes(from: NotesOf, to: NotesOf, now: NotesOf): Carried<NotesOf> {
  const { value, refused } = carryKeyed(mapOf(from), mapOf(to), mapOf(now), MAX_NOTES);
  return { value: Object.fromEntries(value), refused };
}

const nameOf = ({ name }: SavedView): string => name;

function searches(views: readonly SavedView[]): ReadonlyMap<string, string> {
  return new Map(views.map(({ name, search }) => [name, search]));
}

export function carryViews(
  from: readonly SavedView[],
  to: readonly SavedView[],
  now: readonly SavedView[],
): Carried<readonly SavedView[]> {
  const { value, refused } = carryKeyed(searches(from), searches(to), searches(now), MAX_VIEWS);
  const [fromOrder, toOrder] = [from.map(nameOf), to.map(nameOf)];
  const views = [...value].map(([name, search]) => ({ name, search }));
  const known = new Set([...fromOrder, ...now.map(nameOf)]);
  const kept = reordered(
    views.filter(({ name }) => known.has(name)),
    nameOf,
    fromOrder,
    toOrder,
  );
  const fresh = views.filter(({ name }) => !known.has(name));
  return { value: fresh.reduce((all, view) => inserted(all, view, nameOf, toOrder), kept), refused };
}

/** Choices and typed values by key of the storage. */
function carryValues(
  from: DeviceState["values"],
  to: DeviceState["values"],
  now: DeviceState["values"],
): DeviceState["values"] {
  return Object.fromEntries(carryKeyed(mapOf(from), mapOf(to), mapOf(now)).value);
}

/** Of all that a device keeps. */
export function carryState(from: DeviceState, to: DeviceState, now: DeviceState): Carried<DeviceState> {
  const starred = carryEntries(from.starred, to.starred, now.starred);
  const lists = carryLists(from.lists, to.lists, now.lists);
  const notes = carryNotes(from.notes, to.notes, now.notes);
  const views = carryViews(from.views, to.views, now.views);
  const values = carryValues(from.values, to.values, now.values);
  return {
    value: {
      starred: starred.value,
      lists: lists.value,
      notes: notes.value,
      views: views.value,
      values,
    },
    refused: starred.refused + lists.refused + notes.refused + views.refused,
  };
}
