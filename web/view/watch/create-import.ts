/** An import under way: the text, what it would bring, the reader's choices, and the taking of it. */
import { type Accessor, createMemo, createSignal, onCleanup } from "solid-js";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { WATCH_TEXTS } from "../../i18n/watch-texts.ts";
import { makeNameMap, type NameMap } from "../../store/names/name-map.ts";
import {
  judgePaste,
  leftCount,
  leftText,
  type Pasted,
  type PasteRow,
  takenOf,
} from "../../store/watch/judge-paste.ts";
import {
  type PastedItem,
  type PastedText,
  parsePaste,
  pasteFailure,
  type PasteFailure,
} from "../../store/watch/paste.ts";
import { type PasteInto, pasteTarget, takePasted } from "../../store/watch/take-pasted.ts";
import { STARRED } from "../../store/watch/watch-list.ts";
import { createAwaited } from "./create-awaited.ts";
import type { Watch } from "./create-watch.ts";

export type Preview = Pasted | PasteFailure;

export interface ListImport {
  readonly text: Accessor<string>;
  readonly type: (text: string) => void;
  /** `null` without text, or before the names are here. */
  readonly preview: Accessor<Preview | null>;
  /** The names are here, and what searches them could not be fetched. */
  readonly hasFailed: Accessor<boolean>;
  readonly retry: () => void;
  readonly choose: (row: PasteRow, ticker: string) => void;
  /** Lists that the text names; empty where it names none. */
  readonly named: Accessor<readonly string[]>;
  /** Whether each row goes to the list that it names: usually where the text names several. */
  readonly isByList: Accessor<boolean>;
  readonly setByList: (on: boolean) => void;
  /** Stocks that would come on a list. */
  readonly count: Accessor<number>;
  /** Takes what the text holds now; what was not taken stays in it. Stocks that came, and lines of which something stays. */
  readonly take: () => { readonly came: number; readonly left: number };
  /** Takes the last {@link take} back. */
  readonly undo: () => void;
}

/** After the last key: the reader goes on writing while a long text is read. */
const PAUSE_MS = 300;

const STARRED_NAMES = Object.values(WATCH_TEXTS).map(({ starred }) => starred);

function keyOf({ line, typed }: Pick<PastedItem, "line" | "typed">): string {
  return `${line} ${typed}`;
}

/** A text that is read when the reader pauses, or at once where that is asked for. */
function createTyped(): {
  readonly text: Accessor<string>;
  readonly settled: Accessor<string>;
  readonly type: (text: string) => void;
  readonly settle: () => void;
} {
  const [text, setText] = createSignal("");
  const [settled, setSettled] = createSignal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = (): void => {
    clearTimeout(timer);
    setSettled(text());
  };
  onCleanup(() => {
    clearTimeout(timer);
  });
  return {
    text,
    settled,
    settle,
    type: (next) => {
      setText(next);
      clearTimeout(timer);
      timer = setTimeout(settle, PAUSE_MS);
    },
  };
}

/** What was chosen for rows that mean several stocks. */
function createChoices(): {
  readonly chosenOf: (item: PastedItem) => ListedName | null;
  readonly choose: ListImport["choose"];
  readonly clear: () => void;
} {
  const [choices, setChoices] = createSignal<ReadonlyMap<string, string>>(new Map());
  return {
    chosenOf: (item) => {
      const ticker = choices().get(keyOf(item));
      const candidates = item.meaning.kind === "ambiguous" ? item.meaning.candidates : [];
      return candidates.find((one) => one.ticker === ticker) ?? null;
    },
    choose: (row, ticker) => {
      setChoices((before) => new Map(before).set(keyOf(row), ticker));
    },
    clear: () => setChoices(new Map()),
  };
}

/** What the text means: long work, done once for each text. */
function createParsed(
  text: Accessor<string>,
  names: Accessor<NameMap | null>,
): Accessor<PastedText | PasteFailure | null> {
  return createMemo(() => {
    const [pasted, map] = [text(), names()];
    return pasted.trim() === "" || map === null ? null : (pasteFailure(pasted) ?? parsePaste(pasted, map));
  });
}

function isRead<T extends object>(found: T | PasteFailure | null): found is T {
  return found !== null && !("found" in found);
}

function isTaken(row: PasteRow): boolean {
  return takenOf(row) !== null;
}

/** Stocks that would come on a list. */
function freshOf(found: Preview | null): number {
  return isRead(found) ? found.rows.filter((row) => takenOf(row)?.isNew === true).length : 0;
}

/** What an import reads and writes. */
export type ImportDeps = Pick<Watch, "lists" | "notes" | "list"> & {
  readonly names: Pick<Watch["names"], "search">;
};

export function createImport(watch: ImportDeps): ListImport {
  const { text, settled, type, settle } = createTyped();
  const { chosenOf, choose, clear } = createChoices();
  const search = createAwaited(() => watch.names.search());
  const names = createMemo(() => {
    const made = search.value();
    return made === null ? null : makeNameMap(made.exchange, made.names);
  });
  const parsed = createParsed(settled, names);
  const named = createMemo((): readonly string[] => {
    const found = parsed();
    return isRead(found) ? [...new Set(found.items.map(({ list }) => list))].filter(Boolean) : [];
  });
  const [byList, setByList] = createSignal<boolean | null>(null);
  const isByList = (): boolean => byList() ?? named().length > 1;
  const into = (): PasteInto => ({ shown: watch.list()?.id ?? STARRED, starredNames: STARRED_NAMES });
  /** `isNow`: on what is stored this moment, of which this tab may not have learned yet. */
  const judged = (isNow: boolean): Preview | null => {
    const found = parsed();
    const { lists, notes } = watch;
    const target = isNow
      ? pasteTarget(lists.stored(), notes.stored(), into())
      : pasteTarget(lists.all(), notes.all(), into());
    return isRead(found) ? judgePaste(found, target, chosenOf, isByList()) : found;
  };
  const preview = createMemo(() => judged(false));
  let undo: (() => void) | null = null;
  return {
    text,
    type,
    preview,
    hasFailed: search.hasFailed,
    retry: search.retry,
    choose,
    named,
    isByList,
    setByList,
    count: createMemo(() => freshOf(preview())),
    take: () => {
      settle();
      const found = judged(true);
      if (!isRead(found)) {
        return { came: 0, left: 0 };
      }
      const [left, rest] = [leftCount(found, isTaken), leftText(found, isTaken)];
      const taken = found.rows.flatMap((row) => takenOf(row) ?? []);
      undo = takePasted(watch.lists, watch.notes, into(), taken, new Date().toISOString());
      clear();
      type(rest);
      settle();
      return { came: freshOf(found), left };
    },
    undo: () => {
      undo?.();
      undo = null;
    },
  };
}
