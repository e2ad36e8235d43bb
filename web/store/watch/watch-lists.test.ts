import fc from "fast-check";
import { describe, it } from "vitest";
import type { Shelf } from "../device/shelf.ts";
import { createStars } from "../device/stars.ts";
import { createNotes, MAX_NOTE, MAX_NOTES } from "./notes.ts";
import {
  type Lists,
  MAX_ENTRIES,
  MAX_LISTS,
  nameFailure,
  STARRED,
  withEntries,
  withEntryAt,
  withList,
  withListMoved,
  withMoved,
  withName,
  withoutEntries,
  withoutList,
} from "./watch-list.ts";
import { createWatchLists, type WatchLists } from "./watch-lists.ts";

const AT = "2026-11-29T01:02:03.000Z";

/** Tabs of one browser over one storage, each of which hears what the others write. */
function browser(
  entries: Readonly<Record<string, string>> = {},
  isRefused: (key: string) => boolean = () => false,
): {
  readonly kept: Map<string, string>;
  readonly tab: () => {
    readonly lists: WatchLists;
    readonly notes: ReturnType<typeof createNotes>;
    readonly star: (ticker: string) => void;
  };
} {
  const kept = new Map(Object.entries(entries));
  const tabs: ((key: string) => void)[][] = [];
  return {
    kept,
    tab: () => {
      const mine: ((key: string) => void)[] = [];
      tabs.push(mine);
      const shelf: Shelf = {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => {
          if (isRefused(key)) {
            throw new Error("The quota has been exceeded");
          }
          kept.set(key, value);
          tabs.filter((tab) => tab !== mine).forEach((tab) => tab.forEach((run) => run(key)));
        },
      };
      const onOther = (run: (key: string | null) => void): void => void mine.push(run);
      const place = { shelf, onOther };
      const stars = createStars(shelf, onOther, () => AT);
      let made = 0;
      return {
        lists: createWatchLists({ place, stars, makeId: () => `tab${tabs.length}n${(made += 1)}` }),
        notes: createNotes(place, () => AT),
        star: (ticker) => void stars.toggle(ticker),
      };
    },
  };
}

const entry = (ticker: string): { ticker: string; added: string | null } => ({ ticker, added: AT });
const shown = (lists: WatchLists): readonly (readonly [string, string])[] =>
  lists.all().map(({ name, entries }) => [name, entries.map(({ ticker }) => ticker).join(" ")]);

