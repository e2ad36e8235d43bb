import { describe, it } from "vitest";
import { delaysOf } from "./measured-crowd.ts";

describe("a measured crowd", () => {
  it("[BN6] counts a delay of every tick that a server which stood still sent as one", ({ expect }) => {
    const handedOver = new Map([1, 2, 3, 4].map((tick) => [tick, tick * 250] as const));
    const steady = [1, 2, 3, 4].map((tick) => [tick, tick * 250 + 10, tick - 1] as const);
    expect(delaysOf(steady, handedOver)).toEqual([10, 10, 10, 10]);
    // Tick 1 in time, then nothing until 2,000: the last tick alone would be a delay of 1,000.
    const stood = [[1, 260, 0] as const, [4, 2_000, 1] as const];
    expect(delaysOf(stood, handedOver)).toEqual([10, 1_000, 1_250, 1_500]);
    // What was sent before the measurement began is not part of it.
    expect(delaysOf([[4, 1_010, 3]], new Map([[4, 1_000]]))).toEqual([10]);
  });
});
