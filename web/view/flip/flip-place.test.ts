import { describe, it } from "vitest";
import { aheadOf, placeIn } from "./flip-place.ts";

const IDS = ["a", "b", "c", "d"];

describe("the place in the list", () => {
  it("[UI200] has the signals before and after it, and none past the ends", ({ expect }) => {
    expect(placeIn(IDS, "b")).toEqual({ position: 2, count: 4, previous: "a", next: "c" });
    expect(placeIn(IDS, "a")).toEqual({ position: 1, count: 4, previous: null, next: "b" });
    expect(placeIn(IDS, "d")).toEqual({ position: 4, count: 4, previous: "c", next: null });
  });

  it("[UI200] leads from a signal outside of the list to its first", ({ expect }) => {
    expect(placeIn(IDS, "x")).toEqual({ position: null, count: 4, previous: null, next: "a" });
    expect(placeIn([], "x")).toEqual({ position: null, count: 0, previous: null, next: null });
    expect(placeIn(IDS, null).next).toBe("a");
  });

  it("[UI202] fetches ahead the next, the previous and the one after the next", ({ expect }) => {
    expect(aheadOf(IDS, "b")).toEqual(["c", "a", "d"]);
    expect(aheadOf(IDS, "a")).toEqual(["b", "c"]);
    expect(aheadOf(IDS, "d")).toEqual(["c"]);
    expect(aheadOf(IDS, "x")).toEqual(["a"]);
    expect(aheadOf([], "x")).toEqual([]);
  });
});
