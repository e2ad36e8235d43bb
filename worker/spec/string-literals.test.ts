import fc from "fast-check";
import { describe, it } from "vitest";
import { stringLiterals } from "./string-literals.ts";

const texts = (source: string): readonly string[] => stringLiterals(source).map(({ text }) => text);

describe("string literals of a source", () => {
  it("[SP4] leaves out comments and keeps what only looks like one", ({ expect }) => {
    expect(texts(`// "a"\n/* 'b' */ f("c // d", 'e /* f */');`)).toEqual(["c // d", "e /* f */"]);
  });

  it("[SP4] is not led astray by a quote in a regular expression", ({ expect }) => {
    expect(texts(`const r = /["'\`]/.test(x); f("a");`)).toEqual(["a"]);
    expect(texts(`const half = n / 2; f("a"); const third = n / 3;`)).toEqual(["a"]);
    expect(texts(`return /[/"]/u; f("a");`)).toEqual(["a"]);
  });

  it("[SP3] reads a template string whole, with the code inside it", ({ expect }) => {
    expect(texts("f(`a ${g({ b: `c` })} d`, 'e');")).toEqual(["a ${g({ b: `c` })} d", "e"]);
  });

  it("[SP4] takes a quote with a backslash as text", ({ expect }) => {
    expect(texts(String.raw`f("a \" b", 'c');`)).toEqual([String.raw`a \" b`, "c"]);
  });

  it("[SP4] counts lines from 1, across comments and templates", ({ expect }) => {
    const lines = stringLiterals('/*\n*/ f("a");\nf(`b\nc`); f("d");').map(({ line }) => line);
    expect(lines).toEqual([2, 3, 4]);
  });

  it("[SP4] ends on any text, however broken", ({ expect }) => {
    const piece = fc.constantFrom('"', "'", "`", "${", "}", "\\", "/", "*", "\n", "a", "(");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const source = parts.join("");
        for (const { text } of stringLiterals(source)) {
          expect(source).toContain(text);
        }
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});
