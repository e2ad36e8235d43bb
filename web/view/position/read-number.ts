/** Amounts as people write them (`1,000만`, `1억 5천만`, `10M`), read exactly or refused: no rest of a text is passed over. */

/** Digits that each unit puts behind a number. A longer unit stands before the one that it ends in. */
const UNITS: readonly (readonly [unit: string, digits: number])[] = [
  ["천억", 11],
  ["백억", 10],
  ["십억", 9],
  ["천만", 7],
  ["백만", 6],
  ["십만", 5],
  ["조", 12],
  ["억", 8],
  ["만", 4],
  ["천", 3],
  ["백", 2],
  ["bn", 9],
  ["k", 3],
  ["m", 6],
  ["b", 9],
];

/** Characters: a text that is longer is no amount. */
const LONGEST = 40;

const PART = new RegExp(
  String.raw`^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(${UNITS.map(([unit]) => unit).join("|")})?`,
  "u",
);

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

/**
 * A whole amount of won; `null` for whatever is none. Commas group by three; units descend, so that `5천만 1억` is none.
 *
 * @example
 * [readWon("1,000만"), readWon("1억 5천만원"), readWon("1.5억"), readWon("1,00")]; // [10000000, 150000000, 150000000, null]
 */
export function readWon(text: string): number | null {
  let rest = text.length > LONGEST ? "" : plain(text);
  let sum = 0;
  let room = Number.POSITIVE_INFINITY;
  if (rest === "") {
    return null;
  }
  while (rest !== "") {
    const [part, whole = "", fraction = "", unit] = PART.exec(rest) ?? [];
    const digits = UNITS.find(([name]) => name === unit)?.[1] ?? 0;
    const value = part === undefined ? null : shifted(whole, fraction, digits);
    const isLast = part?.length === rest.length;
    if (part === undefined || value === null || value >= room || (digits === 0 && !isLast)) {
      return null;
    }
    sum += value;
    room = 10 ** digits;
    rest = rest.slice(part.length);
  }
  return Number.isSafeInteger(sum) ? sum : null;
}

/** Per cent in hundredths: `1.25%` is 125. At most two decimals; `null` for whatever is no per cent. */
export function readHundredths(text: string): number | null {
  const found = text.length > LONGEST ? null : /^(\d{1,3})(?:[.,](\d{1,2}))?%?$/u.exec(plain(text));
  return found === null ? null : Number((found[1] ?? "") + (found[2] ?? "").padEnd(2, "0"));
}
