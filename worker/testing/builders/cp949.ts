/** Text in CP949, which no platform encodes: the exchange's portal delivers its files so. */
import { Cp949Decoder } from "../../adapters/csv/cp949.ts";
import { assert } from "../../core/assert.ts";

const BYTES = new Map<string, readonly number[]>();

/** Every pair of bytes that the decoder takes for one character; it is held against the platform's in workerd. */
function table(): ReadonlyMap<string, readonly number[]> {
  if (BYTES.size === 0) {
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const character = characterOf(lead, trail);
        if (character !== null) {
          BYTES.set(character, [lead, trail]);
        }
      }
    }
  }
  return BYTES;
}

function characterOf(lead: number, trail: number): string | null {
  try {
    const character = new Cp949Decoder().decode(Uint8Array.of(lead, trail), { stream: false });
    return character.length === 1 ? character : null;
  } catch {
    return null;
  }
}

/** Fails on a character that the code page does not have. */
export function encodeCp949(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const code = character.codePointAt(0) ?? 0;
      const pair = code < 0x80 ? [code] : table().get(character);
      assert(pair !== undefined, `CP949 has no ${character}`);
      return pair;
    }),
  );
}
