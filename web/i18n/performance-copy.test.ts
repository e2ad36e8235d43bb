import { it } from "vitest";
import { PERFORMANCE_COPY } from "./performance-copy.ts";

const HANGUL = /[\uac00-\ud7a3]/u;
const ADVICE = /매수|매도|\bbuy\b|\bsell\b/iu;

/** Every text, with its functions called on plain values. */
function textsOf(copy: object): readonly string[] {
  return Object.values(copy).flatMap((text: unknown) =>
    typeof text === "function"
      ? [String(text("1", "2", "3"))]
      : Array.isArray(text)
        ? text.map(String)
        : [String(text)],
  );
}

it("[UI1] has as many texts of outcomes in both languages, none empty and none of advice", ({ expect }) => {
  const { ko, en } = PERFORMANCE_COPY;
  expect(Object.keys(en)).toEqual(Object.keys(ko));
  expect(en.rules).toHaveLength(ko.rules.length);
  for (const text of [...textsOf(ko), ...textsOf(en)]) {
    expect(text.trim()).not.toBe("");
    expect(text).not.toMatch(ADVICE);
  }
  expect(textsOf(en).filter((text) => HANGUL.test(text))).toEqual([]);
});
