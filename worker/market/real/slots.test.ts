import * as fc from "fast-check";
import { describe, it } from "vitest";
import { tickerOf } from "../../core/nominal.ts";
import { planSlots } from "./slots.ts";

const ticker = (n: number) => tickerOf(String(100_000 + n));
const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => ticker(from + n));

describe("slots", () => {
  it("[DR5] are taken by the indices, then by open signals as the book orders them, then by what is looked at", ({
    expect,
  }) => {
    const plan = planSlots(5, [ticker(2), ticker(1)], [ticker(1), ticker(7), ticker(8)]);
    expect(plan).toEqual({
      followed: ["KOSPI", "KOSDAQ", ticker(2), ticker(1), ticker(7)],
      polled: [ticker(8)],
      dropped: 0,
    });
    expect(planSlots(41, many(0, 100), many(50, 400))).toEqual({
      followed: ["KOSPI", "KOSDAQ", ...many(0, 39)],
      polled: many(39, 300),
      dropped: 111,
    });
  });

  it("[DR5] are never exceeded, and no share is lost or asked for twice", ({ expect }) => {
    const shares = fc.array(fc.nat({ max: 600 }).map(ticker), { maxLength: 500 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 41 }), shares, shares, (slots, signals, watched) => {
        const { followed, polled, dropped } = planSlots(slots, signals, watched);
        expect(followed.length).toBeLessThanOrEqual(slots);
        const all = new Set<string>([...signals, ...watched]);
        const placed = [...followed.filter((key) => key !== "KOSPI" && key !== "KOSDAQ"), ...polled];
        expect(new Set(placed).size).toBe(placed.length);
        expect(placed.length + dropped).toBe(all.size);
      }),
      { seed: 32 },
    );
  });
});
