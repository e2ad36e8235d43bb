/** All that the page of a list reads and does: the list, its stocks with names, signals and prices, and the one step back. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { LatinName } from "../../../worker/protocol/latin-name.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { listedNamesOf, type ListedNames } from "../../store/names/listed-names.ts";
import { type Notes, notesOf } from "../../store/watch/notes.ts";
import { moving, type Step, takingOut } from "../../store/watch/steps.ts";
import { MAX_ENTRIES, type WatchList, withShift } from "../../store/watch/watch-list.ts";
import { type WatchLists, watchListsOf } from "../../store/watch/watch-lists.ts";
import { useApp } from "../app-context.tsx";
import { useWatchTexts } from "../labels/watch-texts.ts";
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
  /** With its way back, which is offered again where it could not be gone. */
  take(step: Step, text: string): void;
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
  const texts = useWatchTexts();
  const lists = watchListsOf(device);
  const names = listedNamesOf(exchange);
  names.freshen();
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
    take: (step, text) => {
      lists.change(step.next);
      const run = (): void => {
        let isBack = false;
        lists.change((now) => {
          const back = step.back(now);
          isBack ||= back !== now;
          return back;
        });
        setDone(isBack ? null : { text: texts().noWayBack, run });
      };
      setDone({ text, run });
    },
  };
}

/** Takes a stock out of its list, and puts it back where it was. */
export function takeOut(watch: Watch, ticker: string, text: string): void {
  const list = watch.list();
  if (list !== null) {
    watch.take(takingOut(list.id, ticker), text);
  }
}

/** `by` places on; nothing at the ends. */
export function moveBy(watch: Watch, ticker: string, by: number): void {
  const list = watch.list();
  if (list !== null) {
    watch.lists.change((now) => withShift(now, list.id, ticker, by));
    watch.finish(null);
  }
}

/** From the list that is shown into another, where that has room. */
export function moveTo(watch: Watch, ticker: string, target: WatchList, text: string): void {
  const list = watch.list();
  const isThere = target.entries.some((one) => one.ticker === ticker);
  if (list !== null && (isThere || target.entries.length < MAX_ENTRIES)) {
    watch.take(moving(ticker, list.id, target.id), text);
  }
}
