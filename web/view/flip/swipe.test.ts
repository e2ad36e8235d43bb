import { describe, it } from "vitest";
import { sweptBy } from "./swipe.ts";

const FROM = { x: 200, y: 300, at: 0 };

describe("a sweep", () => {
  it("[UI203] to the left is the next signal, to the right the one before", ({ expect }) => {
    expect(sweptBy(FROM, { x: 100, y: 310, at: 200 }, 360)).toBe(1);
    expect(sweptBy(FROM, { x: 300, y: 290, at: 200 }, 360)).toBe(-1);
  });

  it("[UI203] is neither short, nor slow, nor a scroll, nor the system's own from the edge", ({ expect }) => {
    expect(sweptBy(FROM, { x: 150, y: 300, at: 200 }, 360)).toBeNull();
    expect(sweptBy(FROM, { x: 100, y: 300, at: 900 }, 360)).toBeNull();
    expect(sweptBy(FROM, { x: 100, y: 380, at: 200 }, 360)).toBeNull();
    expect(sweptBy({ ...FROM, x: 10 }, { x: 200, y: 300, at: 200 }, 360)).toBeNull();
    expect(sweptBy({ ...FROM, x: 350 }, { x: 200, y: 300, at: 200 }, 360)).toBeNull();
  });

  it("[UI203] is not what moves a page that the reader has magnified", ({ expect }) => {
    const to = { x: 100, y: 310, at: 200 };
    expect([1, 1.02, 1.5, 3].map((scale) => sweptBy(FROM, to, 360, scale))).toEqual([1, 1, null, null]);
  });
});
