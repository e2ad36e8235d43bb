/** What a reader has written about a stock, on this device: plain text by ticker, the last writer of a ticker wins. */
import * as v from "valibot";
import type { Device } from "../device/device.ts";
import type { RecordPlace } from "../device/kept.ts";
import { placeOf } from "../device/place.ts";
import { createRecord, type DeviceRecord } from "../device/record.ts";
import { Ticker } from "./watch-lists.ts";

export const NOTES_KEY = "vcp.notes";
/** Code points of one note. */
export const MAX_NOTE = 500;
export const MAX_NOTES = 2_000;

export const Note = v.object({
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(2 * MAX_NOTE)),
  /** When it was last written, ISO 8601. */
  at: v.pipe(v.string(), v.maxLength(40), v.isoTimestamp()),
});
export type Note = v.InferOutput<typeof Note>;

const NotesByTicker = v.pipe(
  v.record(Ticker, Note),
  v.check((notes) => Object.keys(notes).length <= MAX_NOTES),
);
const StoredNotes = v.object({ version: v.literal(1), notes: NotesByTicker });

export type NotesOf = Readonly<Record<string, Note>>;

export interface Notes {
  /** Reactive; empty where there is none. */
  textOf(ticker: string): string;
  /** Reactive. */
  all(): NotesOf;
  /** Kept tidied; an empty text takes the note away. `full`: one more than {@link MAX_NOTES}. */
  write(ticker: string, text: string): "kept" | "full" | "long";
  /** As stored this moment. */
  stored(): NotesOf;
  /** Of several at once; as a change of lists. */
  change(next: (now: NotesOf) => NotesOf): void;
  readonly isKept: DeviceRecord<unknown>["isKept"];
  readonly isAside: DeviceRecord<unknown>["isAside"];
}

/** Line ends as LF, no blanks around it, and no sign that a file could not hold. */
export function tidyNote(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "").trim();
}

export function isLong(text: string): boolean {
  return text.length > MAX_NOTE && Array.from(text).length > MAX_NOTE;
}

/** `text` tidied, empty for none; the same notes where it stands there already. `at`: ISO 8601. */
function withNote(notes: NotesOf, ticker: string, text: string, at: string): NotesOf {
  if ((notes[ticker]?.text ?? "") === text) {
    return notes;
  }
  const { [ticker]: _, ...others } = notes;
  return text === "" ? others : { ...others, [ticker]: { text, at } };
}

/** `now`: ISO 8601. */
export function createNotes(place: RecordPlace, now: () => string): Notes {
  const record = createRecord<NotesOf>(place, {
    key: NOTES_KEY,
    empty: {},
    schema: v.pipe(
      StoredNotes,
      v.transform(({ notes }) => notes),
    ),
    encode: (notes) => ({ version: 1, notes }),
  });
  return {
    textOf: (ticker) => record.value()[ticker]?.text ?? "",
    all: record.value,
    stored: record.stored,
    change: (next) => {
      record.change(next);
    },
    write: (ticker, typed) => {
      const text = tidyNote(typed);
      if (isLong(text)) {
        return "long";
      }
      const stored = record.stored();
      if (text !== "" && stored[ticker] === undefined && Object.keys(stored).length >= MAX_NOTES) {
        return "full";
      }
      const at = now();
      record.change((notes) => withNote(notes, ticker, text, at));
      return "kept";
    },
    isKept: record.isKept,
    isAside: record.isAside,
  };
}

const made = new WeakMap<Device, Notes>();

/** One for the page. */
export function notesOf(device: Device): Notes {
  const notes = made.get(device) ?? createNotes(placeOf(device), () => new Date().toISOString());
  made.set(device, notes);
  return notes;
}
