/** NA1, NA2: a Korean name in Latin letters, for a company without an English one. */
import { romanize } from "es-hangul";
import type { LatinName } from "./latin-name.ts";

const HANGUL = /[가-힣]+/g;
const FIRST = 0xac_00;
/** Syllables of one initial consonant, and of one vowel. */
const PER_INITIAL = 588;
const PER_VOWEL = 28;
/** ㅎ among the initial consonants; ㄱ, ㄷ and ㅂ among the final ones. */
const INITIAL_H = 18;
const PLAIN_STOPS: ReadonlySet<number> = new Set([1, 7, 17]);

/** In nouns an ㅎ after ㄱ, ㄷ, ㅂ is written (묵호: Mukho), which the library runs together as in verbs. */
function isApart(before: string, after: string): boolean {
  const [left, right] = [before, after].map((syllable) => (syllable.codePointAt(0) ?? FIRST) - FIRST);
  return Math.floor((right ?? 0) / PER_INITIAL) === INITIAL_H && PLAIN_STOPS.has((left ?? 0) % PER_VOWEL);
}

function romaniseRun(run: string): string {
  const parts: string[] = [];
  for (const syllable of run) {
    const last = parts.at(-1);
    if (last === undefined || isApart(last.slice(-1), syllable)) {
      parts.push(syllable);
    } else {
      parts[parts.length - 1] = last + syllable;
    }
  }
  return parts.map(romanize).join("");
}

/**
 * NA1: Revised Romanization of the Hangul in a name, everything else as it is; `null` for a name without Hangul.
 *
 * @example
 * romaniseName("SK하이닉스"); // "SK Hainikseu"
 */
export function romaniseName(name: string): string | null {
  const composed = name.normalize("NFC");
  const latin = composed.replaceAll(HANGUL, (run, at: number) => {
    const text = romaniseRun(run);
    const [before, after] = [composed[at - 1] ?? "", composed[at + run.length] ?? ""];
    const word = /\d/.test(before) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
    return `${/[A-Za-z]/.test(before) ? " " : ""}${word}${/[A-Za-z]/.test(after) ? " " : ""}`;
  });
  return latin === composed ? null : latin;
}

/** NA2: a romanised name stands only where there is no English one, and never in its place. */
export function latinName(name: string, nameEn: string | null): LatinName {
  return { name_en: nameEn, romanised: nameEn === null ? romaniseName(name) : null };
}