describe("lists of a device", () => {
  it("[UI210] keeps the stars of an installation of before, in their order, as the first list", ({
    expect,
  }) => {
    // As the version of 2026-11-28 wrote it.
    const { tab, kept } = browser({ "vcp.stars": '["005930","000660","D00001"]' });
    const { lists, star } = tab();
    expect(lists.all()).toEqual([
      {
        id: STARRED,
        name: "",
        entries: ["005930", "000660", "D00001"].map((ticker) => ({ ticker, added: null })),
      },
    ]);
    star("035420");
    lists.change((now) => withEntryAt(now, STARRED, entry("000660"), 0));
    // That version still reads what this one writes.
    expect(kept.get("vcp.stars")).toBe('["000660","005930","D00001","035420"]');
    expect(
      tab()
        .lists.get(STARRED)
        ?.entries.map(({ added }) => added),
    ).toEqual([AT, null, null, AT]);
  });

  it("[UI210] keeps lists under names, with a stock in several, through moves and a later visit", ({
    expect,
  }) => {
    const world = browser();
    const { lists } = world.tab();
    const [a, b] = [lists.makeId(), lists.makeId()];
    lists.change((now) => withList(now, { id: a, name: "반도체", entries: [entry("005930")] }));
    lists.change((now) => withList(now, { id: b, name: "Swing", entries: [] }));
    lists.change((now) => withEntries(now, b, [entry("005930"), entry("000660"), entry("005930")]));
    lists.change((now) => withName(now, a, "  칩  소부장 "));
    lists.change((now) =>
      withEntryAt(withoutEntries(now, b, new Set(["000660"])), STARRED, entry("000660"), 9),
    );
    expect(shown(world.tab().lists)).toEqual([
      ["", "000660"],
      ["칩 소부장", "005930"],
      ["Swing", "005930"],
    ]);
    lists.change((now) => withoutList(withoutList(now, a), STARRED));
    expect(shown(lists).map(([name]) => name)).toEqual(["", "Swing"]);
  });

  it("[UI210] refuses a name that is empty, taken or one too many, and keeps no more than fits", ({
    expect,
  }) => {
    let lists: Lists = [{ id: STARRED, name: "", entries: [] }];
    for (let i = 0; i < MAX_LISTS + 3; i++) {
      lists = withList(lists, { id: `l${i}`, name: `n${i}`, entries: [] });
    }
    expect(lists).toHaveLength(MAX_LISTS + 1);
    expect([
      nameFailure(lists, " ", null),
      nameFailure(lists, "n3", null),
      nameFailure(lists, "new", null),
      nameFailure(lists, " n3 ", "l3"),
      nameFailure(lists, "n4", "l3"),
    ]).toEqual(["nameless", "taken", "full", null, "taken"]);
    const many = Array.from({ length: MAX_ENTRIES + 5 }, (_, i) => entry(String(100_000 + i)));
    const full = withEntries(lists, "l0", many);
    expect(full.find(({ id }) => id === "l0")?.entries).toHaveLength(MAX_ENTRIES);
    expect(withEntryAt(full, "l0", entry("005930"), 0)).toEqual(full);
  });

  it("[UI210] moves a stock to a list that has room or holds it, and else leaves it where it is", ({
    expect,
  }) => {
    const many = Array.from({ length: MAX_ENTRIES }, (_, i) => entry(String(100_000 + i)));
    const lists: Lists = [
      { id: STARRED, name: "", entries: [entry("005930"), entry("100003")] },
      { id: "a", name: "A", entries: many },
      { id: "b", name: "B", entries: [] },
    ];
    const tickersOf = (moved: Lists): readonly string[] =>
      moved
        .filter(({ id }) => id !== "a")
        .map(({ entries }) => entries.map(({ ticker }) => ticker).join(" "));
    expect(withMoved(lists, entry("005930"), STARRED, "a")).toBe(lists);
    expect(withMoved(lists, entry("005930"), STARRED, "gone")).toBe(lists);
    expect(tickersOf(withMoved(lists, entry("100003"), STARRED, "a"))).toEqual(["005930", ""]);
    expect(tickersOf(withMoved(lists, entry("005930"), STARRED, "b"))).toEqual(["100003", "005930"]);
  });

  it("[UI267] lists are put in another order, behind the built-in one, and none is lost at the ends", ({
    expect,
  }) => {
    const world = browser();
    const { lists } = world.tab();
    for (const id of ["a", "b", "c"]) {
      lists.change((now) => withList(now, { id, name: id, entries: [] }));
    }
    const idsAfter = (id: string, by: 1 | -1): string => {
      lists.change((now) => withListMoved(now, id, by));
      return lists
        .all()
        .map((list) => list.id)
        .join(" ");
    };
    expect([
      idsAfter("c", -1),
      idsAfter("c", -1),
      idsAfter("c", -1),
      idsAfter("b", 1),
      idsAfter(STARRED, 1),
      idsAfter("gone", 1),
    ]).toEqual([
      "starred a c b",
      "starred c a b",
      "starred c a b",
      "starred c a b",
      "starred c a b",
      "starred c a b",
    ]);
    expect(world.tab().lists.all()).toEqual(lists.all());
  });

  it("[UI210] no change of lists loses a stock that it was not asked to take out", ({ expect }) => {
    const ticker = fc.integer({ min: 100_000, max: 100_008 }).map(String);
    const id = fc.constantFrom(STARRED, "a", "b");
    const step = fc.oneof(
      fc.record({ op: fc.constant("add" as const), id, ticker, at: fc.nat(10) }),
      fc.record({ op: fc.constant("place" as const), id, ticker, at: fc.integer({ min: -2, max: 10 }) }),
      fc.record({ op: fc.constant("drop" as const), id, ticker, at: fc.nat(10) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let lists: Lists = [STARRED, "a", "b"].map((one) => ({ id: one, name: one, entries: [] }));
        const model = new Map(lists.map((list) => [list.id, new Set<string>()]));
        for (const { op, id: on, ticker: one, at } of steps) {
          lists =
            op === "drop"
              ? withoutEntries(lists, on, new Set([one]))
              : op === "add"
                ? withEntries(lists, on, [entry(one)])
                : withEntryAt(lists, on, entry(one), at);
          model.get(on)?.[op === "drop" ? "delete" : "add"](one);
        }
        for (const list of lists) {
          const tickers = list.entries.map((one) => one.ticker);
          expect(tickers.toSorted()).toEqual([...(model.get(list.id) ?? [])].toSorted());
        }
      }),
    );
  });

  it("[UI211] two tabs lose nothing of each other's lists and notes, and show it", ({ expect }) => {
    const world = browser();
    const [here, there] = [world.tab(), world.tab()];
    here.lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
    there.lists.change((now) => withList(now, { id: "b", name: "B", entries: [] }));
    here.star("005930");
    there.lists.change((now) => withEntries(now, STARRED, [entry("000660")]));
    expect(shown(here.lists)).toEqual(shown(there.lists));
    expect(shown(here.lists)).toEqual([
      ["", "005930 000660"],
      ["A", ""],
      ["B", ""],
    ]);
    here.notes.write("005930", "tight");
    there.notes.write("000660", "wait\r\nfor volume ");
    there.notes.write("005930", "tight, dry");
    expect(here.notes.textOf("005930")).toBe("tight, dry");
    expect(here.notes.textOf("000660")).toBe("wait\nfor volume");
    here.notes.write("005930", " ");
    expect(Object.keys(there.notes.all())).toEqual(["000660"]);
  });

  it("[UI211] sets aside a record that it cannot read, and says so, and overwrites none", ({ expect }) => {
    for (const text of ["{", "[]", '{"version":2,"lists":[]}', '{"version":1,"lists":[{"id":"<b>"}]}']) {
      const { tab, kept } = browser({ "vcp.lists": text });
      const { lists } = tab();
      expect([lists.isAside(), shown(lists)]).toEqual([true, [["", ""]]]);
      lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
      expect(kept.get("vcp.lists.aside")).toBe(text);
      expect(shown(tab().lists)).toHaveLength(2);
    }
    expect(browser().tab().lists.isAside()).toBe(false);
  });

  it("[UI211] writes over nothing that it can neither read nor copy", ({ expect }) => {
    const text = '{"version":2,"lists":[]}';
    const { tab, kept } = browser({ "vcp.lists": text }, (key) => key.endsWith(".aside"));
    const { lists } = tab();
    lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
    lists.change((now) => withList(now, { id: "b", name: "B", entries: [] }));
    expect([kept.get("vcp.lists"), lists.isAside(), lists.isKept()]).toEqual([text, false, false]);
    expect(shown(lists).map(([name]) => name)).toEqual(["", "A", "B"]);
  });

  it("[UI4] states that a storage refused the stars, though it takes the other lists", ({ expect }) => {
    for (const refused of ["vcp.stars", "vcp.starred"]) {
      const { lists } = browser({}, (key) => key === refused).tab();
      lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
      expect(lists.isKept()).toBe(true);
      lists.change((now) => withEntries(now, STARRED, [entry("005930")]));
      expect([lists.isKept(), lists.get(STARRED)?.entries.length]).toEqual([false, 1]);
    }
  });

  it("[UI211] a note has a bound, and so has their number", ({ expect }) => {
    const notes = Object.fromEntries(
      Array.from({ length: MAX_NOTES }, (_, i) => [String(100_000 + i), { text: "x", at: AT }]),
    );
    const { tab } = browser({ "vcp.notes": JSON.stringify({ version: 1, notes }) });
    const one = tab().notes;
    expect([one.write("005930", "x"), one.write("100000", "🙂".repeat(MAX_NOTE))]).toEqual(["full", "kept"]);
    expect(one.write("100000", "🙂".repeat(MAX_NOTE + 1))).toBe("long");
    expect([one.write("100001", ""), one.write("005930", "x")]).toEqual(["kept", "kept"]);
    expect(tab().notes.textOf("100000")).toBe("🙂".repeat(MAX_NOTE));
  });

  it("[UI4] holds lists and notes for the visit when storage throws, and says that it does", ({ expect }) => {
    const refuse = (): never => {
      throw new Error("denied");
    };
    const shelf: Shelf = { getItem: refuse, setItem: refuse };
    const place = { shelf, onOther: () => undefined };
    const stars = createStars(
      shelf,
      () => undefined,
      () => AT,
    );
    const lists = createWatchLists({ place, stars, makeId: () => "a" });
    lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
    lists.change((now) => withEntries(withEntries(now, "a", [entry("005930")]), STARRED, [entry("000660")]));
    expect(shown(lists)).toEqual([
      ["", "000660"],
      ["A", "005930"],
    ]);
    expect(lists.isKept()).toBe(false);
    const notes = createNotes(place, () => AT);
    notes.write("005930", "a");
    notes.write("000660", "b");
    expect([notes.textOf("005930"), notes.isKept()]).toEqual(["a", false]);
  });
});
