import { describe, it } from "vitest";
import { assert } from "../../../worker/core/assert.ts";
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
    const rates = readNullRates().nulls.toSorted((a, b) => a.valid.high - b.valid.high);
    const [rarer, other] = rates;
    assert(rarer !== undefined && other !== undefined && rates.length === 2, "There are two nulls");
    expect(rarer.valid.high).toBeLessThan(other.valid.high);
    for (const copy of [ko, en]) {
      const names = { walk: copy.nullWalkAmid, shuffled: copy.nullShuffledAmid };
      expect(shapeVerdict(withReal(rarer.valid.high), copy)).toBe(copy.nullEqual);
      expect(shapeVerdict(withReal(other.valid.high), copy)).toBe(
        copy.nullMixed(names[rarer.kind], names[other.kind]),
      );
      expect(shapeVerdict(withReal(other.valid.high + 0.001), copy)).toBe(copy.nullBeyond);
    }
  });

  it("[UI38a] states of the stored figures what the stored statement does", ({ expect }) => {
    const rates = readNullRates();
    expect(rates.statement.toLowerCase()).toContain(
      shapeVerdict(rates, PERFORMANCE_COPY.en).toLowerCase().replace(/\.$/u, ""),
    );
  });
});
