/** What a file would change on the device: merged into what is there, or in its place. Nothing is written here. */
import { isLong, MAX_NOTES, type NotesOf } from "../../watch/notes.ts";
import { type ListEntry, MAX_ENTRIES, MAX_LISTS, type WatchList } from "../../watch/watch-list.ts";
import { MAX_VIEWS, type SavedView } from "../saved-views.ts";
import { groupOf, type ValueGroup } from "./value-keys.ts";

/** `merge` takes nothing away; `replace` makes each section that the file has as the file has it. */
export type ImportMode = "merge" | "replace";

/** All that the device keeps, but what it set aside. */
export interface DeviceState {
  readonly starred: readonly ListEntry[];
  /** Without the built-in one. */
  readonly lists: readonly WatchList[];
  readonly notes: NotesOf;
  readonly views: readonly SavedView[];
  /** By key of the storage. */
  readonly values: Readonly<Record<string, string>>;
}

/** As much of it as a file has. */
export type FileState = { readonly [K in keyof DeviceState]?: DeviceState[K] | undefined };

/** `newList` and `goneList`: the list itself comes or goes, with its stocks. */
export type ChangeSection = "starred" | "list" | "newList" | "goneList" | "notes" | "views" | ValueGroup;

export interface SectionChange {
  readonly section: ChangeSection;
  /** Of a list or of a view. */
  readonly name: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** What has no room, or is longer than the device keeps. */
  readonly refused: number;
}

export interface ImportPlan {
  readonly next: DeviceState;
  /** Sections that stay as they are do not stand here. */
  readonly changes: readonly SectionChange[];
}

const NONE = { name: "", added: 0, changed: 0, removed: 0, refused: 0 } as const;

function isChange({ section, added, changed, removed, refused }: SectionChange): boolean {
  return section === "newList" || section === "goneList" || added + changed + removed + refused > 0;
}

/** Those of the file behind those that are there. */
function mergedEntries(now: readonly ListEntry[], file: readonly ListEntry[]): readonly ListEntry[] {
  const known = new Set(now.map(({ ticker }) => ticker));
  return [...now, ...file.filter(({ ticker }) => !known.has(ticker) && known.add(ticker))];
}

function entriesChange(
  section: "starred" | "list",
  name: string,
  now: readonly ListEntry[],
  wanted: readonly ListEntry[],
): SectionChange & { readonly entries: readonly ListEntry[] } {
  const entries = wanted.slice(0, MAX_ENTRIES);
  const [before, after] = [now, entries].map((all) => new Set(all.map(({ ticker }) => ticker)));
  const isMoved = now.length === entries.length && now.some(({ ticker }, i) => ticker !== entries[i]?.ticker);
  const added = entries.filter(({ ticker }) => before?.has(ticker) !== true).length;
  const removed = now.filter(({ ticker }) => after?.has(ticker) !== true).length;
  return {
    section,
    name,
    added,
    removed,
    changed: isMoved && added + removed === 0 ? 1 : 0,
    refused: wanted.length - entries.length,
    entries,
  };
}

/** An id that another list of the device has would lead to that one. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) {
    free = `${id.slice(0, 12)}${n}`;
  }
  return free;
}

/** Lists are the same by name: their ids are of the device that made them. */
function planLists(
  now: readonly WatchList[],
  file: readonly WatchList[],
  mode: ImportMode,
): { readonly lists: readonly WatchList[]; readonly changes: readonly SectionChange[] } {
  const byName = new Map(now.map((list) => [list.name, list]));
  const ids = new Set(now.map(({ id }) => id));
  const incoming = [...new Map(file.map((list) => [list.name, list])).values()];
  const changes: SectionChange[] = [];
  const lists = new Map(mode === "merge" ? byName : []);
  // The lists that the device has come before new ones.
  const others = incoming.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  const room = MAX_LISTS - (mode === "merge" ? now.length : incoming.length - others.length);
  const refused = new Set(others.slice(Math.max(0, room)));
  for (const list of incoming) {
    const before = byName.get(list.name);
    const wanted = mode === "merge" && before ? mergedEntries(before.entries, list.entries) : list.entries;
    const { entries, ...change } = entriesChange("list", list.name, before?.entries ?? [], wanted);
    if (refused.has(list.name)) {
      changes.push({ ...change, added: 0, refused: entries.length });
    } else {
      const id = before?.id ?? freeId(list.id, ids);
      ids.add(id);
      lists.set(list.name, { id, name: list.name, entries });
      changes.push(before === undefined ? { ...change, section: "newList" } : change);
    }
  }
  for (const list of now.filter(({ name }) => !lists.has(name))) {
    changes.push({ ...NONE, section: "goneList", name: list.name, removed: list.entries.length });
  }
  return { lists: [...lists.values()], changes };
}

