/**
 * CP949, the code page of Korean Windows. The platform's `euc-kr` is to read all of it, and in workerd it does; in Node it
 * reads the 2,350 syllables of KS X 1001 and stops at the 8,822 that Windows added, and one such name would cost a file.
 */

const SYLLABLES = { first: 0xac00, last: 0xd7a3 } as const;
/** Rows below these of KS X 1001 hold the added syllables alone; further ones hold them before the standard's own. */
const STANDARD = 0xa1;
const LAST_LEAD = 0xc6;

/** Strict also where the platform passes a byte on that begins no character. */
function decodeStandard(bytes: Uint8Array): string {
  const text = new TextDecoder("euc-kr", { fatal: true, ignoreBOM: false }).decode(bytes);
  if (/[\u0080-\u009F\uFFFD]/.test(text)) {
    throw new TypeError("The bytes are no CP949");
  }
  return text;
}

/** The syllables of the standard, as the platform reads them: rows 0xB0 to 0xC8. */
function standardSyllables(): ReadonlySet<number> {
  const pairs: number[] = [];
  for (let lead = 0xb0; lead <= 0xc8; lead++) {
    for (let trail = STANDARD; trail <= 0xfe; trail++) {
      pairs.push(lead, trail);
    }
  }
  return new Set(
    Array.from(decodeStandard(Uint8Array.from(pairs)), (character) => character.codePointAt(0) ?? 0),
  );
}

function isAddedTrail(lead: number, trail: number): boolean {
  const isLatin = (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a);
  return isLatin || (trail >= 0x81 && trail <= (lead < STANDARD ? 0xfe : STANDARD - 1));
}

/** The added syllables by their pair of bytes: in the order of Unicode over the free pairs in theirs. */
function addedSyllables(): ReadonlyMap<number, string> {
  const standard = standardSyllables();
  const added = new Map<number, string>();
  let syllable: number = SYLLABLES.first;
  for (let lead = 0x81; lead <= LAST_LEAD; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      if (!isAddedTrail(lead, trail)) {
        continue;
      }
      while (standard.has(syllable)) {
        syllable += 1;
      }
      if (syllable > SYLLABLES.last) {
        return added;
      }
      added.set(lead * 256 + trail, String.fromCharCode(syllable));
      syllable += 1;
    }
  }
  return added;
}

let known: ReadonlyMap<number, string> | null = null;

/** Decodes part by part; a part may end within a character. Throws a `TypeError` where the bytes are no CP949. */
export class Cp949Decoder {
  #rest = new Uint8Array();

  decode(part: Uint8Array, { stream }: { readonly stream: boolean }): string {
    known ??= addedSyllables();
    const bytes = new Uint8Array(this.#rest.length + part.length);
    bytes.set(this.#rest);
    bytes.set(part, this.#rest.length);
    let text = "";
    let from = 0;
    let at = 0;
    for (; at < bytes.length; at++) {
      const [lead = 0, trail] = [bytes[at], bytes[at + 1]];
      if (lead < 0x80) {
        continue;
      }
      if (trail === undefined && stream) {
        break;
      }
      const character = known.get(lead * 256 + (trail ?? 0));
      if (character !== undefined) {
        text += decodeStandard(bytes.subarray(from, at)) + character;
        from = at + 2;
      }
      at += 1;
    }
    const end = Math.min(at, bytes.length);
    this.#rest = bytes.slice(end);
    return text + decodeStandard(bytes.subarray(from, end));
  }
}
