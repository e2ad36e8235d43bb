/** What a reader does with the lists, with the way back: each takes back what it did itself, and nothing that was done since. */
import {
  type ListEntry,
  type Lists,
  MAX_ENTRIES,
  type WatchList,
  withEntries,
  withEntryAt,
  withList,
  withMoved,
  withMovedBack,
  withoutAdded,
  withoutEntries,
  withoutList,
} from "./watch-list.ts";

export interface Step {
  readonly next: (now: Lists) => Lists;
  /** The same lists where nothing can be taken back: there is no room, or what it belongs to is gone. */
  readonly back: (now: Lists) => Lists;
}

/** A step of which the first run learns what the way back needs: a later run may find it done. `null`: it does nothing. */
function stepOf<T>(
  learn: (now: Lists) => T | null,
  next: (now: Lists, known: T) => Lists,
  back: (now: Lists, known: T) => Lists,
): Step {
  let known: T | null | undefined;
  return {
    next: (now) => {
      known ??= learn(now);
      return known === null ? now : next(now, known);
    },
    back: (now) => (known === null || known === undefined ? now : back(now, known)),
  };
}

function listOf(now: Lists, id: string): WatchList | undefined {
  return now.find((list) => list.id === id);
}

/** Where a stock stands in a list; `null` where it does not. */
function placeOf(now: Lists, id: string, ticker: string): { entry: ListEntry; at: number } | null {
  const entries = listOf(now, id)?.entries ?? [];
  const at = entries.findIndex((entry) => entry.ticker === ticker);
  const entry = entries[at];
  return entry === undefined ? null : { entry, at };
}

/** At the end of a list, as many as have room. */
export function adding(id: string, entries: readonly ListEntry[]): Step {
  return stepOf(
    (now) => {
      const before = listOf(now, id)?.entries ?? [];
      return listOf(withEntries(now, id, entries), id)?.entries.slice(before.length) ?? null;
    },
    (now, came) => withEntries(now, id, came),
    (now, came) => withoutAdded(now, id, came),
  );
}

export function takingOut(id: string, ticker: string): Step {
  return stepOf(
    (now) => placeOf(now, id, ticker),
    (now) => withoutEntries(now, id, new Set([ticker])),
    (now, { entry, at }) => (placeOf(now, id, ticker) === null ? withEntryAt(now, id, entry, at) : now),
  );
}

/** To the end of another list, where that has room. */
export function moving(ticker: string, from: string, to: string): Step {
  return stepOf(
    (now) => {
      const place = placeOf(now, from, ticker);
      const isMoved = place !== null && withMoved(now, place.entry, from, to) !== now;
      return isMoved ? { ...place, wasThere: placeOf(now, to, ticker) !== null } : null;
    },
    (now, { entry }) => withMoved(now, entry, from, to),
    (now, { entry, at, wasThere }) =>
      placeOf(now, from, ticker) !== null
        ? now
        : wasThere
          ? withEntryAt(now, from, entry, at)
          : withMovedBack(now, entry, from, to, at),
  );
}

/** A whole list. One that has its name since then takes its stocks, where it has room for all of them. */
export function removing(id: string): Step {
  return stepOf(
    (now) => {
      const at = now.findIndex((list) => list.id === id);
      const list = now[at];
      return list === undefined ? null : { list, at };
    },
    (now) => withoutList(now, id),
    (now, { list, at }) => {
      const same = now.find(({ name }) => name === list.name);
      const joined = same && withEntries(now, same.id, list.entries);
      const isWhole = same !== undefined && list.entries.length + same.entries.length <= MAX_ENTRIES;
      return joined === undefined ? withList(now, list, at) : isWhole ? joined : now;
    },
  );
}

/** A new list; on the way back it goes where nothing else has come on it. */
export function creating(list: WatchList): Step {
  return stepOf(
    (now) => (withList(now, list) === now ? null : list),
    (now) => withList(now, list),
    (now) => {
      const there = listOf(now, list.id);
      const isAsMade = there?.name === list.name && there.entries.length === 0;
      return isAsMade ? withoutList(now, list.id) : now;
    },
  );
}

/** One after the other, and back in the other order. */
export function inOrder(steps: readonly Step[]): Step {
  return {
    next: (now) => steps.reduce((lists, step) => step.next(lists), now),
    back: (now) => steps.reduceRight((lists, step) => step.back(lists), now),
  };
}
