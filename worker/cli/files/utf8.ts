/** Any text that is read as UTF-8, on its way from the disk: the chunks are cut at line ends, and those are bytes of ASCII. */
import { decoderOf, type Encoding, encodingOf, undecodable } from "../../adapters/csv/encoding.ts";
import { CommandError } from "../terminal/command-error.ts";

/** A header is not longer. */
const HEAD_BYTES = 64 * 1024;

/** Decodes part by part; a text of another encoding than its header's fails. */
async function* reencoded(
  parts: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  label: string,
): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(encoding);
  const encoder = new TextEncoder();
  const decode = (bytes: Uint8Array, stream: boolean): Uint8Array => {
    try {
      return encoder.encode(decoder.decode(bytes, { stream }));
    } catch {
      throw new CommandError(`${label}: ${undecodable(encoding, bytes)}`);
    }
  };
  for await (const part of parts) {
    yield decode(part, true);
  }
  yield decode(new Uint8Array(), false);
}

function hasHeader(bytes: Uint8Array): boolean {
  return bytes.length >= HEAD_BYTES || bytes.includes(0x0a) || bytes.includes(0x0d);
}

/** The same text in UTF-8. Bytes that begin as UTF-8 pass as they are: whoever reads them sees where they are none. */
export async function* utf8Of(
  bytes: AsyncIterable<Uint8Array>,
  label: string,
  file: string,
): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  let head = new Uint8Array();
  let isWhole = false;
  while (!isWhole && !hasHeader(head)) {
    const next = await parts.next();
    isWhole = next.done === true;
    head = next.done === true ? head : new Uint8Array(Buffer.concat([head, next.value]));
  }
  const encoding = encodingOf(head, file);
  if (typeof encoding !== "string") {
    throw new CommandError(`${label}: ${encoding.unreadable}`);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      yield next.value;
    }
  }
  yield* encoding === "utf-8" ? whole() : reencoded(whole(), encoding, label);
}
