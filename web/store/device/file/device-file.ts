/** Everything that a device keeps of its reader as one file: what it holds, how it is read, and why one is refused. */
import * as v from "valibot";
import { Note } from "../../watch/notes.ts";
import { eachOnce, StoredEntry, StoredList, StoredName, Ticker } from "../../watch/watch-lists.ts";
import { MAX_SEARCH } from "../saved-views.ts";
import type { DeviceState, FileState } from "./plan.ts";
import { VALUE_KEYS } from "./value-keys.ts";

const FORMAT = "vcp-radar-device";
const VERSION = 1;

/** Bytes: twice of what full lists with full notes take. */
export const MAX_FILE_BYTES = 8_000_000;

/** UTF-16 units of one value: a visit to a list of a thousand signals has 60,000. */
const MAX_VALUE = 200_000;

const View = v.object({
  name: StoredName,
  search: v.pipe(v.string(), v.maxLength(MAX_SEARCH)),
});

/** Of a section, whatever the device keeps: what is more than that is counted in the preview, and left out. */
const MOST = 20_000;

const FileEntries = v.pipe(v.array(StoredEntry), v.maxLength(MOST), v.transform(eachOnce));

/** A section that a file does not have leaves the device as it is. */
const DeviceSections = v.object({
  starred: v.optional(FileEntries),
  lists: v.optional(
    v.pipe(v.array(v.object({ ...StoredList.entries, entries: FileEntries })), v.maxLength(MOST)),
  ),
  notes: v.optional(v.record(Ticker, Note)),
  views: v.optional(v.pipe(v.array(View), v.maxLength(MOST))),
  /** Choices, typed values and visits as their stores keep them; each store reads its own and passes over what it does not know. */
  values: v.optional(v.record(v.string(), v.pipe(v.string(), v.maxLength(MAX_VALUE)))),
});
const Envelope = v.object({ format: v.literal(FORMAT), version: v.pipe(v.number(), v.integer()) });

export type DeviceFileFailure =
  | { readonly kind: "bytes"; readonly found: number }
  | { readonly kind: "text" | "format" | "unread" }
  | { readonly kind: "newer"; readonly version: number }
  /** `at`: the first place that does not fit, `lists.0.name`. */
  | { readonly kind: "content"; readonly at: string };

export type DeviceFileAnswer = { readonly sections: FileState } | { readonly failure: DeviceFileFailure };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Answered as a text that is no file of this page.
    return undefined;
  }
}

/** Total: whatever the bytes are. */
export function readDeviceFile(bytes: Uint8Array): DeviceFileAnswer {
  if (bytes.length > MAX_FILE_BYTES) {
    return { failure: { kind: "bytes", found: bytes.length } };
  }
  const json = parseJson(new TextDecoder().decode(bytes));
  if (json === undefined) {
    return { failure: { kind: "text" } };
  }
  const envelope = v.safeParse(Envelope, json);
  if (!envelope.success) {
    return { failure: { kind: "format" } };
  }
  if (envelope.output.version > VERSION) {
    return { failure: { kind: "newer", version: envelope.output.version } };
  }
  const found = v.safeParse(DeviceSections, json, { abortEarly: true });
  if (!found.success) {
    return { failure: { kind: "content", at: v.getDotPath(found.issues[0]) ?? "" } };
  }
  const { values, ...sections } = found.output;
  const known = Object.entries(values ?? {}).filter(([key]) => VALUE_KEYS.includes(key));
  return { sections: values === undefined ? sections : { ...sections, values: Object.fromEntries(known) } };
}

/** `aside`: records that this version could not read, as they were found; a file brings none of them back. `now`: ISO 8601. */
export function deviceFileOf(
  sections: DeviceState,
  aside: Readonly<Record<string, string>>,
  now: string,
): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exported_at: now, ...sections, aside }, null, 1)}\n`;
}
