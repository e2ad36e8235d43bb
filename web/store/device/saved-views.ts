/** Views of the list that a reader has named on this device: what an address shows, under a name of the reader's own. */
import { type Accessor, createSignal } from "solid-js";
import { readJson, type Shelf, writeShelf } from "./shelf.ts";

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

function parse(stored: unknown): readonly SavedView[] {
  const found = Array.isArray(stored) ? stored.filter(isView) : [];
  const byName = new Map(found.map(({ name, search }) => [tidyName(name), { name: tidyName(name), search }]));
  return [...byName.values()].slice(0, MAX_VIEWS);
}

export function createSavedViews(shelf: Shelf): SavedViews {
  const [all, setAll] = createSignal(parse(readJson(shelf, VIEWS_KEY)));
  let isKept = true;
  /** As stored: another tab may have saved one since. */
  const now = (): readonly SavedView[] => (isKept ? parse(readJson(shelf, VIEWS_KEY)) : all());
  const keep = (views: readonly SavedView[]): "saved" => {
    isKept = writeShelf(shelf, VIEWS_KEY, JSON.stringify(views));
    setAll(views);
    return "saved";
  };
  return {
    all,
    save: ({ name, search }) => {
      const view = { name: tidyName(name), search };
      const before = now();
      const others = before.filter((one) => one.name !== view.name);
      if (view.name === "") {
        return "nameless";
      }
      if (others.length >= MAX_VIEWS) {
        return "full";
      }
      return keep(
        others.length === before.length
          ? [...others, view]
          : before.map((one) => (one.name === view.name ? view : one)),
      );
    },
    rename: (from, to) => {
      const name = tidyName(to);
      const before = now();
      if (name === "") {
        return "nameless";
      }
      if (name !== from && before.some((one) => one.name === name)) {
        return "taken";
      }
      return keep(before.map((one) => (one.name === from ? { ...one, name } : one)));
    },
    remove: (name) => {
      keep(now().filter((one) => one.name !== name));
    },
  };
}
