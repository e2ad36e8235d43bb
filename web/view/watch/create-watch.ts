/** All that the page of a list reads and does: the list, its stocks with names, signals and prices, and the one step back. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { LatinName } from "../../../worker/protocol/latin-name.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { createListedNames, type ListedNames } from "../../store/names/listed-names.ts";
import { type Notes, notesOf } from "../../store/watch/notes.ts";
import {
  type ListEntry,
  type Lists,
  MAX_ENTRIES,
  type WatchList,
  withEntryAt,
  withMoved,
  withoutEntries,
} from "../../store/watch/watch-list.ts";
import { type WatchLists, watchListsOf } from "../../store/watch/watch-lists.ts";
import { useApp } from "../app-context.tsx";
import { useMarket } from "../market-context.tsx";

/** What was done last, and how it is taken back; `run` is `null` for what needs no way back. */
export interface Done {
  readonly text: string;
  readonly run: (() => void) | null;
}

export interface Watch {
  readonly lists: WatchLists;
  readonly notes: Notes;
  readonly names: ListedNames;
  /** `null` where the address names none of this device. */
  readonly list: Accessor<WatchList | null>;
  readonly tickers: Accessor<readonly string[]>;
  /** The open signal of a stock; `null` for none, `undefined` while that is not known. */
  signal(ticker: string): SignalRow | null | undefined;
  /** A stock as the page names it: its code where no name is known. */
  company(ticker: string): { readonly ticker: string; readonly name: string } & LatinName;
  /** Whether the stock is of the market that is shown: others have no prices and no names here. */
  isShown(ticker: string): boolean;
  readonly done: Accessor<Done | null>;
  finish(done: Done | null): void;
  /** With what it takes back. */
  change(next: (now: Lists) => Lists, text: string, back: (now: Lists) => Lists): void;
}

/** Open signals by ticker: the nearest first of two of one share. */
function byTicker(rows: readonly SignalRow[]): ReadonlyMap<string, SignalRow> {
  const found = new Map<string, SignalRow>();
  for (const row of rows) {
    const before = found.get(row.ticker);
    if (before === undefined || before.score < row.score) {
      found.set(row.ticker, row);
    }
  }
  return found;
}

export function createWatch(id: Accessor<string>): Watch {
  const { device } = useApp();
  const { exchange, signals } = useMarket();
  const lists = watchListsOf(device);
  const names = createListedNames(exchange);
  const [done, setDone] = createSignal<Done | null>(null);
  const list = createMemo(() => lists.get(id()));
  const tickers = createMemo(() => list()?.entries.map(({ ticker }) => ticker) ?? [], [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const rows = createMemo(() => byTicker(signals.value()?.signals ?? []));
  const isShown = (ticker: string): boolean => {
    const active = exchange.active();
    return active !== null && exchangeOf(ticker) === active;
  };
  return {
    lists,
    notes: notesOf(device),
    names,
    list,
    tickers,
    signal: (ticker) => {
      const known = signals.value();
      const row = rows().get(ticker);
      // Of a list longer than what was loaded the rest is unknown.
      const isWhole = known !== null && known.signals.length >= known.count;
      return row ?? (isWhole && isShown(ticker) ? null : undefined);
    },
    company: (ticker) => {
      const row = rows().get(ticker);
      const listed = names.of(ticker) ?? row;
      return {
        ticker,
        name: listed?.name ?? ticker,
        name_en: listed?.name_en ?? null,
        romanised: row?.romanised ?? listed?.romanised ?? null,
      };
    },
    isShown,
    done,
    finish: setDone,
    change: (next, text, back) => {
      lists.change(next);
      setDone({
        text,
        run: () => {
          lists.change(back);
          setDone(null);
        },
      });
    },
  };
}

/** Takes a stock out of its list, and puts it back where it was. */
export function takeOut(watch: Watch, ticker: string, text: string): void {
  const list = watch.list();
  const at = list?.entries.findIndex((entry) => entry.ticker === ticker) ?? -1;
  const entry = list?.entries[at];
  if (list !== null && entry !== undefined) {
    watch.change(
      (now) => withoutEntries(now, list.id, new Set([ticker])),
      text,
      (now) => withEntryAt(now, list.id, entry, at),
    );
  }
}

/** `by` places on; nothing at the ends. */
export function moveBy(watch: Watch, ticker: string, by: number): void {
  const list = watch.list();
  const entries: readonly ListEntry[] = list?.entries ?? [];
  const at = entries.findIndex((entry) => entry.ticker === ticker);
  const entry = entries[at];
  const to = Math.min(entries.length - 1, Math.max(0, at + by));
  if (list !== null && entry !== undefined && to !== at) {
    watch.lists.change((now) => withEntryAt(now, list.id, entry, to));
    watch.finish(null);
  }
}

/** From the list that is shown into another, where that has room. */
export function moveTo(watch: Watch, ticker: string, target: WatchList, text: string): void {
  const list = watch.list();
  const at = list?.entries.findIndex((entry) => entry.ticker === ticker) ?? -1;
  const entry = list?.entries[at];
  const wasThere = target.entries.some((one) => one.ticker === ticker);
  if (list !== null && entry !== undefined && (wasThere || target.entries.length < MAX_ENTRIES)) {
    watch.change(
      (now) => withMoved(now, entry, list.id, target.id),
      text,
      (now) =>
        withEntryAt(wasThere ? now : withoutEntries(now, target.id, new Set([ticker])), list.id, entry, at),
    );
  }
}
