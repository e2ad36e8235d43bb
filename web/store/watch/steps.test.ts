import { describe, it } from "vitest";
import { adding, moving, removing, type Step, takingOut } from "./steps.ts";
import {
  type ListEntry,
  type Lists,
  MAX_ENTRIES,
  MAX_LISTS,
  STARRED,
  withEntries,
  withList,
  withoutEntries,
} from "./watch-list.ts";

const entry = (ticker: string, added = "2026-11-30T00:00:00.000Z"): ListEntry => ({ ticker, added });
const LATER = "2026-11-30T00:01:00.000Z";
const MANY = Array.from({ length: MAX_ENTRIES }, (_, i) => entry(String(100_000 + i)));

const LISTS: Lists = [
  { id: STARRED, name: "", entries: [entry("005930"), entry("000660")] },
  { id: "a", name: "A", entries: [entry("035420")] },
];

function shown(lists: Lists): readonly string[] {
  return lists.map(({ name, entries }) => `${name}: ${entries.map(({ ticker }) => ticker).join(" ")}`);
}

/** A step, what another tab does after it, and the way back. */
function around(step: Step, since: (now: Lists) => Lists, before = LISTS): readonly string[] {
  return shown(step.back(since(step.next(before))));
}

describe("a step back", () => {
  it("[UI260] takes out what was added, unless it was taken out and added again since", ({ expect }) => {
    expect(around(adding("a", [entry("383220"), entry("035420")]), (now) => now)).toEqual(shown(LISTS));
    const again = (now: Lists): Lists =>
      withEntries(withoutEntries(now, "a", new Set(["383220"])), "a", [entry("383220", LATER)]);
    expect(around(adding("a", [entry("383220")]), again)).toEqual([": 005930 000660", "A: 035420 383220"]);
    // It stood there before, under the same time: a file that is imported again brings it.
    expect(around(adding("a", [entry("035420")]), (now) => now)).toEqual(shown(LISTS));
  });

  it("[UI260] puts a stock back where it stood, and leaves it where it was added again", ({ expect }) => {
    const out = (): Step => takingOut(STARRED, "005930");
    expect(around(out(), (now) => withEntries(now, STARRED, [entry("383220")]))).toEqual([
      ": 005930 000660 383220",
      "A: 035420",
    ]);
    expect(around(out(), (now) => withEntries(now, STARRED, [entry("005930", LATER)]))).toEqual([
      ": 000660 005930",
      "A: 035420",
    ]);
  });

  it("[UI260] leaves a moved stock where it is while its own list is gone or full", ({ expect }) => {
    const fromA = (): Step => moving("035420", "a", STARRED);
    expect(around(fromA(), (now) => now)).toEqual(shown(LISTS));
    expect(around(fromA(), (now) => removing("a").next(now))).toEqual([": 005930 000660 035420"]);
    const full = (now: Lists): Lists => withEntries(now, "a", MANY);
    const step = fromA();
    const now = full(step.next(LISTS));
    expect(step.back(now)).toBe(now);
    expect(shown(step.back(withoutEntries(now, "a", new Set(["100000"])))).at(-1)).toMatch(
      /^A: 035420 100001/u,
    );
  });

  it("[UI260] moves nothing to a list without room, and then has nothing to take back", ({ expect }) => {
    const full = withEntries(LISTS, "a", MANY);
    const step = moving("005930", STARRED, "a");
    expect(step.next(full)).toBe(full);
    expect(step.back(full)).toBe(full);
    expect(moving("005930", STARRED, STARRED).next(LISTS)).toBe(LISTS);
  });

  it("[UI260] brings a list back with all that it held, or into the one that has its name, or not at all", ({
    expect,
  }) => {
    expect(around(removing("a"), (now) => now)).toEqual(shown(LISTS));
    const named = (now: Lists): Lists => withList(now, { id: "b", name: "A", entries: [entry("383220")] });
    expect(around(removing("a"), named)).toEqual([": 005930 000660", "A: 383220 035420"]);
    const step = removing("a");
    let now = step.next(LISTS);
    for (let i = 0; i < MAX_LISTS; i++) {
      now = withList(now, { id: `l${i}`, name: `n${i}`, entries: [] });
    }
    expect(step.back(now)).toBe(now);
    expect(shown(step.back(removing("l3").next(now)))[1]).toBe("A: 035420");
  });
});
