import { describe, it } from "vitest";
import type { NullRates } from "../../../worker/protocol/rest/null-rates.ts";
import { PERFORMANCE_WORDS } from "../../i18n/performance-words.ts";
import { readNullRates } from "../../store/null-rates.ts";
import { shapeVerdict } from "./null-verdict.ts";

/** The stored figures with another share of bases in real shares. */
function withReal(valid: number): NullRates {
  const rates = readNullRates();
  return { ...rates, real: { ...rates.real, valid } };
}

describe("what chance says of the shape", () => {
  it("[UI38a] follows from the figures, in both languages", ({ expect }) => {
    const { ko, en } = PERFORMANCE_WORDS;
    const high = (kind: "walk" | "shuffled"): number =>
      readNullRates().nulls.find((one) => one.kind === kind)?.valid.high ?? Number.NaN;
    expect(high("walk")).toBeLessThan(high("shuffled"));
    for (const words of [ko, en]) {
      expect(shapeVerdict(withReal(high("walk")), words)).toBe(words.nullEqual);
      expect(shapeVerdict(withReal(high("shuffled")), words)).toBe(
        words.nullMixed(words.nullWalkAmid, words.nullShuffledAmid),
      );
      expect(shapeVerdict(withReal(high("shuffled") + 0.001), words)).toBe(words.nullBeyond);
    }
  });

  it("[UI38a] says of the stored figures what the stored statement says", ({ expect }) => {
    const rates = readNullRates();
    expect(rates.statement.toLowerCase()).toContain(
      shapeVerdict(rates, PERFORMANCE_WORDS.en).toLowerCase().replace(/\.$/u, ""),
    );
  });
});
