/** NA1, NA2: names in Latin letters. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { latinName, romaniseName } from "./romanise.ts";

describe("a name in Latin letters", () => {
  it.for([
    ["삼성전자", "Samseongjeonja"],
    ["SK하이닉스", "SK Hainikseu"],
    ["현대모비스", "Hyeondaemobiseu"],
    ["신라젠", "Sillajen"],
    ["종근당", "Jonggeundang"],
    ["국민은행", "Gungmineunhaeng"],
    ["낙성대", "Nakseongdae"],
    ["독립문", "Dongnimmun"],
    ["왕십리", "Wangsimni"],
    ["묵호", "Mukho"],
    ["한국항공우주", "Hangukhanggonguju"],
    ["집현전", "Jiphyeonjeon"],
    ["두산2우B", "Dusan2u B"],
    ["제1호스팩", "Je1hoseupaek"],
    ["A&T 기술", "A&T Gisul"],
  ] as const)("[NA1] %s is %s", ([name, latin], { expect }) => {
    expect(romaniseName(name)).toBe(latin);
    // As files of some systems have it.
    expect(romaniseName(name.normalize("NFD"))).toBe(latin);
  });

  it.for(["NAVER", "F&F", "", "005930", "金"])("[NA1] %j has no Hangul, and stays", (name, { expect }) => {
    expect(romaniseName(name)).toBeNull();
  });

  it("[NA1] leaves no Hangul in any name, and nothing else out", ({ expect }) => {
    const syllable = fc.integer({ min: 0xac_00, max: 0xd7_a3 }).map((code) => String.fromCodePoint(code));
    const name = fc.array(fc.oneof(syllable, fc.constantFrom("A", "z", "7", " ", "&", "(", "우")), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(name, (parts) => {
        const text = parts.join("");
        const latin = romaniseName(text) ?? text;
        expect(latin).not.toMatch(/[가-힣ㄱ-ㆎ]/);
        const others = text.replaceAll(/[가-힣 ]/g, "");
        expect(latin.replaceAll(/[^0-9&(]/g, "")).toBe(others.replaceAll(/[^0-9&(]/g, ""));
      }),
      { seed: 44, numRuns: 2_000 },
    );
  });

  it("[NA2] the English name comes first, and a romanised one is named as such", ({ expect }) => {
    expect(latinName("삼성전자", "Samsung Electronics")).toEqual({
      name_en: "Samsung Electronics",
      romanised: null,
    });
    expect(latinName("삼성전자", null)).toEqual({ name_en: null, romanised: "Samseongjeonja" });
    expect(latinName("NAVER", null)).toEqual({ name_en: null, romanised: null });
  });
});
