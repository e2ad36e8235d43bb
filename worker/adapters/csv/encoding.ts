/** The text of a file: UTF-8, UTF-16 with its mark, and CP949 where the header proves it. */
import type { UnreadableFile } from "../../app/ports/ingest.ts";
import { isColumnName } from "./columns.ts";
import { Cp949Decoder } from "./cp949.ts";
import { describeKind, trueKindOf } from "./true-name.ts";

/** Labels of the platform's decoder; `euc-kr` stands for all of CP949. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "euc-kr";

/** Decodes part by part and drops a byte order mark; throws a `TypeError` where the bytes are not of the encoding. */
export function decoderOf(encoding: Encoding): Pick<Cp949Decoder, "decode"> {
  return encoding === "euc-kr"
    ? new Cp949Decoder()
    : new TextDecoder(encoding, { fatal: true, ignoreBOM: false });
}

const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** `null` where the bytes are none of that encoding. */
function decodesAs(label: Encoding, bytes: Uint8Array): string | null {
  try {
    return decoderOf(label).decode(bytes, { stream: false });
  } catch {
    return null;
  }
}

function headerOf(bytes: Uint8Array): Uint8Array {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** A header in CP949 is proved by a Korean column name that is known; without one a wrong guess would corrupt names without an error. */
function isKoreanHeader(header: string): boolean {
  return header.split(/[,;\t]/).some((cell) => {
    const name = cell.replaceAll('"', "");
    return /[가-힣]/.test(name) && isColumnName(name);
  });
}

/** FR1: by the first bytes, the header whole among them. `file`: its name, for the command that converts it. */
export function encodingOf(head: Uint8Array, file = "FILE"): Encoding | UnreadableFile {
  if (head.length === 0) {
    return { unreadable: "empty: the file has 0 bytes" };
  }
  if (beginsWith(head, GZIP)) {
    return { unreadable: "not text: looks like gzip, unpack it first" };
  }
  const kind = trueKindOf(head);
  if (kind !== null) {
    return { unreadable: describeKind(kind, file) };
  }
  if (beginsWith(head, ZIP)) {
    return { unreadable: "not text: looks like a zip archive, unpack it first" };
  }
  if (beginsWith(head, [0xff, 0xfe])) {
    return "utf-16le";
  }
  if (beginsWith(head, [0xfe, 0xff])) {
    return "utf-16be";
  }
  const header = headerOf(head);
  if (decodesAs("utf-8", header) !== null) {
    return "utf-8";
  }
  const korean = decodesAs("euc-kr", header);
  return korean !== null && isKoreanHeader(korean) ? "euc-kr" : { unreadable: undecodable("utf-8", header) };
}

/** Why bytes are refused that are not of the encoding that the header has. */
export function undecodable(encoding: Encoding, bytes: Uint8Array): string {
  if (encoding !== "utf-8") {
    const name = encoding === "euc-kr" ? "CP949" : "UTF-16";
    return `not ${name} to its end, as it begins: save the file as UTF-8`;
  }
  const guess = decodesAs("euc-kr", bytes) === null ? "" : " (looks like CP949)";
  return `not UTF-8${guess}: save the file as UTF-8`;
}

/** The text of a whole file; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array, file?: string): string | UnreadableFile {
  const encoding = encodingOf(bytes, file);
  if (typeof encoding !== "string") {
    return encoding;
  }
  return decodesAs(encoding, bytes) ?? { unreadable: undecodable(encoding, bytes) };
}
