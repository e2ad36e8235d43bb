import { describe, it } from "vitest";
import type { NullRates } from "../../../worker/protocol/rest/null-rates.ts";
import { PERFORMANCE_COPY } from "../../i18n/performance-copy.ts";
import { readNullRates } from "../../store/performance.ts";
import { shapeVerdict } from "./null-verdict.ts";

/** The stored figures with another share of bases in real shares. */
function withReal(valid: number): NullRates {
  const rates = readNullRates();
  return { ...rates, real: { ...rates.real, valid } };
}

describe("what chance means for the shape", () => {
  it("[UI38a] follows from the figures, in both languages", ({ expect }) => {
    const { ko, en } = PERFORMANCE_COPY;
    const high = (kind: "walk" | "shuffled"): number =>
      readNullRates().nulls.find((one) => one.kind === kind)?.valid.high ?? Number.NaN;
    expect(high("walk")).toBeLessThan(high("shuffled"));
    for (const copy of [ko, en]) {
      expect(shapeVerdict(withReal(high("walk")), copy)).toBe(copy.nullEqual);
      expect(shapeVerdict(withReal(high("shuffled")), copy)).toBe(
        copy.nullMixed(copy.nullWalkAmid, copy.nullShuffledAmid),
      );
      expect(shapeVerdict(withReal(high("shuffled") + 0.001), copy)).toBe(copy.nullBeyond);
    }
  });

  it("[UI38a] states of the stored figures what the stored statement does", ({ expect }) => {
    const rates = readNullRates();
    expect(rates.statement.toLowerCase()).toContain(
      shapeVerdict(rates, PERFORMANCE_COPY.en).toLowerCase().replace(/\.$/u, ""),
    );
  });
});
