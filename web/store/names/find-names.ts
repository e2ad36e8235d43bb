/** UI70: which names a typed text means, the likeliest first: also in initial consonants, in Latin letters, or on the other keyboard layout. */
import { convertHangulToQwerty, convertQwertyToHangul, disassemble } from "es-hangul";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { joined, type LatinWords, type SearchedName } from "./searched-name.ts";

/** How a name is met, the better first. */
const RANK = {
  code: 0,
  name: 1,
  codeBegins: 2,
  nameBegins: 3,
  initialsBegin: 4,
  englishBegins: 5,
  englishWord: 6,
  romanisedBegins: 7,
  romanisedWord: 8,
  inside: 9,
  /** What the keys mean on the other layout comes after everything that they mean as typed. */
  otherLayout: 10,
} as const;

/** Shorter Latin texts stand within too many names to mean one of them. */
const SHORTEST_INSIDE = 3;

/** A text as one layout writes it. */
interface Query {
  readonly text: string;
  readonly letters: string;
  readonly isLatin: boolean;
  /** Signs of which some are initial consonants: 삼성ㅈㅈ; `null` without one. */
  readonly signs: readonly string[] | null;
}

const LATIN = /^[a-z0-9]+$/;
const CONSONANT = /[ㄱ-ㅎ]/;
const ONLY_CONSONANTS = /^[ㄱ-ㅎ]+$/;

function queryOf(typed: string): Query | null {
  const text = joined(typed);
  if (text === "") {
    return null;
  }
  return {
    text,
    letters: disassemble(text),
    isLatin: LATIN.test(text),
    // A keyboard joins ㄱ and ㅅ to ㄳ, which begins no syllable.
    signs: CONSONANT.test(text)
      ? Array.from(text).flatMap((sign) => (CONSONANT.test(sign) ? Array.from(disassemble(sign)) : [sign]))
      : null,
  };
}

/** The same keys on the other layout; `null` where they mean the same. */
function otherLayout(typed: string): Query | null {
  const swapped = /[ㄱ-ㆎ가-힣]/.test(typed)
    ? convertHangulToQwerty(typed)
    : convertQwertyToHangul(typed === typed.toUpperCase() ? typed.toLowerCase() : typed);
  return swapped === typed ? null : queryOf(swapped);
}

function wordRank(words: LatinWords, text: string, begins: number, word: number): number | null {
  const at = words.starts.find((start) => words.joined.startsWith(text, start));
  return at === undefined ? null : at === 0 ? begins : word;
}

function latinRank({ english, romanised, code }: SearchedName, text: string): number | null {
  const rank =
    wordRank(english, text, RANK.englishBegins, RANK.englishWord) ??
    wordRank(romanised, text, RANK.romanisedBegins, RANK.romanisedWord);
  if (rank !== null || text.length < SHORTEST_INSIDE) {
    return rank;
  }
  const isInside = [english.joined, romanised.joined, code].some((where) => where.includes(text));
  return isInside ? RANK.inside : null;
}

function hasAt({ name, initials }: SearchedName, signs: readonly string[], at: number): boolean {
  return signs.every((sign, k) => sign === initials[at + k] || sign === name[at + k]);
}

function initialsRank(searched: SearchedName, signs: readonly string[]): number | null {
  if (hasAt(searched, signs, 0)) {
    return RANK.initialsBegin;
  }
  for (let at = 1; at + signs.length <= searched.name.length; at++) {
    if (hasAt(searched, signs, at)) {
      return RANK.inside;
    }
  }
  return null;
}

function rankOf(searched: SearchedName, query: Query): number | null {
  const { code, name, letters, english } = searched;
  const { text } = query;
  if (code === text) {
    return RANK.code;
  }
  if (name === text || english.joined === text) {
    return RANK.name;
  }
  if (code.startsWith(text)) {
    return RANK.codeBegins;
  }
  if (letters.startsWith(query.letters)) {
    return RANK.nameBegins;
  }
  const rank = query.signs === null ? null : initialsRank(searched, query.signs);
  if (rank !== null || ONLY_CONSONANTS.test(text)) {
    return rank;
  }
  const latin = query.isLatin ? latinRank(searched, text) : null;
  return latin ?? (letters.includes(query.letters) ? RANK.inside : null);
}

interface Met {
  readonly listed: ListedName;
  readonly rank: number;
}

function better(a: Met, b: Met): number {
  return (
    a.rank - b.rank ||
    a.listed.name.length - b.listed.name.length ||
    (a.listed.ticker < b.listed.ticker ? -1 : 1)
  );
}

/**
 * At most `limit` names; of equal rank the shorter name first, then by ticker. An empty text finds nothing.
 *
 * @example
 * findNames(names, "tkatjd", 8); // as "삼성" on the Korean layout
 */
export function findNames(
  names: readonly SearchedName[],
  typed: string,
  limit: number,
): readonly ListedName[] {
  const [asTyped, swapped] = [queryOf(typed), otherLayout(typed.trim())];
  const met: Met[] = [];
  for (const searched of names) {
    const direct = asTyped === null ? null : rankOf(searched, asTyped);
    const other = direct !== null || swapped === null ? null : rankOf(searched, swapped);
    const rank = direct ?? (other === null ? null : RANK.otherLayout + other);
    if (rank !== null) {
      met.push({ listed: searched.listed, rank });
    }
  }
  return met
    .toSorted(better)
    .slice(0, limit)
    .map(({ listed }) => listed);
}
