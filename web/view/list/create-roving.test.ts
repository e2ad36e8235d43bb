import { it } from "vitest";
import { rove, type Roving } from "./create-roving.ts";

/** What a key makes a list do. */
function pressed(key: string, held: Partial<Record<"ctrlKey" | "altKey" | "metaKey", true>> = {}): string {
  const done: string[] = [];
  const roving: Roving = {
    active: () => null,
    isActive: () => false,
    focused: () => undefined,
    move: (by) => void done.push(String(by)),
    toEnd: (end) => void done.push(end),
    show: () => undefined,
    hasFocus: () => true,
  };
  // As an event has them: on its prototype.
  const event = Object.create({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });
  const isTaken = rove(roving, event);
  return isTaken ? done.join() : `left ${done.join()}`.trim();
}

it("[UI268] a list takes the keys that walk through it, and leaves those of the browser to it", ({
  expect,
}) => {
  expect(["ArrowDown", "ArrowUp", "PageDown", "Home", "End", "a"].map((key) => pressed(key))).toEqual([
    "1",
    "-1",
    "10",
    "first",
    "last",
    "left",
  ]);
  expect(pressed("Home", { ctrlKey: true })).toBe("left");
  expect(pressed("End", { ctrlKey: true })).toBe("left");
  expect(pressed("ArrowUp", { metaKey: true })).toBe("left");
  expect(pressed("ArrowDown", { altKey: true })).toBe("left");
});
