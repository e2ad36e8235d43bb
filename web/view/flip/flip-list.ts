/** Which list a signal's page belongs to: its address names the list, and the list was shown in an order. */
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";

/** Of the address of a signal: the whole address of the list, whose names are those of the chart too. */
const PARAM = "from";
/** Of an address the page reads no more of a list. */
const MAX_LIST = 400;

/** The page of a signal as a row of the list leads to it; `search` is that of the list. */
export function signalHref(id: string, search: string): string {
  const path = `/signals/${encodeURIComponent(id)}`;
  return search === "" ? path : `${path}?${PARAM}=${encodeURIComponent(search.slice(1))}`;
}

/** The list that the address of a signal names, as the list's own address; `null` where it names none. */
export function listSearchOf(search: string): string | null {
  const named = new URLSearchParams(search).get(PARAM);
  return named === null || named.length > MAX_LIST ? null : `?${named}`;
}

/** `search` with the list that `before` names. */
export function withListOf(before: string, search: string): string {
  const named = listSearchOf(before);
  return named === null ? search : `${search}&${PARAM}=${encodeURIComponent(named.slice(1))}`;
}

interface ShownList {
  readonly exchange: Exchange | null;
  readonly search: string;
  readonly ids: readonly string[];
}

let shown: ShownList | null = null;

/** The list as it was shown last: who flips through it finds its order, not one that has moved on since. */
export const shownList = {
  note(list: ShownList): void {
    shown = list;
  },
  /** `null`: another list was shown last, or none. */
  idsOf(exchange: Exchange | null, search: string): readonly string[] | null {
    return shown?.exchange === exchange && shown.search === search ? shown.ids : null;
  },
};

/** Marks an entry of the browser's history that a step has led to. */
export const STEPPED = { isStep: true } as const;

/** Whether a step has led to an entry: the focus then stays where it was. */
export function isStep(state: unknown): boolean {
  return typeof state === "object" && state !== null && "isStep" in state;
}
