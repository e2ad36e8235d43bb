import { createRoot } from "solid-js";
import { afterAll, beforeEach, describe, it, vi } from "vitest";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { makeBrowser, type Tab } from "../../store/device/tabs/browser-tabs.ts";
import { makeNameSearch, type NameSearch } from "../../store/names/name-search.ts";
import { csvOf } from "../../store/watch/list-csv.ts";
import { MAX_NOTE, notesOf } from "../../store/watch/notes.ts";
import { MAX_ENTRIES, STARRED, withEntries, withList } from "../../store/watch/watch-list.ts";
import { watchListsOf } from "../../store/watch/watch-lists.ts";
import { createImport, type ImportDeps, type ListImport } from "./create-import.ts";

const AT = "2026-11-30T01:02:03.000Z";
const listed = (ticker: string, name: string): ListedName => ({
  ticker,
  name,
  name_en: null,
  market: "KOSPI",
});
const NAMES: readonly ListedName[] = [
  ...Array.from({ length: MAX_ENTRIES + 5 }, (_, i) => listed(String(200_000 + i), `회사${i}가`)),
  listed("005930", "삼성전자"),
  listed("009150", "삼성전기"),
];

const browser = (): ReturnType<typeof makeBrowser> =>
  makeBrowser((add) => vi.stubGlobal("addEventListener", add ?? (() => undefined)));

/** What an import reads and writes, of one tab. */
function depsOf({ device }: Tab, search: () => Promise<NameSearch>, id: string): ImportDeps {
  const lists = watchListsOf(device);
  return { lists, notes: notesOf(device), list: () => lists.get(id), names: { search } };
}

const found = await makeNameSearch({
  exchange: "KRX",
  names: NAMES,
  count: NAMES.length,
  generated_at: AT,
});

/** Whatever was promised has come. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
  }
}

/** With the names there. */
async function open(
  tab: Tab,
  id = STARRED,
  search: () => Promise<NameSearch> = async () => found,
): Promise<ListImport> {
  const own = createRoot(() => createImport(depsOf(tab, search, id)));
  await settle();
  return own;
}

function put(own: ListImport, text: string): void {
  own.type(text);
  vi.advanceTimersByTime(400);
}

function rowsOf(own: ListImport): readonly string[] {
  const preview = own.preview();
  return preview === null || "found" in preview
    ? []
    : preview.rows.map((row) => (row.kind === "unknown" ? row.reason : `${row.kind} ${row.list}`.trim()));
}

