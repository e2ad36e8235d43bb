import * as fc from "fast-check";
import { describe, it } from "vitest";
import { ROWS } from "../../e2e/stub-signals.ts";
import { fractionOf, liveDistance, nextOrder, riskOf } from "./row-order.ts";

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 });

describe("order of the list", () => {
  it("[UI5] measures by the live price, and by the row's own close without one", ({ expect }) => {
    const [row] = ROWS;
    expect(row && liveDistance({ ...row, pivot: 200 }, 202)).toBeCloseTo(1);
    expect(row && liveDistance({ ...row, distance_pct: -4.5 }, null)).toBe(-4.5);
  });

  it("[UI18] moves no row of a held list: new ones join behind, gone ones stay, and it knows that it is old", ({
    expect,
  }) => {
    fc.assert(
      fc.property(ids, ids, (shown, sorted) => {
        const held = nextOrder(shown, sorted, true);
        expect(held.ids.slice(0, shown.length)).toEqual(shown);
        expect(new Set(held.ids)).toEqual(new Set([...shown, ...sorted]));
        expect(held.isOld).toBe(held.ids.join() !== sorted.join());
        expect(nextOrder(shown, sorted, false)).toEqual({ ids: sorted, isOld: false });
      }),
    );
  });

  it("[UI2] has no risk without an entry, and no change where none is known", ({ expect }) => {
    const [row] = ROWS;
    expect(row && riskOf({ ...row, entry_price: 100, stop_loss: 94 })).toBeCloseTo(0.06);
    expect(row && riskOf({ ...row, entry_price: 0 })).toBeNull();
    expect([fractionOf(null), fractionOf(undefined), fractionOf(0), fractionOf(50)]).toEqual([
      null,
      null,
      0,
      0.5,
    ]);
  });
});
