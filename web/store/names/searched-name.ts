/** UI70: a listed name in every form in which a reader types it, made once, so that a key costs comparisons only. */
import { disassemble, getChoseong } from "es-hangul";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { romaniseName } from "../../../worker/protocol/romanise.ts";

/** A name in Latin letters without blanks, and where its words begin in it. */
export interface LatinWords {
  readonly joined: string;
  readonly starts: readonly number[];
}

/** All in lower case, without blanks and signs. */
export interface SearchedName {
  readonly listed: ListedName;
  readonly code: string;
  readonly name: string;
  /** Syllables taken apart: 삼성 is ㅅㅏㅁㅅㅓㅇ, so that one still being typed is found. */
  readonly letters: string;
  /** One sign a sign of the name, a syllable by its initial consonant. */
  readonly initials: string;
  readonly english: LatinWords;
  readonly romanised: LatinWords;
}

const HANGUL = /[가-힣]/;

/** Lower case, Hangul composed, letters and digits alone. */
export function joined(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/** Words end at blanks and signs, and where a capital follows a small letter: "SamsungElectronics" has two. */
function latinWords(name: string | null): LatinWords {
  const words = (name ?? "")
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const starts: number[] = [];
  let text = "";
  for (const word of words) {
    starts.push(text.length);
    text += word.toLowerCase();
  }
  return { joined: text, starts };
}

function searchedName(listed: ListedName): SearchedName {
  const name = joined(listed.name);
  return {
    listed,
    code: listed.ticker.toLowerCase(),
    name,
    letters: disassemble(name),
    initials: Array.from(name, (sign) => (HANGUL.test(sign) ? getChoseong(sign) : sign)).join(""),
    english: latinWords(listed.name_en),
    romanised: latinWords(romaniseName(listed.name)),
  };
}

/** So many are made at once: about 5 ms of a desktop computer, nearly all of it romanisation. */
const AT_ONCE = 128;

/** Lets the page draw and the reader type in between; `pause` resolves when it goes on. */
export async function searchedNames(
  names: readonly ListedName[],
  pause: () => Promise<void>,
): Promise<readonly SearchedName[]> {
  const made: SearchedName[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE) {
    made.push(...names.slice(from, from + AT_ONCE).map(searchedName));
    await pause();
  }
  return made;
}
