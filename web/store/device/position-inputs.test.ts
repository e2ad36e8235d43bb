import { it } from "vitest";
import { keepPositionInputs, readPositionInputs } from "./position-inputs.ts";
import type { Shelf } from "./shelf.ts";

function shelfOf(text: string | null): Shelf {
  const kept = new Map(text === null ? [] : [["vcp.position", text]]);
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

it("[UI308] the won at risk are there at the next visit; what cannot be read as such is per cent again", ({
  expect,
}) => {
  const shelf = shelfOf(null);
  for (const won of [150_000, null]) {
    keepPositionInputs(shelf, { equity: 10_000_000, risk: 125, won });
    expect(readPositionInputs(shelf)).toEqual({ equity: 10_000_000, risk: 125, won });
  }
  const unread = shelfOf('{"equity":10000000,"risk":125,"won":"all"}');
  expect(readPositionInputs(unread)).toEqual({ equity: 10_000_000, risk: 125 });
});

it("[UI223] equity and risk are there at the next visit", ({ expect }) => {
  const shelf = shelfOf(null);
  expect(readPositionInputs(shelf)).toEqual({ equity: null, risk: null });
  expect(keepPositionInputs(shelf, { equity: 10_000_000, risk: 125 })).toBe(true);
  expect(readPositionInputs(shelf)).toEqual({ equity: 10_000_000, risk: 125 });
});

it("[UI223] what is no such record, or outside of the limits, counts as nothing typed", ({ expect }) => {
  const texts = [
    "{",
    "7",
    "[]",
    '{"equity":"10000000","risk":100}',
    '{"equity":1e13,"risk":100}',
    '{"equity":10000000,"risk":0}',
    '{"equity":10000000.5,"risk":100}',
    '{"equity":10000000}',
  ];
  for (const text of texts) {
    expect(readPositionInputs(shelfOf(text)), text).toEqual({ equity: null, risk: null });
  }
});

it("[UI223] a record that cannot be read is set aside before another takes its place", ({ expect }) => {
  const shelf = shelfOf('{"equity":"of a later version"}');
  keepPositionInputs(shelf, { equity: 5_000_000, risk: 100 });
  keepPositionInputs(shelf, { equity: 6_000_000, risk: 100 });
  expect(shelf.getItem("vcp.position.aside")).toBe('{"equity":"of a later version"}');
  expect(readPositionInputs(shelf)).toEqual({ equity: 6_000_000, risk: 100 });
});

it("[UI223] nothing is written over what can neither be read nor copied, and an empty text is nothing to copy", ({
  expect,
}) => {
  const kept = new Map([["vcp.position", '{"equity":"of a later version"}']]);
  const full: Shelf = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (key.endsWith(".aside")) {
        throw new Error("The quota has been exceeded");
      }
      kept.set(key, value);
    },
  };
  expect(keepPositionInputs(full, { equity: 5_000_000, risk: 100 })).toBe(false);
  expect(kept.get("vcp.position")).toBe('{"equity":"of a later version"}');
  const empty = shelfOf("");
  expect(keepPositionInputs(empty, { equity: 5_000_000, risk: 100 })).toBe(true);
  expect(empty.getItem("vcp.position.aside")).toBeNull();
});