/** Of two notes on one stock the one that was written later. */
function planNotes(
  now: NotesOf,
  file: NotesOf,
  mode: ImportMode,
): SectionChange & { readonly notes: NotesOf } {
  const notes = new Map(mode === "merge" ? Object.entries(now) : []);
  let [added, changed, refused] = [0, 0, 0];
  for (const [ticker, note] of Object.entries(file)) {
    const before = now[ticker];
    if (isLong(note.text) || (before === undefined && notes.size >= MAX_NOTES)) {
      refused += 1;
      if (before !== undefined) {
        notes.set(ticker, before);
      }
    } else if (before === undefined || mode === "replace" || note.at > before.at) {
      notes.set(ticker, note);
      added += before === undefined ? 1 : 0;
      changed += before !== undefined && before.text !== note.text ? 1 : 0;
    }
  }
  const removed = Object.keys(now).filter((ticker) => !notes.has(ticker)).length;
  return { ...NONE, section: "notes", added, changed, removed, refused, notes: Object.fromEntries(notes) };
}

function planViews(
  now: readonly SavedView[],
  file: readonly SavedView[],
  mode: ImportMode,
): SectionChange & { readonly views: readonly SavedView[] } {
  const before = new Map(now.map((view) => [view.name, view]));
  const views = new Map(mode === "merge" ? before : []);
  let [added, changed, refused] = [0, 0, 0];
  for (const view of file) {
    const known = before.get(view.name);
    if (mode === "merge" && known !== undefined) {
      continue;
    }
    if (views.size >= MAX_VIEWS) {
      refused += 1;
    } else {
      views.set(view.name, view);
      added += known === undefined ? 1 : 0;
      changed += known !== undefined && known.search !== view.search ? 1 : 0;
    }
  }
  const removed = now.filter(({ name }) => !views.has(name)).length;
  return { ...NONE, section: "views", added, changed, removed, refused, views: [...views.values()] };
}

/** A choice of the device stays in a merge. */
function planValues(
  now: DeviceState["values"],
  file: DeviceState["values"],
  mode: ImportMode,
): { readonly values: DeviceState["values"]; readonly changes: readonly SectionChange[] } {
  const values = { ...now };
  const counts = new Map<ValueGroup, { added: number; changed: number }>();
  for (const [key, text] of Object.entries(file)) {
    const before = now[key] ?? "";
    if (text !== before && (before === "" || mode === "replace")) {
      values[key] = text;
      const count = counts.get(groupOf(key)) ?? { added: 0, changed: 0 };
      counts.set(groupOf(key), {
        added: count.added + (before === "" ? 1 : 0),
        changed: count.changed + (before === "" ? 0 : 1),
      });
    }
  }
  return { values, changes: [...counts].map(([section, count]) => ({ ...NONE, section, ...count })) };
}

export function planImport(now: DeviceState, file: FileState, mode: ImportMode): ImportPlan {
  const wanted = file.starred ?? now.starred;
  const { entries: starred, ...stars } = entriesChange(
    "starred",
    "",
    now.starred,
    mode === "merge" ? mergedEntries(now.starred, wanted) : wanted,
  );
  const { lists, changes } = file.lists
    ? planLists(now.lists, file.lists, mode)
    : { lists: now.lists, changes: [] };
  const { notes, ...noted } = planNotes(now.notes, file.notes ?? now.notes, mode);
  const { views, ...viewed } = planViews(now.views, file.views ?? now.views, mode);
  const valued = planValues(now.values, file.values ?? {}, mode);
  return {
    next: { starred, lists, notes, views, values: valued.values },
    changes: [stars, ...changes, noted, viewed, ...valued.changes].filter(isChange),
  };
}
