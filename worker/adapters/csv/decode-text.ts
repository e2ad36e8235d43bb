/** The text of a file from its bytes, or the reason why they are no text. The encoding is never guessed: a wrong guess would corrupt names without an error. */
import type { UnreadableFile } from "../../app/ports/import-file.ts";

const GZIP = [0x1f, 0x8b];
const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function decodesAs(label: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Strict UTF-8; a byte order mark is dropped. Other encodings are named and refused, never converted. */
export function decodeText(bytes: Uint8Array): string | UnreadableFile {
  if (bytes.length === 0) {
    return { unreadable: "empty: the file has 0 bytes" };
  }
  if (beginsWith(bytes, GZIP)) {
    return { unreadable: "not text: looks like gzip, unpack it first" };
  }
  if (UTF16_MARKS.some((mark) => beginsWith(bytes, mark))) {
    return { unreadable: "not UTF-8 (looks like UTF-16): save the file as UTF-8" };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    const guess = decodesAs("euc-kr", bytes) ? " (looks like CP949)" : "";
    return { unreadable: `not UTF-8${guess}: save the file as UTF-8` };
  }
}
