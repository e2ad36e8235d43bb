import { it } from "vitest";
import { besideOf } from "./keep-focus.ts";

it("[UI266] the focus goes on to what stands behind, or else to what stands before", ({ expect }) => {
  const order = ["a", "b", "c", "d"];
  const there =
    (...names: readonly string[]) =>
    (one: string): boolean =>
      names.includes(one);
  expect(besideOf(order, 1, there("a", "c", "d"))).toBe("c");
  expect(besideOf(order, 1, there("a", "d"))).toBe("d");
  expect(besideOf(order, 3, there("a", "b"))).toBe("b");
  // Of a control that was not there before.
  expect(besideOf(order, -1, there("b", "d"))).toBe("b");
  expect(besideOf(order, 0, there())).toBeNull();
});
