/** An import under way: the text, what it would bring, the reader's choices, and the taking of it. */
import { type Accessor, createDeferred, createEffect, createMemo, createSignal, on } from "solid-js";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { makeNameMap, type NameMap } from "../../store/names/name-map.ts";
import {
  leftCount,
  leftText,
  mergedNote,
  type Pasted,
  pasteFailure,
  type PasteFailure,
  type PasteRow,
  previewPaste,
} from "../../store/watch/paste.ts";
import { type ListEntry, withEntries, withoutEntries } from "../../store/watch/watch-list.ts";
import { createAwaited } from "./create-awaited.ts";
import type { Watch } from "./create-watch.ts";

export type Preview = Pasted | PasteFailure;

export interface ListImport {
  readonly text: Accessor<string>;
  type(text: string): void;
  /** `null` without text, or before the names are here. */
  readonly preview: Accessor<Preview | null>;
  /** The stock that was chosen for an ambiguous row. */
  chosen(row: PasteRow): ListedName | null;
  choose(row: PasteRow, ticker: string): void;
  /** Stocks that would come on the list. */
  readonly count: Accessor<number>;
  /** Takes them; what was not taken stays as the text. Stocks that came, and lines of which something stays. */
  take(): { readonly came: number; readonly left: number };
  /** Takes the last {@link take} back. */
  undo(): void;
}

function keyOf(row: PasteRow): string {
  return `${row.line} ${row.typed}`;
}

interface Taken {
  readonly stock: ListedName;
  readonly note: string;
  readonly added: string | null;
}

function takenOf(row: PasteRow, chosen: ListedName | null): Taken | null {
  if (row.kind === "ambiguous") {
    return chosen === null ? null : { stock: chosen, note: "", added: null };
  }
  return row.kind === "unknown" ? null : row;
}

/** Puts them on the list, and their notes behind those that are there; how that is taken back. */
function takeInto(watch: Watch, all: readonly Taken[], came: ReadonlySet<string>): () => void {
  const list = watch.list();
  if (list === null) {
    return () => undefined;
  }
  const now = new Date().toISOString();
  const entries: readonly ListEntry[] = all.map(({ stock, added }) => ({
    ticker: stock.ticker,
    added: added ?? now,
  }));
  const notes = all.flatMap(({ stock: { ticker }, note }) =>
    note === "" ? [] : [{ ticker, before: watch.notes.textOf(ticker), note }],
  );
  watch.lists.change((lists) => withEntries(lists, list.id, entries));
  for (const { ticker, note } of notes) {
    watch.notes.write(ticker, mergedNote(watch.notes.textOf(ticker), note));
  }
  return () => {
    watch.lists.change((lists) => withoutEntries(lists, list.id, came));
    for (const { ticker, before } of notes.toReversed()) {
      watch.notes.write(ticker, before);
    }
  };
}

/** What was chosen for ambiguous rows of one text. */
function createChoices(text: Accessor<string>): Pick<ListImport, "chosen" | "choose"> {
  const [choices, setChoices] = createSignal<ReadonlyMap<string, ListedName>>(new Map());
  createEffect(on(text, () => setChoices(new Map()), { defer: true }));
  return {
    chosen: (row) => choices().get(keyOf(row)) ?? null,
    choose: (row, ticker) => {
      const candidates = row.kind === "ambiguous" ? row.candidates : [];
      const stock = candidates.find((one) => one.ticker === ticker);
      setChoices((before) => {
        const next = new Map(before);
        next.delete(keyOf(row));
        return stock === undefined ? next : next.set(keyOf(row), stock);
      });
    },
  };
}

/** The names as a map, made when they are here; `null` before. */
function createNameMap(watch: Watch): Accessor<NameMap | null> {
  const search = createAwaited(() => watch.names.search());
  return createMemo(() => {
    const made = search();
    return made === null ? null : makeNameMap(made.exchange, made.names);
  });
}

export function createImport(watch: Watch): ListImport {
  const [text, setText] = createSignal("");
  // The reader goes on writing while a long text is read.
  const settled = createDeferred(text, { timeoutMs: 300 });
  const names = createNameMap(watch);
  const { chosen, choose } = createChoices(settled);
  const isTaken = (row: PasteRow): boolean => takenOf(row, chosen(row)) !== null;
  let undo: (() => void) | null = null;
  const onList = createMemo(() => new Set(watch.tickers()));
  const preview = createMemo((): Preview | null => {
    const [pasted, map] = [settled(), names()];
    if (pasted.trim() === "" || map === null) {
      return null;
    }
    const target = {
      has: (ticker: string) => onList().has(ticker),
      count: onList().size,
      noteOf: (ticker: string) => watch.notes.textOf(ticker),
      notes: Object.keys(watch.notes.all()).length,
    };
    return pasteFailure(pasted) ?? previewPaste(pasted, map, target);
  });
  const taken = createMemo((): readonly Taken[] => {
    const known = preview();
    return known === null || "kind" in known
      ? []
      : known.rows.flatMap((row) => takenOf(row, chosen(row)) ?? []);
  });
  const fresh = createMemo(
    () =>
      new Set(
        taken()
          .map(({ stock }) => stock.ticker)
          .filter((ticker) => !onList().has(ticker)),
      ),
  );
  return {
    text,
    type: setText,
    preview,
    chosen,
    choose,
    count: () => fresh().size,
    take: () => {
      const [known, came] = [preview(), fresh()];
      if (known === null || "kind" in known) {
        return { came: 0, left: 0 };
      }
      const [left, rest] = [leftCount(known, isTaken), leftText(known, isTaken)];
      undo = takeInto(watch, taken(), came);
      setText(rest);
      return { came: came.size, left };
    },
    undo: () => {
      undo?.();
      undo = null;
    },
  };
}
