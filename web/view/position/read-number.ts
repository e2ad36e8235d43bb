/** Amounts as people write them (`1,000만`, `1억 5천만`, `10M`), read exactly or refused: no rest of a text is passed over. */

/** Digits that each unit puts behind all that is counted in it. */
const LARGE: Readonly<Record<string, number>> = { 조: 12, 억: 8, 만: 4, bn: 9, b: 9, m: 6, k: 3 };
/** Inside of a large unit: 2천5백만 is 2,500만. */
const SMALL: Readonly<Record<string, number>> = { 천: 3, 백: 2, 십: 1 };

/** Characters: a text that is longer is no amount. */
const LONGEST = 40;

const PART = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?([천백십])?(조|억|만|bn|b|m|k)?/u;

/** Upper and lower case, full and half width, blanks, the sign and the name of the won make no difference. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\s/gu, "")
    .replace(/^[₩\\]/u, "")
    .replace(/원$/u, "");
}

/** `15` with two digits more is `1500`; `null` where the fraction is finer than the unit. */
function shifted(whole: string, fraction: string, digits: number): number | null {
  return fraction.length > digits ? null : Number(whole.replaceAll(",", "") + fraction.padEnd(digits, "0"));
}

/** A number with its units, `1.5천만` or `5백`. */
interface Part {
  readonly whole: string;
  readonly fraction: string;
  readonly small: number;
  /** 0 where it stands inside of a large unit that comes later, or in none. */
  readonly large: number;
  readonly length: number;
}

function partOf(text: string): Part | null {
  const [part, whole = "", fraction = "", small = "", large = ""] = PART.exec(text) ?? [];
  return part === undefined
    ? null
    : { whole, fraction, small: SMALL[small] ?? 0, large: LARGE[large] ?? 0, length: part.length };
}

/**
 * A whole amount of won; `null` for whatever is none. Commas group by three; units descend, so that `5천만 1억` is none.
 *
 * @example
 * [readWon("1,000만"), readWon("1억 2천5백만원"), readWon("1.5억"), readWon("1,00")]; // [10000000, 125000000, 150000000, null]
 */
export function readWon(text: string): number | null {
  let rest = text.length > LONGEST ? "" : plain(text);
  if (rest === "") {
    return null;
  }
  let [sum, room] = [0, Number.POSITIVE_INFINITY];
  // What has been counted of the next large unit, and below what the rest of it must stay.
  let [held, heldRoom] = [0, Number.POSITIVE_INFINITY];
  while (rest !== "") {
    const part = partOf(rest);
    const value = part && shifted(part.whole, part.fraction, part.small + part.large);
    if (part === null || value === null || value >= heldRoom * 10 ** part.large) {
      return null;
    }
    rest = rest.slice(part.length);
    if (part.large > 0 || rest === "") {
      const counted = value + held * 10 ** part.large;
      if (counted >= room) {
        return null;
      }
      sum += counted;
      room = 10 ** part.large;
      [held, heldRoom] = [0, Number.POSITIVE_INFINITY];
    } else if (part.small > 0 && part.fraction === "") {
      held += value;
      heldRoom = 10 ** part.small;
    } else {
      return null;
    }
  }
  return Number.isSafeInteger(sum) ? sum : null;
}

/** Per cent in hundredths: `1.25%` is 125. At most two decimals; `null` for whatever is no per cent. */
export function readHundredths(text: string): number | null {
  const found = text.length > LONGEST ? null : /^(\d{1,3})(?:[.,](\d{1,2}))?%?$/u.exec(plain(text));
  return found === null ? null : Number((found[1] ?? "") + (found[2] ?? "").padEnd(2, "0"));
}
