/** The text of a file whatever program wrote it: UTF-8 with or without its mark, UTF-16, or the encoding of Korean Windows. */

/** `unread`: the browser gave no bytes. */
export type FileFailure = "workbook" | "encoding" | "unread";
export type FileText = { readonly text: string } | { readonly failure: FileFailure };

const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;
const OLE = [0xd0, 0xcf, 0x11, 0xe0] as const;

function beginsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** `null` where a byte does not belong to the encoding. */
function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Expected: the next encoding is tried, and a text of none is answered as such.
    return null;
  }
}

/** Every second byte is zero where Latin text was written as UTF-16 without its mark. */
function isUnmarkedUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  return head.length >= 4 && head.every((byte, i) => i % 2 === 0 || byte === 0);
}

/** @param bytes of a whole file. */
export function textOfFile(bytes: Uint8Array): FileText {
  if (beginsWith(bytes, ZIP) || beginsWith(bytes, OLE)) {
    return { failure: "workbook" };
  }
  const wide = beginsWith(bytes, [0xff, 0xfe])
    ? "utf-16le"
    : beginsWith(bytes, [0xfe, 0xff])
      ? "utf-16be"
      : isUnmarkedUtf16(bytes)
        ? "utf-16le"
        : null;
  // `euc-kr` is CP949 in browsers. It takes nearly any bytes, so it comes last.
  const text = wide === null ? (decode(bytes, "utf-8") ?? decode(bytes, "euc-kr")) : decode(bytes, wide);
  return text === null || text.includes("\0") ? { failure: "encoding" } : { text };
}
