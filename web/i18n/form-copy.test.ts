import { describe, it } from "vitest";
import { MEASURE_TEXTS } from "../../worker/protocol/measure-texts.ts";
import { FORM_COPY } from "./form-copy.ts";

const HANGUL = /[\uac00-\ud7a3]/u;

function textsIn(copy: object): readonly string[] {
  return Object.values(copy).flatMap((one: unknown) =>
    typeof one === "object" && one !== null ? textsIn(one) : [String(one)],
  );
}

describe("texts of a form", () => {
  it("[UI1] are in both languages, none empty, and no Korean in English", ({ expect }) => {
    const measures = Object.values(MEASURE_TEXTS);
    const english = [...textsIn(FORM_COPY.en), ...measures.map(({ en }) => en)];
    const korean = [...textsIn(FORM_COPY.ko), ...measures.map(({ ko }) => ko)];
    expect(english).toHaveLength(korean.length);
    expect([...english, ...korean].filter((text) => text.trim() === "")).toEqual([]);
    expect(english.filter((text) => HANGUL.test(text))).toEqual([]);
    expect(korean.filter((text) => !HANGUL.test(text))).toEqual([]);
  });
});
