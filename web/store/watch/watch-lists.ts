/** The lists of this device as a store: the stars are the first of them, the others one record. Loads with what shows a list. */
import * as v from "valibot";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Device } from "../device/device.ts";
import { MAX_NAME, tidyName } from "../device/saved-views.ts";
import type { Kept, RecordPlace } from "../device/kept.ts";
import { placeOf } from "../device/place.ts";
import { createRecord, type DeviceRecord } from "../device/record.ts";
import type { Stars, StarTimes } from "../device/stars.ts";
import { type ListEntry, type Lists, MAX_ENTRIES, MAX_LISTS, STARRED, type WatchList } from "./watch-list.ts";

export const LISTS_KEY = "vcp.lists";

export const Ticker = v.pipe(
  v.string(),
  v.check((text) => exchangeOf(text) !== null),
);
const Time = v.pipe(v.string(), v.maxLength(40), v.isoTimestamp());

/** Of a list or a view, as it is kept. */
export const StoredName = v.pipe(
  v.string(),
  v.maxLength(2 * MAX_NAME),
  v.transform(tidyName),
  v.minLength(1),
);

/** An entry as it is stored and exported. */
export const StoredEntry = v.object({ ticker: Ticker, added: v.nullable(Time) });
/** Each ticker once. */
export function eachOnce<T extends ListEntry>(entries: T[]): T[] {
  const seen = new Set<string>();
  return entries.filter(({ ticker }) => !seen.has(ticker) && seen.add(ticker));
}
const StoredEntries = v.pipe(v.array(StoredEntry), v.maxLength(MAX_ENTRIES), v.transform(eachOnce));
export const StoredList = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]{1,16}$/),
    v.check((id) => id !== STARRED),
  ),
  name: StoredName,
  entries: StoredEntries,
});
/** Each under an id of its own: a change of one must not reach another. */
const StoredListsOf = v.pipe(
  v.array(StoredList),
  v.maxLength(MAX_LISTS),
  v.check((lists) => new Set(lists.map(({ id }) => id)).size === lists.length),
);
const StoredLists = v.object({
  version: v.literal(1),
  lists: StoredListsOf,
});

export interface WatchLists {
  /** Reactive; {@link STARRED} first. */
  all(): Lists;
  /** Reactive; `null` for a list that is not there. */
  get(id: string): WatchList | null;
  /** Reactive; of a list under a name. Of one that is not there nothing is a member. */
  has(id: string, ticker: string): boolean;
  /** As stored this moment: another tab may have written what has not reached this one yet. */
  stored(): Lists;
  /**
   * Applies a change to what is stored now. `next` may be called again, on what is stored when a change that was refused is
   * written, and gives back the same lists where nothing changes.
   */
  change(next: (now: Lists) => Lists): void;
  /** For a new list. */
  makeId(): string;
  readonly isKept: DeviceRecord<unknown>["isKept"];
  readonly isAside: DeviceRecord<unknown>["isAside"];
}

const NONE: readonly ListEntry[] = [];

interface Deps {
  readonly place: RecordPlace;
  readonly stars: Stars;
  /** Letters and digits, another one each time. */
  readonly makeId: () => string;
}

function isSame(a: readonly ListEntry[], b: readonly ListEntry[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ ticker, added }, i) => ticker === b[i]?.ticker && added === b[i].added))
  );
}

/** The tickers of the built-in list; `before` where they are the same in the same order. */
function tickersOf(entries: readonly ListEntry[], before: ReadonlySet<string>): ReadonlySet<string> {
  const tickers = entries.map(({ ticker }) => ticker);
  const isSameSet = tickers.length === before.size && [...before].every((one, i) => one === tickers[i]);
  return isSameSet ? before : new Set(tickers);
}

/** All but the built-in list; `before` where they are the same. */
function othersOf(lists: Lists, before: readonly WatchList[]): readonly WatchList[] {
  const others = lists.filter(({ id }) => id !== STARRED);
  return others.length === before.length && others.every((list, i) => list === before[i]) ? before : others;
}

/** The built-in list, whose times stand under a key of their own. */
function starredOf(tickers: ReadonlySet<string>, times: StarTimes): WatchList {
  const entries = [...tickers].map((ticker) => {
    const added = times[ticker];
    return { ticker, added: v.is(Time, added) ? added : null };
  });
  return { id: STARRED, name: "", entries };
}

