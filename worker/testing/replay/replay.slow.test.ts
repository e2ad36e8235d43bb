/** The small replay of `npm test`; `npm run replay` lives through real sessions and a year of the demo. */
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { withActions } from "./replay-actions.ts";
import { figuresOf } from "./replay-figures.ts";
import { replay } from "./replay-run.ts";
import { demoMarket } from "./replay-sources.ts";

describe("thirty sessions of a small market", () => {
  it(
    "[LC1] [LC1a] [LC3] [LCI1] [LCR22] are lived through with ticks and without, by the rules",
    { timeout: 60_000 },
    async ({ expect }) => {
      const plain = demoMarket({ seed: 3, shares: 500, history: 270, sessions: 30, ticks: 10 });
      const [day] = plain.sessions.slice(-15);
      assert(day !== undefined, "The market has as many sessions");
      const { days, seen, faults } = await replay(withActions(plain, day, 2, 2), 30);
      expect(faults).toEqual([]);
      // Enough happened for the checks to mean something, inside the sessions too.
      const figures = figuresOf(days, seen.ledger.history);
      expect(figures.ids).toBeGreaterThan(20);
      expect(figures.triggered).toBeGreaterThan(5);
      expect(seen.ledger.history.filter(({ values }) => "price" in values).length).toBeGreaterThan(5);
      expect(figures.rebased).toBeGreaterThan(3);
      expect(figures.survival.all).toBeGreaterThan(0.8);
    },
  );
});