describe("an import into a list", () => {
  let tab = browser().open();
  beforeEach(() => {
    tab = browser().open();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const tickers = (id = STARRED): readonly string[] =>
    watchListsOf(tab.device)
      .get(id)
      ?.entries.map(({ ticker }) => ticker) ?? [];

  it("[UI264] takes what was typed until the press, and leaves the rest of it", async ({ expect }) => {
    const own = await open(tab);
    put(own, "005930");
    own.type("005930\n009150\nmoon");
    expect(own.take()).toEqual({ came: 2, left: 1 });
    expect([tickers(), own.text()]).toEqual([["005930", "009150"], "moon"]);
    vi.advanceTimersByTime(400);
    expect(own.text()).toBe("moon");
    own.undo();
    expect(tickers()).toEqual([]);
  });

  it("[UI264] counts no chosen stock as taken for which the list has no room, and keeps its line", async ({
    expect,
  }) => {
    watchListsOf(tab.device).change((now) =>
      withEntries(
        now,
        STARRED,
        NAMES.slice(0, MAX_ENTRIES - 1).map(({ ticker }) => ({ ticker, added: AT })),
      ),
    );
    const own = await open(tab);
    put(own, "회사1003가\n삼성\n삼성");
    const preview = own.preview();
    const ambiguous =
      preview !== null && "rows" in preview ? preview.rows.filter(({ kind }) => kind === "ambiguous") : [];
    ambiguous.forEach((row) => {
      own.choose(row, "005930");
    });
    expect(own.count()).toBe(1);
    expect(own.take()).toEqual({ came: 1, left: 2 });
    expect([tickers().length, own.text()]).toEqual([MAX_ENTRIES, "삼성\n삼성"]);
  });

  it("[UI264] brings the note of a row that the reader had to choose", async ({ expect }) => {
    const own = await open(tab);
    put(own, "name,note\n삼성,tight");
    const preview = own.preview();
    const [row] = preview !== null && "rows" in preview ? preview.rows : [];
    if (row) {
      own.choose(row, "009150");
    }
    own.take();
    expect([tickers(), notesOf(tab.device).textOf("009150"), own.text()]).toEqual([["009150"], "tight", ""]);
  });

  it("[UI264] is taken back without what another tab has written since", async ({ expect }) => {
    const other = browser();
    tab = other.open();
    const there = other.open();
    notesOf(tab.device).write("005930", "mine");
    const own = await open(tab);
    put(own, "code,note\n005930,of the file\n009150,of the file");
    own.take();
    notesOf(there.device).write("005930", "of the other tab");
    watchListsOf(there.device).change((now) => withEntries(now, STARRED, [{ ticker: "200000", added: AT }]));
    own.undo();
    expect(
      watchListsOf(tab.device)
        .stored()[0]
        ?.entries.map(({ ticker }) => ticker),
    ).toEqual(["200000"]);
    expect(Object.entries(notesOf(tab.device).stored()).map(([one, { text }]) => [one, text])).toEqual([
      ["005930", "of the other tab"],
    ]);
  });

  it("[UI264] shows that what it needs could not be fetched, and tries again", async ({ expect }) => {
    let isDown = true;
    const own = await open(tab, STARRED, async () => (isDown ? Promise.reject(new Error("offline")) : found));
    put(own, "005930");
    expect([own.hasFailed(), own.preview()]).toEqual([true, null]);
    isDown = false;
    own.retry();
    await settle();
    expect([own.hasFailed(), own.count()]).toEqual([false, 1]);
  });

  it("[UI265] brings several lists of a file back as they were, on a device that has some of them", async ({
    expect,
  }) => {
    const row = (ticker: string, note = "") => ({
      ticker,
      name: "",
      nameEn: "",
      market: "",
      note,
      added: AT,
    });
    const csv = csvOf([
      { name: "★ Starred", rows: [row("005930", "x")] },
      { name: "=반도체", rows: [row("200001"), row("005930", "x")] },
      { name: "Swing", rows: [row("200002"), row("moon")] },
    ]);
    watchListsOf(tab.device).change((now) =>
      withList(now, { id: "b", name: "Swing", entries: [{ ticker: "200003", added: AT }] }),
    );
    const before = watchListsOf(tab.device).stored();
    const own = await open(tab, "b");
    put(own, csv);
    expect([own.named().length, own.isByList(), own.count()]).toEqual([3, true, 4]);
    expect(rowsOf(own)).toEqual(["new ★ Starred", "new =반도체", "new =반도체", "new Swing", "name"]);
    own.take();
    const after = watchListsOf(tab.device).stored();
    expect(after.map(({ name, entries }) => [name, entries.map(({ ticker }) => ticker)])).toEqual([
      ["", ["005930"]],
      ["Swing", ["200003", "200002"]],
      ["=반도체", ["200001", "005930"]],
    ]);
    expect([own.text().includes("moon"), notesOf(tab.device).textOf("005930")]).toEqual([true, "x"]);
    own.undo();
    expect(watchListsOf(tab.device).stored()).toEqual(before);
    // Or all of them into the list that is shown.
    put(own, csv);
    own.setByList(false);
    own.take();
    expect(tickers("b")).toEqual(["200003", "005930", "200001", "200002"]);
  });

  it("[UI265] makes no more lists than the device keeps, and states that", async ({ expect }) => {
    const own = await open(tab);
    const lines = Array.from({ length: 22 }, (_, i) => `${200_000 + i},list ${i}`);
    put(own, ["code,list", ...lines].join("\n"));
    expect(rowsOf(own).filter((one) => one === "lists")).toHaveLength(2);
    expect(own.take()).toEqual({ came: 20, left: 2 });
    expect(own.text()).toBe("code,list\n200020,list 20\n200021,list 21");
    expect(watchListsOf(tab.device).stored()).toHaveLength(21);
    // Notes that would be too long stay with their line.
    put(own, `code,note\n005930,${"x".repeat(MAX_NOTE + 1)}`);
    expect(rowsOf(own)).toEqual(["note"]);
  });
});
