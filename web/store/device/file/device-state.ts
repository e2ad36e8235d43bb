/** Reads all that this device keeps, and puts another state in its place: the stores of the page follow at once. */
import { alertRulesOf } from "../../alerts/device-rules.ts";
import type { Preferences } from "../../preferences.ts";
import { createPreferences } from "../../preferences.ts";
import { NOTES_KEY, notesOf } from "../../watch/notes.ts";
import { STARRED } from "../../watch/watch-list.ts";
import { LISTS_KEY, watchListsOf } from "../../watch/watch-lists.ts";
import type { Device } from "../device.ts";
import { savedViewsOf, VIEWS_KEY } from "../saved-views.ts";
import { asideKeys } from "../set-aside.ts";
import { readShelf, writeShelf } from "../shelf.ts";
import { STARS_KEY } from "../stars.ts";
import { carryEntries, carryLists, carryNotes, carryState, carryViews } from "./carry.ts";
import type { DeviceState } from "./plan.ts";
import { VALUE_KEYS } from "./value-keys.ts";

/** What is stored now, this moment; reactive where the stores of the page are. */
export function deviceState(device: Device): DeviceState {
  const [lists, notes, views] = [watchListsOf(device), notesOf(device), savedViewsOf(device)];
  // Each store as a source, and then what another tab may have written after it.
  void [lists.all(), notes.all(), views.all()];
  const [first, ...others] = lists.stored();
  const values = VALUE_KEYS.flatMap((key) => {
    const text = readShelf(device.shelf, key) ?? "";
    return text === "" ? [] : [[key, text] as const];
  });
  return {
    starred: first?.entries ?? [],
    lists: others,
    notes: notes.stored(),
    views: views.kept.stored(),
    values: Object.fromEntries(values),
  };
}

/** Records that could not be read, as they were found. */
export function asideOf(device: Device): Readonly<Record<string, string>> {
  const keys = [STARS_KEY, LISTS_KEY, NOTES_KEY, VIEWS_KEY, ...VALUE_KEYS].flatMap(asideKeys);
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

export interface PutAnswer {
  /** Whether the storage took all of it. */
  readonly isKept: boolean;
  /** What has no room. */
  readonly refused: number;
}

/**
 * Makes the change from one state to another on what is stored now: what another tab has written since `from` stays.
 * `languages` as `navigator.languages` has them.
 */
export function putDeviceState(
  device: Device,
  { from, to }: { readonly from: DeviceState; readonly to: DeviceState },
  preferences: Preferences,
  languages: readonly string[],
): PutAnswer {
  const { shelf } = device;
  const [lists, notes, views] = [watchListsOf(device), notesOf(device), savedViewsOf(device)];
  const { value: next, refused } = carryState(from, to, deviceState(device));
  lists.change(([first, ...others]) => [
    {
      id: STARRED,
      name: "",
      entries: carryEntries(from.starred, to.starred, first?.entries ?? []).value,
    },
    ...carryLists(from.lists, to.lists, others).value,
  ]);
  notes.change((now) => carryNotes(from.notes, to.notes, now).value);
  views.kept.change((now) => carryViews(from.views, to.views, now).value);
  choose(next.values, preferences, languages);
  // After the choices, each of which stores itself: what was never chosen is stored as an empty text, which stands for that.
  const texts = VALUE_KEYS.map((key) => [key, next.values[key] ?? ""] as const).filter(
    ([key, text]) => (readShelf(shelf, key) ?? "") !== text,
  );
  const isWritten = texts.map(([key, text]) => writeShelf(shelf, key, text)).every(Boolean);
  // Its rules follow what was written beside them.
  alertRulesOf(device).retry();
  return { isKept: isWritten && lists.isKept() && notes.isKept() && views.kept.isKept(), refused };
}
