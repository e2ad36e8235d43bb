/** What a reader has written about a stock, on this device: plain text by ticker, the last writer of a ticker wins. */
import * as v from "valibot";
import type { Device } from "../device/device.ts";
import { createRecord, type DeviceRecord, type RecordPlace } from "../device/record.ts";
import { placeOf, Ticker } from "./watch-lists.ts";

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

export const NotesByTicker = v.pipe(
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
  /** All of them anew. */
  put(notes: NotesOf): void;
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
    write: (ticker, typed) => {
      const text = tidyNote(typed);
      if (isLong(text)) {
        return "long";
      }
      let answer: "kept" | "full" = "kept";
      record.change((notes) => {
        if ((notes[ticker]?.text ?? "") === text) {
          return notes;
        }
        const { [ticker]: before, ...others } = notes;
        if (text === "") {
          return others;
        }
        if (before === undefined && Object.keys(others).length >= MAX_NOTES) {
          answer = "full";
          return notes;
        }
        return { ...others, [ticker]: { text, at: now() } };
      });
      return answer;
    },
    put: (notes) => {
      record.change(() => notes);
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
