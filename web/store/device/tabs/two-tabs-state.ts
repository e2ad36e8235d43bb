/** For tests: what is known of all that was acknowledged in two tabs, and what the tabs show of it. */
import { notesOf } from "../../watch/notes.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import type { Tab } from "./browser-tabs.ts";

/** The time of each stock of each list, and each note with its time. */
export interface Model {
  readonly lists: ReadonlyMap<string, Map<string, string | null>>;
  readonly notes: Map<string, string>;
}

export function shown({ device }: Tab): unknown {
  const lists = watchListsOf(device).all();
  const notes = Object.entries(notesOf(device).all());
  return { lists, notes: notes.toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

function sorted<T>(entries: Iterable<readonly [string, T]>): readonly (readonly [string, T])[] {
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function inModel({ lists, notes }: Model): unknown {
  return { lists: [...lists].map(([id, entries]) => [id, sorted(entries)]), notes: sorted(notes) };
}

export function inTab({ device }: Tab): unknown {
  const lists = watchListsOf(device)
    .all()
    .map(({ id, entries }) => [id, new Map(entries.map(({ ticker, added }) => [ticker, added]))] as const);
  const notes = Object.entries(notesOf(device).all()).map(([ticker, { text }]) => [ticker, text] as const);
  return inModel({ lists: new Map(lists), notes: new Map(notes) });
}

export function hearAll(tabs: readonly Tab[]): void {
  while (tabs.some((tab) => tab.hear())) {
    // Until nothing is under way.
  }
}
