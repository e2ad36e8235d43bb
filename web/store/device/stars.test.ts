import { describe, it } from "vitest";
import type { Shelf } from "./shelf.ts";
import { createStars, MAX_STARS } from "./stars.ts";

function shelfOf(
  entries: readonly (readonly [string, string])[] = [],
): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map(entries);
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      kept.set(key, value);
    },
  };
}

const ALONE = (): void => undefined;
const NOW = (): string => "2026-11-29T01:02:03.000Z";

describe("stars", () => {
  it("[UI124] keeps what was starred, and gives it back to a later visit", ({ expect }) => {
    const shelf = shelfOf();
    const stars = createStars(shelf, ALONE, NOW);
    stars.toggle("005930");
    stars.toggle("D00001");
    stars.toggle("005930");
    expect([stars.has("005930"), stars.has("D00001")]).toEqual([false, true]);
    expect([...createStars(shelf, ALONE, NOW).all()]).toEqual(["D00001"]);
  });

  it("[UI124] loses no star of another tab, and shows it", ({ expect }) => {
    const shelf = shelfOf();
    let tell: (key: string | null) => void = ALONE;
    const here = createStars(
      shelf,
      (run) => {
        tell = run;
      },
      NOW,
    );
    const there = createStars(shelf, ALONE, NOW);
    there.toggle("005930");
    tell("vcp.theme");
    expect(here.has("005930")).toBe(false);
    tell("vcp.stars");
    expect(here.has("005930")).toBe(true);
    there.toggle("000660");
    here.toggle("035420");
    expect([...createStars(shelf, ALONE, NOW).all()]).toEqual(["005930", "000660", "035420"]);
    // Another tab has cleared all.
    shelf.kept.clear();
    tell(null);
    expect(here.all().size).toBe(0);
  });

  it("[UI124] takes nothing from the storage that is no ticker, and no more than it keeps", ({ expect }) => {
    const many = Array.from({ length: MAX_STARS + 5 }, (_, i) => String(100_000 + i));
    for (const text of ["{", '{"005930":1}', "[null, 7, [], {}]", '"005930"', "null"]) {
      expect([...createStars(shelfOf([["vcp.stars", text]]), ALONE, NOW).all()], text).toEqual([]);
    }
    const mixed = createStars(shelfOf([["vcp.stars", '["005930","<b>","005930"]']]), ALONE, NOW);
    expect([...mixed.all()]).toEqual(["005930"]);
    const full = createStars(shelfOf([["vcp.stars", JSON.stringify(many)]]), ALONE, NOW);
    expect(full.all().size).toBe(MAX_STARS);
    expect([full.toggle("005930"), full.has("005930"), full.toggle("100000")]).toEqual([false, false, true]);
  });

  it("[UI4] holds for the visit when storage throws", ({ expect }) => {
    const stars = createStars(
      {
        getItem: () => {
          throw new Error("denied");
        },
        setItem: () => {
          throw new Error("full");
        },
      },
      ALONE,
      NOW,
    );
    stars.toggle("005930");
    stars.toggle("000660");
    expect([...stars.all()]).toEqual(["005930", "000660"]);
  });
});
