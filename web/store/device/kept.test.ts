import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { createKept, type Kept, parseText } from "./kept.ts";
import { asideKeys } from "./set-aside.ts";
import type { Shelf } from "./shelf.ts";
import { createStars } from "./stars.ts";

/** A storage in which the given keys are refused. */
function shelfOf(
  entries: Readonly<Record<string, string>>,
  isRefused: (key: string) => boolean = () => false,
): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (isRefused(key)) {
        throw new DOMException("full", "QuotaExceededError");
      }
      kept.set(key, value);
    },
  };
}

/** Numbers, of which this version knows those below ten. */
function numbers(shelf: Shelf): Kept<readonly number[]> {
  return createKept<readonly number[]>(
    { shelf, onOther: () => undefined },
    {
      key: "numbers",
      read: (text) => {
        const found = text === null ? [] : parseText(text);
        const value = Array.isArray(found) ? found.filter((one) => Number(one) < 10).map(Number) : [];
        return { value, isWhole: Array.isArray(found) && value.length === found.length };
      },
      encode: JSON.stringify,
    },
  );
}

describe("a record of a device", () => {
  const warn = vi.fn<(line: string) => void>();
  beforeEach(() => {
    vi.spyOn(console, "warn").mockImplementation(warn.mockReset());
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("[UI262] of which a part cannot be read is set aside once, with one line that holds nothing of it", ({
    expect,
  }) => {
    const shelf = shelfOf({ numbers: "[1,77]" });
    const here = numbers(shelf);
    expect([here.value(), here.isAside(), shelf.kept.get("numbers.aside")]).toEqual([[1], true, "[1,77]"]);
    const there = numbers(shelf);
    here.change((now) => [...now, 2]);
    there.change((now) => [...now, 3]);
    expect([shelf.kept.get("numbers"), shelf.kept.get("numbers.aside")]).toEqual(["[1,2,3]", "[1,77]"]);
    expect(warn.mock.calls).toEqual([["Cannot read all of numbers: a copy is under numbers.aside"]]);
    expect(numbers(shelf).isAside()).toBe(false);
  });

  it("[UI262] is set aside beside an earlier copy, and where there is no place left nothing is written over it", ({
    expect,
  }) => {
    const shelf = shelfOf({ numbers: "[10]" });
    const record = numbers(shelf);
    for (let n = 11; n < 20; n++) {
      record.change((now) => [...now, 1]);
      // Of another tab, of a later version.
      shelf.kept.set("numbers", `[${n}]`);
    }
    record.change((now) => [...now, 1]);
    expect(asideKeys("numbers").map((key) => shelf.kept.get(key))).toEqual(
      Array.from({ length: 9 }, (_, i) => `[${10 + i}]`),
    );
    expect([shelf.kept.get("numbers"), record.value(), record.isKept()]).toEqual(["[19]", [1], false]);
    expect(warn.mock.lastCall).toEqual(["Cannot read all of numbers: nothing is written there"]);
    // What was held is stored once another tab has put it right.
    shelf.kept.set("numbers", "[5]");
    record.retry();
    expect([shelf.kept.get("numbers"), record.isKept()]).toEqual(["[5,1]", true]);
  });

  it("[UI262] stars of a version that knows more, or keeps more, are set aside and not cut", ({ expect }) => {
    const many = JSON.stringify(Array.from({ length: 10_000 }, (_, i) => String(100_000 + i)));
    for (const text of [many, '["005930","XNAS:AAPL"]', "{"]) {
      const shelf = shelfOf({ "vcp.stars": text, "vcp.starred": '{"005930":{"at":"later"}}' });
      const stars = createStars(
        shelf,
        () => undefined,
        () => "2026-11-30T00:00:00.000Z",
      );
      stars.toggle("100000");
      expect(shelf.kept.get("vcp.stars.aside")).toBe(text);
      expect(shelf.kept.get("vcp.starred")).toContain('"005930":{"at":"later"}');
    }
  });
});
