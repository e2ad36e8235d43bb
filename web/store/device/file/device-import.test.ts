import { afterAll, beforeEach, describe, it, vi } from "vitest";
import { createPreferences } from "../../preferences.ts";
import { notesOf } from "../../watch/notes.ts";
import { MAX_ENTRIES, STARRED, withEntries, withList } from "../../watch/watch-list.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import { createSavedViews, savedViewsOf } from "../saved-views.ts";
import { makeBrowser, type Browser, type Tab } from "../tabs/browser-tabs.ts";
import { createDeviceImport, type DeviceImport } from "./device-import.ts";
import { deviceState } from "./device-state.ts";
import { type FileState, type ImportMode, planImport } from "./plan.ts";

const AT = "2026-11-30T01:02:03.000Z";
const entry = (ticker: string): { ticker: string; added: string } => ({ ticker, added: AT });

function newBrowser(entries: Readonly<Record<string, string>> = {}): Browser {
  return makeBrowser((add) => vi.stubGlobal("addEventListener", add ?? (() => undefined)), entries);
}

function open({ device }: Tab): DeviceImport & { take(file: FileState, mode: ImportMode): void } {
  const own = createDeviceImport(device, createPreferences(device.shelf, ["ko"]), ["ko"]);
  return {
    ...own,
    take: (file, mode) => {
      const from = deviceState(device);
      own.apply({ from, to: planImport(from, file, mode).next });
    },
  };
}

describe("the import of a device's file", () => {
  let browser = newBrowser();
  beforeEach(() => {
    browser = newBrowser({ "vcp.stars": '["005930","000660"]' });
  });
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  it("[UI260] taken back leaves what another tab has written since, in every section", ({ expect }) => {
    const [here, there] = [browser.open(), browser.open()];
    const own = open(here);
    own.take(
      {
        starred: [entry("035420")],
        lists: [{ id: "a", name: "A", entries: [entry("005930")] }],
        notes: { "005930": { text: "of the file", at: AT } },
        views: [{ name: "of the file", search: "" }],
        values: { "vcp.theme": "dark", "vcp.palette": "us" },
      },
      "replace",
    );
    watchListsOf(there.device).change((now) =>
      withList(withEntries(withEntries(now, STARRED, [entry("383220")]), "a", [entry("000660")]), {
        id: "b",
        name: "B",
        entries: [],
      }),
    );
    notesOf(there.device).write("005930", "of the other tab");
    savedViewsOf(there.device).save({ name: "of the other tab", search: "?rs=90" });
    createPreferences(there.device.shelf, ["ko"]).setPalette("safe");
    own.undo();
    expect(own.end()).toEqual({ kind: "undone", isKept: true, refused: 0, back: null });
    const after = deviceState(browser.open().device);
    expect(after.starred.map(({ ticker }) => ticker)).toEqual(["005930", "000660", "383220"]);
    expect(after.lists).toEqual([
      { id: "a", name: "A", entries: [entry("000660")] },
      { id: "b", name: "B", entries: [] },
    ]);
    expect(after.notes["005930"]?.text).toBe("of the other tab");
    expect(createSavedViews(here.device.shelf).all()).toEqual([
      { name: "of the other tab", search: "?rs=90" },
    ]);
    expect([after.values["vcp.theme"], after.values["vcp.palette"]]).toEqual([undefined, "safe"]);
  });

  it("[UI260] applied leaves what another tab has written since the preview", ({ expect }) => {
    const [here, there] = [browser.open(), browser.open()];
    const from = deviceState(here.device);
    const { next } = planImport(from, { starred: [entry("035420")] }, "replace");
    there.device.stars.toggle("383220");
    const own = open(here);
    own.apply({ from, to: next });
    expect([...there.device.stars.kept.stored()]).toEqual(["035420", "383220"]);
    own.undo();
    expect([...there.device.stars.kept.stored()]).toEqual(["005930", "000660", "383220"]);
  });

  it("[UI260] refused by the storage on its way back is stated, and finished by a further press", ({
    expect,
  }) => {
    const tab = browser.open();
    const own = open(tab);
    own.take({ starred: [], values: { "vcp.theme": "dark" } }, "replace");
    expect(own.end()).toMatchObject({ kind: "done", isKept: true });
    browser.isFull = true;
    own.undo();
    expect(own.end()).toMatchObject({ kind: "undone", isKept: false });
    expect(browser.kept.get("vcp.stars")).toBe("[]");
    browser.isFull = false;
    own.undo();
    expect(own.end()).toMatchObject({ kind: "undone", isKept: true, back: null });
    expect([browser.kept.get("vcp.stars"), browser.kept.get("vcp.theme")]).toEqual([
      '["005930","000660"]',
      "",
    ]);
  });

  it("[UI260] without room on its way back is counted, and finished once there is", ({ expect }) => {
    const tab = browser.open();
    const own = open(tab);
    own.take({ starred: [] }, "replace");
    const lists = watchListsOf(tab.device);
    const many = Array.from({ length: MAX_ENTRIES - 1 }, (_, i) => entry(String(100_000 + i)));
    lists.change((now) => withEntries(now, STARRED, many));
    own.undo();
    expect(own.end()).toMatchObject({ kind: "undone", isKept: true, refused: 1 });
    tab.device.stars.toggle("100000");
    own.undo();
    expect(own.end()).toMatchObject({ refused: 0, back: null });
    expect(
      lists
        .get(STARRED)
        ?.entries.slice(0, 2)
        .map(({ ticker }) => ticker),
    ).toEqual(["005930", "000660"]);
  });

  it("[UI260] a file that cannot be opened is refused, and the one that was chosen last counts", async ({
    expect,
  }) => {
    const own = open(browser.open());
    await own.open({ size: 1, arrayBuffer: async () => Promise.reject(new DOMException("gone")) });
    expect([own.file(), own.failure()]).toEqual([null, { kind: "unread" }]);
    const { promise, resolve } = Promise.withResolvers<ArrayBuffer>();
    const slow = own.open({ size: 2, arrayBuffer: async () => promise });
    const text = new TextEncoder().encode('{"format":"vcp-radar-device","version":1,"starred":[]}');
    await own.open({ size: text.length, arrayBuffer: async () => Promise.resolve(text.buffer) });
    resolve(new ArrayBuffer(2));
    await slow;
    expect([own.file(), own.failure()]).toEqual([{ starred: [] }, null]);
  });
});
