import * as fc from "fast-check";
import { describe, it } from "vitest";
import { decodeQuery, encodeQuery } from "../filter/list-query.ts";
import { listSearchOf, shownList, signalHref, withListOf } from "./flip-list.ts";

const LISTS = ["", "?state=all&grade=all", "?rs=90&sort=-rs", "?market=KOSPI&new=1"];

describe("the list in the address of a signal", () => {
  it("[UI201] comes back as it was, beside what the chart keeps there", ({ expect }) => {
    for (const list of LISTS) {
      const href = signalHref("005930.20250128.20250415", list);
      const { search } = new URL(href, "http://page");
      expect(listSearchOf(search) ?? "", href).toBe(list);
      const drawn = withListOf(search, "?bars=week&scale=log&rs=on");
      expect(listSearchOf(drawn) ?? "", drawn).toBe(list);
      expect(new URLSearchParams(drawn).get("rs")).toBe("on");
      expect(encodeQuery(decodeQuery(listSearchOf(drawn) ?? ""))).toBe(list);
    }
  });

  it("[UI201] may be any text and breaks nothing", ({ expect }) => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (text) => {
        const named = listSearchOf(`?from=${encodeURIComponent(text)}`);
        expect(named === null ? text.length > 400 : named === `?${text}`).toBe(true);
        expect(() => decodeQuery(named ?? "")).not.toThrow();
      }),
    );
  });

  it("[UI201] has the order in which it was shown, of its own market and choice alone", ({ expect }) => {
    shownList.note({ exchange: "KRX", search: "?sort=-rs", ids: ["b", "a"] });
    expect(shownList.idsOf("KRX", "?sort=-rs")).toEqual(["b", "a"]);
    expect(shownList.idsOf("KRX", "")).toBeNull();
    expect(shownList.idsOf("DEMO", "?sort=-rs")).toBeNull();
  });
});
