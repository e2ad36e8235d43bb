/** Reads all that this device keeps, and puts another state in its place: the stores of the page follow at once. */
import type { Preferences } from "../../preferences.ts";
import { createPreferences } from "../../preferences.ts";
import { NOTES_KEY, notesOf } from "../../watch/notes.ts";
import { STARRED } from "../../watch/watch-list.ts";
import { LISTS_KEY, watchListsOf } from "../../watch/watch-lists.ts";
import type { Device } from "../device.ts";
import { createSavedViews, VIEWS_KEY } from "../saved-views.ts";
import { readShelf, writeShelf } from "../shelf.ts";
import type { DeviceState } from "./plan.ts";
import { VALUE_KEYS } from "./value-keys.ts";

/** What is stored now, this moment. */
export function deviceState(device: Device): DeviceState {
  const [first, ...lists] = watchListsOf(device).all();
  const values = VALUE_KEYS.flatMap((key) => {
    const text = readShelf(device.shelf, key) ?? "";
    return text === "" ? [] : [[key, text] as const];
  });
  return {
    starred: first?.entries ?? [],
    lists,
    notes: notesOf(device).all(),
    views: createSavedViews(device.shelf).all(),
    values: Object.fromEntries(values),
  };
}

/** Records that could not be read, as they were found. */
export function asideOf(device: Device): Readonly<Record<string, string>> {
  const keys = [LISTS_KEY, NOTES_KEY, ...VALUE_KEYS].map((key) => `${key}.aside`);
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = readShelf(device.shelf, key);
      return text === null ? [] : [[key, text] as const];
    }),
  );
}

/** The choices that hold under `values`, on the page that is open. */
function choose(values: DeviceState["values"], preferences: Preferences, languages: readonly string[]): void {
  const shelf = { getItem: (key: string) => values[key] ?? null, setItem: () => undefined };
  const next = createPreferences(shelf, languages);
  preferences.setLocale(next.locale());
  preferences.setTheme(next.theme());
  preferences.setPalette(next.palette());
  preferences.setCodeFirst(next.codeFirst());
  preferences.setBeside(next.beside());
  preferences.setKeys(next.keys());
}

/** Whether the storage took all of it. `languages` as `navigator.languages` has them. */
export function putDeviceState(
  device: Device,
  next: DeviceState,
  preferences: Preferences,
  languages: readonly string[],
): boolean {
  const { shelf } = device;
  const lists = watchListsOf(device);
  const notes = notesOf(device);
  lists.change(() => [{ id: STARRED, name: "", entries: next.starred }, ...next.lists]);
  notes.put(next.notes);
  choose(next.values, preferences, languages);
  // After the choices, each of which stores itself: what was never chosen is stored as an empty text, which stands for that.
  const texts = [
    [VIEWS_KEY, JSON.stringify(next.views)] as const,
    ...VALUE_KEYS.map((key) => [key, next.values[key] ?? ""] as const),
  ].filter(([key, text]) => (readShelf(shelf, key) ?? "") !== text);
  const isKept = texts.map(([key, text]) => writeShelf(shelf, key, text)).every(Boolean);
  return isKept && lists.isKept() && notes.isKept();
}
