import * as fc from "fast-check";
import { describe, it } from "vitest";
import { cpuMs } from "../../../worker/testing/cpu-time.ts";
import { INDEX_CODES } from "../../../worker/core/instrument/instrument.ts";
import { GRADES } from "../../../worker/core/scan/grade.ts";
import {
  ACTIONABLE,
  ALL,
  choosesSame,
  decodeQuery,
  encodeQuery,
  type ListQuery,
  pressSort,
  SORT_KEYS,
  STATE_GROUPS,
} from "./list-query.ts";

const query: fc.Arbitrary<ListQuery> = fc.record({
  states: fc.subarray([...STATE_GROUPS]),
  grades: fc.subarray([...GRADES]),
  markets: fc.subarray([...INDEX_CODES]),
  rs: fc.option(fc.integer({ min: 1, max: 99 })),
  isNew: fc.boolean(),
  list: fc.constantFrom(null, "starred", "3f2a9c01"),
  sort: fc.record({ key: fc.constantFrom(...SORT_KEYS), isDescending: fc.boolean() }),
});

/** Addresses that nobody made on purpose: the known names with any text, and any text at all. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom("state", "grade", "market", "rs", "new", "star", "list", "sort", "__proto__", "x"),
        fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("ready,ready", "S,A,,Z", "1e9", "-", "all,D")),
      ),
      { maxLength: 12 },
    )
    .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`),
);

describe("the address of the list", () => {
  it("[UI121] brings back every choice and order as it was written", ({ expect }) => {
    fc.assert(
      fc.property(query, (one) => {
        expect(decodeQuery(encodeQuery(one))).toEqual(one);
        // By way of a browser, which writes the text its own way.
        expect(decodeQuery(new URL(`http://page/${encodeQuery(one)}`).search)).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  it("[UI121] is empty for the usual list, and names what differs in words of no language", ({ expect }) => {
    expect(encodeQuery(ACTIONABLE)).toBe("");
    expect(decodeQuery("")).toEqual(ACTIONABLE);
    expect(encodeQuery(ALL)).toBe("?state=all&grade=all");
    expect(
      encodeQuery({ ...ACTIONABLE, states: ["squat"], rs: 90, sort: { key: "rs", isDescending: true } }),
    ).toBe("?state=squat&rs=90&sort=-rs");
  });

  it("[UI121] passes over what it does not know, and survives any address", ({ expect }) => {
    expect(decodeQuery("?state=moon&grade=Z&rs=0&rs=7&sort=--rs&utm_source=x")).toEqual(ACTIONABLE);
    expect(decodeQuery("?state=squat,moon,squat&sort=-rs")).toEqual({
      ...ACTIONABLE,
      states: ["squat"],
      sort: { key: "rs", isDescending: true },
    });
    fc.assert(
      fc.property(hostile, (search) => {
        const read = decodeQuery(search);
        const written = encodeQuery(read);
        expect(decodeQuery(written)).toEqual(read);
        expect(written.length).toBeLessThan(200);
      }),
      { numRuns: 1_000 },
    );
  });

  it("[UI121] reads no more of a value than a choice can have, however long it is", ({ expect }) => {
    const long = `?state=${"squat,".repeat(1_000_000)}&sort=${"r".repeat(1_000_000)}`;
    const from = cpuMs();
    expect(decodeQuery(long)).toEqual(ACTIONABLE);
    expect(cpuMs() - from).toBeLessThan(500);
  });

  it("[UI122] sorts by a heading from its better end first, then the other way round", ({ expect }) => {
    const rs = pressSort(ALL.sort, "rs");
    expect([rs, pressSort(rs, "rs"), pressSort(rs, "risk")]).toEqual([
      { key: "rs", isDescending: true },
      { key: "rs", isDescending: false },
      { key: "risk", isDescending: false },
    ]);
    expect(choosesSame({ ...ACTIONABLE, sort: rs }, ACTIONABLE)).toBe(true);
    expect(choosesSame(ALL, ACTIONABLE)).toBe(false);
  });
});
