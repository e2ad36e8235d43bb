/** The names of an exchange as a map, made once: what a pasted code or name means costs one look-up, however many are pasted. */
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { joined, type SearchedName } from "./searched-name.ts";

/** Of an ambiguous name so many are offered. */
const OFFERED = 8;
const MOST_SEEN = 1_000;

export interface NameMap {
  readonly exchange: Exchange;
  /** By ticker in upper case; `null` for none. */
  code(ticker: string): ListedName | null;
  /** Those that have exactly this Korean, English or romanised name, blanks and signs aside. */
  exact(name: string): readonly ListedName[];
  /** At most eight whose name begins so, the shorter name first. */
  beginning(name: string): readonly ListedName[];
}

function keyOf(text: string): string {
  return joined(text.normalize("NFKC"));
}

/** Of texts in order the first that is not before `key`. */
function firstAt(sorted: readonly (readonly [key: string, listed: ListedName])[], key: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.[0] ?? "") < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function makeNameMap(exchange: Exchange, names: readonly SearchedName[]): NameMap {
  const byCode = new Map(names.map(({ listed }) => [listed.ticker.toUpperCase(), listed]));
  const byName = new Map<string, Set<ListedName>>();
  for (const { listed, romanised } of names) {
    for (const key of [keyOf(listed.name), keyOf(listed.name_en ?? ""), romanised.joined]) {
      if (key !== "") {
        byName.set(key, (byName.get(key) ?? new Set()).add(listed));
      }
    }
  }
  const sorted = [...byName]
    .flatMap(([key, all]) => [...all].map((listed) => [key, listed] as const))
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return {
    exchange,
    code: (ticker) => byCode.get(ticker) ?? null,
    exact: (name) => [...(byName.get(keyOf(name)) ?? [])],
    beginning: (name) => {
      const key = keyOf(name);
      const found = new Set<ListedName>();
      // Few names share a beginning of two signs; the bound keeps one that all share from costing more.
      for (let at = firstAt(sorted, key), end = at + MOST_SEEN; at < end; at++) {
        const entry = sorted[at];
        if (entry?.[0].startsWith(key) !== true) {
          break;
        }
        found.add(entry[1]);
      }
      return [...found].toSorted((a, b) => a.name.length - b.name.length).slice(0, OFFERED);
    },
  };
}
