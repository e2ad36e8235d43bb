import * as fc from "fast-check";
import { describe, it } from "vitest";
import { columnsOf } from "./columns.ts";
import {
  CLOSE_KINDS,
  hasRegularClose,
  isSameOrigin,
  originCode,
  originFactsOf,
  originIdOf,
  TWO_CLOSES_SINCE,
} from "./origin.ts";
import { formatTradingDay, tradingDayOf } from "../calendar/trading-day.ts";

const LATER = tradingDayOf(TWO_CLOSES_SINCE + 3);
const { NaN: none } = Number;

describe("the origin of a row", () => {
  it("[DY1] is given back from its code", ({ expect }) => {
    const facts = fc.record({ close: fc.constantFrom(...CLOSE_KINDS), final: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(1_000_000), facts, (id, own) => {
        const code = originCode(id, own);
        expect([originIdOf(code), originFactsOf(code, LATER)]).toEqual([id, own]);
      }),
      { seed: 9 },
    );
  });

  it("[DY1] has a regular close before 2026-09-14 whatever it states, and an unknown one from then on when it states none", ({
    expect,
  }) => {
    expect(formatTradingDay(TWO_CLOSES_SINCE)).toBe("2026-09-14");
    const last = originCode(1, { close: "last", final: true });
    expect(originFactsOf(last, TWO_CLOSES_SINCE - 1).close).toBe("regular");
    expect(originFactsOf(none, TWO_CLOSES_SINCE - 1)).toEqual({ close: "regular", final: true });
    expect(originFactsOf(none, TWO_CLOSES_SINCE)).toEqual({ close: "unknown", final: true });
    expect(originIdOf(none)).toBe(0);
  });

  it("[DY1] is the same when it states the same, whoever delivered the row", ({ expect }) => {
    const [a, b] = [
      originCode(1, { close: "last", final: true }),
      originCode(7, { close: "last", final: true }),
    ];
    expect(isSameOrigin(a, b, LATER)).toBe(true);
    expect(isSameOrigin(a, originCode(1, { close: "last", final: false }), LATER)).toBe(false);
    expect(isSameOrigin(a, originCode(1, { close: "regular", final: true }), LATER)).toBe(false);
    expect(isSameOrigin(none, originCode(1, { close: "regular", final: true }), 20_000)).toBe(true);
  });

  it("[BR3b] decides whether a close is the one the next base price counts from", ({ expect }) => {
    const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1, value: null, shares: null, base: null };
    const columns = columnsOf([
      { day: tradingDayOf(TWO_CLOSES_SINCE - 1), ...prices },
      { day: TWO_CLOSES_SINCE, ...prices },
      { day: LATER, ...prices, origin: originCode(0, { close: "regular", final: true }) },
      { day: tradingDayOf(LATER + 1), ...prices, origin: originCode(3, { close: "last", final: true }) },
    ]);
    expect([0, 1, 2, 3].map((row) => hasRegularClose(columns, row))).toEqual([true, false, true, false]);
    expect(hasRegularClose({ ...columns, origin: null }, 2)).toBe(false);
  });
});
