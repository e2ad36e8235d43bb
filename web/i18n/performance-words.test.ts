import { it } from "vitest";
import { PERFORMANCE_WORDS } from "./performance-words.ts";

const HANGUL = /[\uac00-\ud7a3]/u;
const ADVICE = /매수|매도|\bbuy\b|\bsell\b/iu;

/** Every text, with its functions called on plain values. */
function textsOf(words: object): readonly string[] {
  return Object.values(words).flatMap((word: unknown) =>
    typeof word === "function"
      ? [String(word("1", "2", "3"))]
      : Array.isArray(word)
        ? word.map(String)
        : [String(word)],
  );
}

it("[UI1] has as many words of outcomes in both languages, none empty and none of advice", ({ expect }) => {
  const { ko, en } = PERFORMANCE_WORDS;
  expect(Object.keys(en)).toEqual(Object.keys(ko));
  expect(en.rules).toHaveLength(ko.rules.length);
  for (const text of [...textsOf(ko), ...textsOf(en)]) {
    expect(text.trim()).not.toBe("");
    expect(text).not.toMatch(ADVICE);
  }
  expect(textsOf(en).filter((text) => HANGUL.test(text))).toEqual([]);
});
