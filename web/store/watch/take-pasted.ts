/** Which lists of the device a pasted text fills, and the taking of it, in one change with one way back. */
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { carryNotes } from "../device/file/carry.ts";
import { tidyName } from "../device/saved-views.ts";
import { type ListTarget, mergedNote, type PasteTarget } from "./judge-paste.ts";
import type { Notes, NotesOf } from "./notes.ts";
import { adding, creating, inOrder, type Step } from "./steps.ts";
import { type Lists, MAX_LISTS, STARRED, type WatchList } from "./watch-list.ts";
import type { WatchLists } from "./watch-lists.ts";

/** Where rows go that name no list, and under which names the built-in one leaves in any language. */
export interface PasteInto {
  readonly shown: string;
  readonly starredNames: readonly string[];
}

/** `null`: the device has no list of that name. */
function listOf(now: Lists, { shown, starredNames }: PasteInto, name: string): WatchList | null {
  const tidy = tidyName(name);
  return (
    (tidy === "" ? now.find(({ id }) => id === shown) : now.find((list) => list.name === tidy)) ??
    (starredNames.includes(tidy) ? now.find(({ id }) => id === STARRED) : undefined) ??
    null
  );
}

/** What the device holds now. */
export function pasteTarget(now: Lists, notes: NotesOf, into: PasteInto): PasteTarget {
  const known = new Map<string, ListTarget>();
  let room = MAX_LISTS + 1 - now.length;
  const make = (name: string): ListTarget | null => {
    const list = listOf(now, into, name);
    if (list === null) {
      room -= 1;
      return room < 0 ? null : { key: `new ${name}`, has: () => false, count: 0 };
    }
    const tickers = new Set(list.entries.map(({ ticker }) => ticker));
    return { key: list.id, has: (ticker) => tickers.has(ticker), count: tickers.size };
  };
  return {
    listOf: (name) => {
      const tidy = tidyName(name);
      const target = known.get(tidy) ?? make(tidy);
      if (target !== null) {
        known.set(tidy, target);
      }
      return target;
    },
    noteOf: (ticker) => notes[ticker]?.text ?? "",
    notes: Object.keys(notes).length,
  };
}

/** A stock that comes, with its note, to the list of a name. */
export interface Taken {
  readonly stock: ListedName;
  readonly note: string;
  readonly added: string | null;
  readonly list: string;
}

function stepsOf(lists: WatchLists, into: PasteInto, taken: readonly Taken[], at: string): readonly Step[] {
  const now = lists.stored();
  const byList = Map.groupBy(taken, ({ list }) => tidyName(list));
  return [...byList].flatMap(([name, stocks]) => {
    const entries = stocks.map(({ stock: { ticker }, added }) => ({ ticker, added: added ?? at }));
    const there = listOf(now, into, name);
    const id = there?.id ?? lists.makeId();
    const fill = adding(id, entries);
    return there === null ? [creating({ id, name, entries: [] }), fill] : [fill];
  });
}

/** Behind the notes that are there. */
function withTaken(notes: NotesOf, taken: readonly Taken[], at: string): NotesOf {
  const next = new Map(Object.entries(notes));
  for (const { stock, note } of taken.filter((one) => one.note !== "")) {
    const before = next.get(stock.ticker)?.text ?? "";
    const text = mergedNote(before, note);
    if (text !== before) {
      next.set(stock.ticker, { text, at });
    }
  }
  return Object.fromEntries(next);
}

/** `at`: ISO 8601. How it is taken back. */
export function takePasted(
  lists: WatchLists,
  notes: Notes,
  into: PasteInto,
  taken: readonly Taken[],
  at: string,
): () => void {
  const step = inOrder(stepsOf(lists, into, taken, at));
  const before = notes.stored();
  const after = withTaken(before, taken, at);
  lists.change(step.next);
  notes.change((now) => carryNotes(before, after, now).value);
  return () => {
    lists.change(step.back);
    notes.change((now) => carryNotes(after, before, now).value);
  };
}