/** The times that a change has made others, and no time of what is no longer there. */
function withTimes(times: StarTimes, before: readonly ListEntry[], after: readonly ListEntry[]): StarTimes {
  const [old, next] = [before, after].map((all) => new Map(all.map(({ ticker, added }) => [ticker, added])));
  const changed = [...after, ...before].filter(({ ticker }) => old?.get(ticker) !== next?.get(ticker));
  const kept = new Map(Object.entries(times));
  for (const { ticker } of changed) {
    kept.delete(ticker);
    const added = next?.get(ticker) ?? null;
    if (added !== null) {
      kept.set(ticker, added);
    }
  }
  return Object.fromEntries(kept);
}

/** What a change makes of both records. */
interface Changed {
  readonly entries: readonly ListEntry[];
  readonly tickers: ReadonlySet<string>;
  readonly others: readonly WatchList[];
}

/** Applies changes of stars and lists, which are two records: what gains is written first, and what loses only after it. */
function makeChange({ kept: stars, times }: Stars, record: Kept<readonly WatchList[]>): WatchLists["change"] {
  return (next) => {
    const [tickers, lists] = [stars.stored(), record.stored()];
    const first = starredOf(tickers, times.stored());
    const on = (now: ReadonlySet<string>, others: readonly WatchList[]): Changed => {
      const after = next([now === tickers ? first : starredOf(now, times.stored()), ...others]);
      const entries = after.find(({ id }) => id === STARRED)?.entries ?? NONE;
      return { entries, tickers: tickersOf(entries, now), others: othersOf(after, others) };
    };
    const made = on(tickers, lists);
    // On what is stored later where the storage refuses it now.
    const changeStars = (isDue?: () => boolean): boolean =>
      stars.change((now) => (now === tickers ? made : on(now, record.stored())).tickers, isDue);
    const changeLists = (isDue?: () => boolean): boolean =>
      record.change((now) => (now === lists ? made : on(stars.stored(), now)).others, isDue);
    if (!isSame(first.entries, made.entries)) {
      times.change((all) => withTimes(all, first.entries, made.entries));
    }
    if (made.entries.some(({ ticker }) => !tickers.has(ticker))) {
      changeLists(changeStars() ? undefined : stars.isKept);
    } else {
      changeStars(changeLists() ? undefined : record.isKept);
    }
    // What waited for the other record.
    for (const kept of [times, stars, record, stars]) {
      kept.retry();
    }
  };
}

export function createWatchLists({ place, stars, makeId }: Deps): WatchLists {
  const record = createRecord<readonly WatchList[]>(place, {
    key: LISTS_KEY,
    empty: [],
    schema: v.pipe(
      StoredLists,
      v.transform(({ lists }) => lists),
    ),
    encode: (lists) => ({ version: 1, lists }),
  });
  /** Of the list that was asked for last: asked once for each row of a long list. */
  let members: { readonly entries: readonly ListEntry[]; readonly tickers: ReadonlySet<string> } | null =
    null;
  const all = (): Lists => [starredOf(stars.all(), stars.times.value()), ...record.value()];
  return {
    all,
    stored: () => [starredOf(stars.kept.stored(), stars.times.stored()), ...record.stored()],
    get: (id) => all().find((list) => list.id === id) ?? null,
    has: (id, ticker) => {
      const entries = record.value().find((list) => list.id === id)?.entries ?? NONE;
      if (members?.entries !== entries) {
        members = { entries, tickers: new Set(entries.map((entry) => entry.ticker)) };
      }
      return members.tickers.has(ticker);
    },
    change: makeChange(stars, record),
    makeId,
    isKept: () => record.isKept() && stars.kept.isKept() && stars.times.isKept(),
    isAside: () => record.isAside() || stars.kept.isAside(),
  };
}

const made = new WeakMap<Device, WatchLists>();

/** One for the page, whatever parts show lists. */
export function watchListsOf(device: Device): WatchLists {
  const lists =
    made.get(device) ??
    createWatchLists({
      place: placeOf(device),
      stars: device.stars,
      makeId: () => crypto.randomUUID().replaceAll("-", "").slice(0, 8),
    });
  made.set(device, lists);
  return lists;
}
