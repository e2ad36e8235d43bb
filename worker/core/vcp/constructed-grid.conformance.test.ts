/** Bases that are known beforehand, over the whole grid of the SPEC: each must be found exactly as it was built. */
import { describe, it } from "vitest";
import { recallAt } from "../../testing/conformance/grid-recall.ts";
import { ASKED } from "../../testing/conformance/prove-grid.ts";

describe("the grid of constructed bases", () => {
  it.for(ASKED)(
    "[CT8] [CT9] [CT10] [PL2] at noise %d a share of %d has its exact T, depths, pivot, stop and footprint",
    { timeout: 60_000 },
    ([noise, share], { expect }) => {
      const { found, all, byCount, flaws } = recallAt(noise, 1);
      expect(all).toBeGreaterThan(300);
      expect(found / all, JSON.stringify([...flaws])).toBeGreaterThanOrEqual(share);
      // No number of contractions is reached on the back of the others.
      expect([...byCount.keys()]).toEqual([2, 3, 4, 5, 6]);
      for (const [count, row] of byCount) {
        expect(row.found / row.all, `${count}T`).toBeGreaterThan(share - 0.1);
      }
    },
  );
});
