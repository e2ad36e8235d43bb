/** What a pasted text would bring to the lists, row by row, and what of it stays, with the reason. */
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import type { NameMap } from "../names/name-map.ts";
import { isLong, MAX_NOTES } from "./notes.ts";
import { type PastedItem, type PastedText, parsePaste } from "./paste.ts";
import type { UnknownReason } from "./pasted-cell.ts";
import type { PastedRecord } from "./pasted-table.ts";
import { MAX_ENTRIES } from "./watch-list.ts";

/** `full`: the list; `note`: one that would be too long; `notes`: one more than the device keeps; `lists`: likewise. */
export type Refusal = "full" | "note" | "notes" | "lists";
export type RowReason = UnknownReason | Refusal;
type TakenKind = "new" | "known" | "again";

/** What a row brings, once it means one stock. */
interface Brought {
  readonly note: string;
  readonly added: string | null;
  /** The name of the list that takes it, empty for the one that is shown. */
  readonly list: string;
}

export type PasteRow = Pick<PastedItem, "line" | "typed"> &
  (
    | ({
        /** `known`: on the list already. `again`: an earlier row of the text brings it. */
        readonly kind: TakenKind;
        readonly stock: ListedName;
      } & Brought)
    | ({
        readonly kind: "ambiguous";
        readonly candidates: readonly ListedName[];
        /** What the reader has chosen of them. */
        readonly chosen: ListedName | null;
        /** Why that is not taken. */
        readonly refusal: Refusal | null;
        /** Whether it would come on its list. */
        readonly isNew: boolean;
      } & Brought)
    | { readonly kind: "unknown"; readonly reason: RowReason }
  );

export interface Pasted {
  readonly rows: readonly PasteRow[];
  readonly records: readonly PastedRecord[];
  readonly heading: string;
}

/** A list that takes rows. */
export interface ListTarget {
  /** Another one for each list. */
  readonly key: string;
  has(ticker: string): boolean;
  readonly count: number;
}

/** What the device holds already. */
export interface PasteTarget {
  /** By the name that a row has, empty for the list that is shown; `null` for one more than the device keeps. */
  listOf(name: string): ListTarget | null;
  /** The note that the device has of a stock, empty for none. */
  noteOf(ticker: string): string;
  /** How many notes the device has. */
  readonly notes: number;
}

/** Both notes where they differ: an import takes no text away. */
export function mergedNote(before: string, next: string): string {
  return before.includes(next) ? before : before === "" ? next : `${before}\n${next}`;
}

/** Of one list, while rows are judged. */
interface Filling {
  readonly target: ListTarget;
  readonly seen: Set<string>;
  room: number;
}

/** What the next stock of a text comes to: each takes room, and several rows may bring a note on one stock. */
function makeJudge(target: PasteTarget): (ticker: string, brought: Brought) => TakenKind | Refusal {
  const fillings = new Map<string, Filling>();
  const noted = new Map<string, string>();
  let noteRoom = MAX_NOTES - target.notes;
  const fillingOf = (name: string): Filling | null => {
    const list = target.listOf(name);
    const filling =
      list && (fillings.get(list.key) ?? { target: list, seen: new Set(), room: MAX_ENTRIES - list.count });
    if (list !== null && filling !== null) {
      fillings.set(list.key, filling);
    }
    return filling;
  };
  return (ticker, { note, list }) => {
    const filling = fillingOf(list);
    if (filling === null) {
      return "lists";
    }
    const before = noted.get(ticker) ?? target.noteOf(ticker);
    const merged = note === "" ? before : mergedNote(before, note);
    const isNewNote = before === "" && merged !== "";
    const kind = filling.target.has(ticker) ? "known" : filling.seen.has(ticker) ? "again" : "new";
    const refusal = isLong(merged)
      ? "note"
      : kind === "new" && filling.room <= 0
        ? "full"
        : isNewNote && noteRoom <= 0
          ? "notes"
          : null;
    if (refusal === null) {
      filling.seen.add(ticker);
      noted.set(ticker, merged);
      filling.room -= kind === "new" ? 1 : 0;
      noteRoom -= isNewNote ? 1 : 0;
    }
    return refusal ?? kind;
  };
}

function isTakenKind(answer: TakenKind | Refusal): answer is TakenKind {
  return answer === "new" || answer === "known" || answer === "again";
}

/** `chosenOf`: what the reader has chosen for an item that means several. `isByList`: each row goes to the list that it names. */
export function judgePaste(
  { items, records, heading }: PastedText,
  target: PasteTarget,
  chosenOf: (item: PastedItem) => ListedName | null,
  isByList: boolean,
): Pasted {
  const judge = makeJudge(target);
  const rows = items.flatMap((item): readonly PasteRow[] => {
    const { line, typed, meaning, note, added } = item;
    const brought = { note, added, list: isByList ? item.list : "" };
    if (meaning.kind === "unknown") {
      return [{ line, typed, ...meaning }];
    }
    if (meaning.kind === "ambiguous") {
      const chosen = chosenOf(item);
      const answer = chosen === null ? null : judge(chosen.ticker, brought);
      const refusal = answer === null || isTakenKind(answer) ? null : answer;
      return [{ line, typed, ...meaning, chosen, refusal, isNew: answer === "new", ...brought }];
    }
    return meaning.stocks.map((stock): PasteRow => {
      const answer = judge(stock.ticker, brought);
      return isTakenKind(answer)
        ? { line, typed, kind: answer, stock, ...brought }
        : { line, typed, kind: "unknown", reason: answer };
    });
  });
  return { rows, records, heading };
}

/** Without choices, into one list. */
export function previewPaste(
  text: string,
  names: NameMap,
  { noteOf, notes, ...list }: Omit<ListTarget, "key"> & Omit<PasteTarget, "listOf">,
): Pasted {
  const target = { listOf: () => ({ key: "", ...list }), noteOf, notes };
  return judgePaste(parsePaste(text, names), target, () => null, false);
}

/** What a row brings to the lists and notes; `null` for one of which all stays in the text. */
export function takenOf(
  row: PasteRow,
): (Brought & { readonly stock: ListedName; readonly isNew: boolean }) | null {
  if (row.kind === "unknown") {
    return null;
  }
  if (row.kind !== "ambiguous") {
    return { ...row, isNew: row.kind === "new" };
  }
  return row.chosen === null || row.refusal !== null ? null : { ...row, stock: row.chosen };
}

/** Of each record of which something was not taken: all of it, or the cells that were not. `taken`: by row. */
function leftRecords({ rows, records }: Pasted, taken: (row: PasteRow) => boolean): readonly string[] {
  const left = new Map<number, string[]>();
  const counts = new Map<number, number>();
  for (const row of rows) {
    counts.set(row.line, (counts.get(row.line) ?? 0) + 1);
    if (!taken(row)) {
      left.set(row.line, [...(left.get(row.line) ?? []), row.typed]);
    }
  }
  return records.flatMap(({ line, text }) => {
    const rest = left.get(line);
    return rest === undefined ? [] : [rest.length === counts.get(line) ? text : rest.join(", ")];
  });
}

/** Records of which something stays: a heading is none, and a cell of several lines is of one. */
export function leftCount(pasted: Pasted, taken: (row: PasteRow) => boolean): number {
  return leftRecords(pasted, taken).length;
}

/** The text that stays after an import: what was not taken, its heading before it. */
export function leftText(pasted: Pasted, taken: (row: PasteRow) => boolean): string {
  const left = leftRecords(pasted, taken);
  return (pasted.heading === "" || left.length === 0 ? left : [pasted.heading, ...left]).join("\n");
}
