/** The lists of this device as a store: the stars are the first of them, the others one record. Loads with what shows a list. */
import { createSignal } from "solid-js";
import * as v from "valibot";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Device } from "../device/device.ts";
import { MAX_NAME, tidyName } from "../device/saved-views.ts";
import { createRecord, type DeviceRecord, type RecordPlace } from "../device/record.ts";
import { readJson, writeShelf } from "../device/shelf.ts";
import { STARRED_KEY, type Stars } from "../device/stars.ts";
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
const StoredEntry = v.object({ ticker: Ticker, added: v.nullable(Time) });
/** Each ticker once. */
export const StoredEntries = v.pipe(
  v.array(StoredEntry),
  v.maxLength(MAX_ENTRIES),
  v.transform((entries) => {
    const seen = new Set<string>();
    return entries.filter(({ ticker }) => !seen.has(ticker) && seen.add(ticker));
  }),
);
const StoredList = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]{1,16}$/),
    v.check((id) => id !== STARRED),
  ),
  name: StoredName,
  entries: StoredEntries,
});
/** Each under an id of its own: a change of one must not reach another. */
export const StoredListsOf = v.pipe(
  v.array(StoredList),
  v.maxLength(MAX_LISTS),
  v.check((lists) => new Set(lists.map(({ id }) => id)).size === lists.length),
);
const StoredLists = v.object({
  version: v.literal(1),
  lists: StoredListsOf,
});
const Times = v.record(v.string(), v.string());

export interface WatchLists {
  /** Reactive; {@link STARRED} first. */
  all(): Lists;
  /** Reactive; `null` for a list that is not there. */
  get(id: string): WatchList | null;
  /** Reactive; of a list under a name. Of one that is not there nothing is a member. */
  has(id: string, ticker: string): boolean;
  /** Applies a change to what is stored now. */
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

export function createWatchLists({ place, stars, makeId }: Deps): WatchLists {
  const { shelf } = place;
  const [hasStars, setHasStars] = createSignal(true);
  const record = createRecord<readonly WatchList[]>(place, {
    key: LISTS_KEY,
    empty: [],
    schema: v.pipe(
      StoredLists,
      v.transform(({ lists }) => lists),
    ),
    encode: (lists) => ({ version: 1, lists }),
  });
  const starred = (tickers: ReadonlySet<string>): WatchList => {
    const times = v.safeParse(Times, readJson(shelf, STARRED_KEY));
    const known = times.success ? times.output : {};
    const entries = [...tickers].map((ticker) => {
      const added = known[ticker];
      return { ticker, added: v.is(Time, added) ? added : null };
    });
    return { id: STARRED, name: "", entries };
  };
  /** Of the list that was asked for last: asked once for each row of a long list. */
  let members: { readonly entries: readonly ListEntry[]; readonly tickers: ReadonlySet<string> } | null =
    null;
  const all = (): Lists => [starred(stars.all()), ...record.value()];
  return {
    all,
    get: (id) => all().find((list) => list.id === id) ?? null,
    has: (id, ticker) => {
      const entries = record.value().find((list) => list.id === id)?.entries ?? NONE;
      if (members?.entries !== entries) {
        members = { entries, tickers: new Set(entries.map((entry) => entry.ticker)) };
      }
      return members.tickers.has(ticker);
    },
    change: (next) => {
      const first = starred(stars.stored());
      record.change((now) => {
        const changed = next([first, ...now]);
        const entries = changed.find(({ id }) => id === STARRED)?.entries ?? [];
        if (!isSame(first.entries, entries)) {
          const times = entries.flatMap(({ ticker, added }) => (added === null ? [] : [[ticker, added]]));
          const isDated = writeShelf(shelf, STARRED_KEY, JSON.stringify(Object.fromEntries(times)));
          setHasStars(stars.put(entries.map(({ ticker }) => ticker)) && isDated);
        }
        const others = changed.filter(({ id }) => id !== STARRED);
        return others.length === now.length && others.every((list, i) => list === now[i]) ? now : others;
      });
    },
    makeId,
    isKept: () => record.isKept() && hasStars(),
    isAside: record.isAside,
  };
}

/** What other tabs write, and what an import of this tab announces as they would. */
export function placeOf(device: Device): RecordPlace {
  return {
    shelf: device.shelf,
    onOther: (run) => {
      addEventListener("storage", ({ key }) => {
        run(key);
      });
    },
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
