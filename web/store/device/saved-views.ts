/** Views of the list that a reader has named on this device: what an address shows, under a name of the reader's own. */
import type { Accessor } from "solid-js";
import { createKept, type Kept, parseText, type RecordPlace } from "./kept.ts";
import { followTabs } from "./place.ts";
import type { Shelf } from "./shelf.ts";

export const VIEWS_KEY = "vcp.views";
export const MAX_VIEWS = 20;
/** Code points. */
export const MAX_NAME = 40;
/** Characters: an address of the list has fewer whatever is chosen. */
export const MAX_SEARCH = 300;

/** Why a view or list cannot bear a name: it is only blanks, another one has it, or there are as many as may be. */
export type NameFailure = "nameless" | "taken" | "full";

export interface SavedView {
  readonly name: string;
  /** Of the address, `?state=ready`; empty for the usual list. */
  readonly search: string;
}

export interface SavedViews {
  readonly all: Accessor<readonly SavedView[]>;
  /** Under a name that exists it takes that view's place. `full`: one more than {@link MAX_VIEWS}; `nameless`: only blanks. */
  save(view: SavedView): "saved" | Exclude<NameFailure, "taken">;
  /** Keeps its place. `taken`: another view has that name. */
  rename(from: string, to: string): "saved" | Exclude<NameFailure, "full">;
  remove(name: string): void;
  readonly kept: Kept<readonly SavedView[]>;
}

/** Without blanks around it and none twice, and no longer than is kept. */
export function tidyName(name: string): string {
  return Array.from(name.trim().replaceAll(/\s+/gu, " ")).slice(0, MAX_NAME).join("").trim();
}

function isView(one: unknown): one is SavedView {
  return (
    typeof one === "object" &&
    one !== null &&
    "name" in one &&
    "search" in one &&
    typeof one.name === "string" &&
    typeof one.search === "string" &&
    one.search.length <= MAX_SEARCH &&
    tidyName(one.name) !== ""
  );
}

function read(text: string | null): { readonly value: readonly SavedView[]; readonly isWhole: boolean } {
  const stored = text === null ? [] : parseText(text);
  const found = Array.isArray(stored) ? stored.filter(isView) : [];
  const byName = new Map(found.map(({ name, search }) => [tidyName(name), { name: tidyName(name), search }]));
  const value = [...byName.values()].slice(0, MAX_VIEWS);
  return { value, isWhole: Array.isArray(stored) && value.length === stored.length };
}

export function createSavedViews(
  shelf: Shelf,
  onOther: RecordPlace["onOther"] = () => undefined,
): SavedViews {
  const kept = createKept<readonly SavedView[]>(
    { shelf, onOther },
    { key: VIEWS_KEY, read, encode: (views) => JSON.stringify(views) },
  );
  return {
    kept,
    all: kept.value,
    save: ({ name, search }) => {
      const view = { name: tidyName(name), search };
      const isOther = (one: SavedView): boolean => one.name !== view.name;
      if (view.name === "") {
        return "nameless";
      }
      if (kept.stored().filter(isOther).length >= MAX_VIEWS) {
        return "full";
      }
      kept.change((now) =>
        now.every(isOther) ? [...now, view] : now.map((one) => (isOther(one) ? one : view)),
      );
      return "saved";
    },
    rename: (from, to) => {
      const name = tidyName(to);
      if (name === "") {
        return "nameless";
      }
      if (name !== from && kept.stored().some((one) => one.name === name)) {
        return "taken";
      }
      kept.change((now) => now.map((one) => (one.name === from ? { ...one, name } : one)));
      return "saved";
    },
    remove: (name) => {
      kept.change((now) => now.filter((one) => one.name !== name));
    },
  };
}

const made = new WeakMap<object, SavedViews>();

/** One for the page: a view that the storage refuses holds for the visit. */
export function savedViewsOf(device: { readonly shelf: Shelf }): SavedViews {
  const views = made.get(device) ?? createSavedViews(device.shelf, followTabs);
  made.set(device, views);
  return views;
}
