/** A device at the bounds of what it keeps, and over them. */
import { afterAll, describe, it, vi } from "vitest";
import { DEVICE_TEXTS } from "../../i18n/device-texts.ts";
import { notesOf } from "../watch/notes.ts";
import { pasteFailure } from "../watch/paste.ts";
import {
  type ListEntry,
  MAX_ENTRIES,
  MAX_LISTS,
  STARRED,
  withEntries,
  withList,
} from "../watch/watch-list.ts";
import { watchListsOf } from "../watch/watch-lists.ts";
import { deviceFileOf, MAX_FILE_BYTES, readDeviceFile } from "./file/device-file.ts";
import { deviceState } from "./file/device-state.ts";
import { type DeviceState, type FileState, planImport } from "./file/plan.ts";
import { MAX_STARS } from "./stars.ts";
import { makeBrowser, type Browser } from "./tabs/browser-tabs.ts";

const AT = "2026-11-30T01:02:03.000Z";
const entriesOf = (count: number, from = 100_000): readonly ListEntry[] =>
  Array.from({ length: count }, (_, i) => ({ ticker: String(from + i), added: AT }));
const NOTHING: DeviceState = { starred: [], lists: [], notes: {}, views: [], values: {} };

function newBrowser(entries: Readonly<Record<string, string>> = {}): Browser {
  return makeBrowser((add) => vi.stubGlobal("addEventListener", add ?? (() => undefined)), entries);
}

/** What another device that keeps more has exported. */
function fileOf(state: Partial<DeviceState>): FileState {
  const text = deviceFileOf({ ...NOTHING, ...state }, {}, AT);
  const answer = readDeviceFile(new TextEncoder().encode(text));
  if ("failure" in answer) {
    throw new Error(JSON.stringify(answer.failure));
  }
  return answer.sections;
}

const refusedIn = (file: FileState, mode: "merge" | "replace", now = NOTHING): readonly [string, number][] =>
  planImport(now, file, mode)
    .changes.filter(({ refused }) => refused > 0)
    .map(({ section, refused }) => [section, refused]);

describe("the bounds of a device", () => {
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  it("[UI263] of ten thousand stars of a file as many are taken as are kept, and the others are counted", ({
    expect,
  }) => {
    const file = fileOf({ starred: entriesOf(10_000) });
    expect(planImport(NOTHING, file, "merge").next.starred).toHaveLength(MAX_STARS);
    expect(refusedIn(file, "merge")).toEqual([["starred", 10_000 - MAX_STARS]]);
    expect(
      pasteFailure(
        entriesOf(10_000)
          .map(({ ticker }) => ticker)
          .join("\n"),
      )?.kind,
    ).toBe("rows");
  });

  it("[UI263] of fifty lists of a file those that the device has come first, and what has no room is counted", ({
    expect,
  }) => {
    const lists = Array.from({ length: 50 }, (_, i) => ({
      id: `l${i}`,
      name: `list ${i}`,
      entries: entriesOf(500, 100_000 + 500 * i),
    }));
    const file = fileOf({ lists });
    const own = { id: "own", name: "list 49", entries: entriesOf(1, 200_000) };
    for (const mode of ["merge", "replace"] as const) {
      const { next } = planImport({ ...NOTHING, lists: [own] }, file, mode);
      expect(next.lists).toHaveLength(MAX_LISTS);
      expect(next.lists.find(({ id }) => id === "own")?.entries).toHaveLength(mode === "merge" ? 501 : 500);
      expect(refusedIn(file, mode, { ...NOTHING, lists: [own] })).toHaveLength(50 - MAX_LISTS);
    }
  });

  it("[UI263] a note that is longer than is kept takes the place of none, and the refusal states how long it may be", ({
    expect,
  }) => {
    const long = "x".repeat(2_000);
    const notes = { "005930": { text: long, at: AT } };
    const answer = readDeviceFile(new TextEncoder().encode(deviceFileOf({ ...NOTHING, notes }, {}, AT)));
    const failure = "failure" in answer ? answer.failure : null;
    expect(failure).toEqual({ kind: "content", at: "notes.005930.text" });
    for (const texts of Object.values(DEVICE_TEXTS)) {
      expect(failure && texts.failure(failure, "")).toContain("500");
    }
    const mine = { "005930": { text: "mine", at: "2026-11-29T00:00:00.000Z" } };
    const over = { "005930": { text: "x".repeat(501), at: AT } };
    for (const mode of ["merge", "replace"] as const) {
      expect(planImport({ ...NOTHING, notes: mine }, { notes: over }, mode).next.notes).toEqual(mine);
    }
    const browser = newBrowser();
    const of = notesOf(browser.open().device);
    expect([of.write("005930", "mine"), of.write("005930", long)]).toEqual(["kept", "long"]);
    expect(notesOf(browser.open().device).textOf("005930")).toBe("mine");
  });

  it("[UI263] one star too many is refused and stated until a press that is taken", ({ expect }) => {
    const tickers = entriesOf(MAX_STARS).map(({ ticker }) => ticker);
    const { stars } = newBrowser({ "vcp.stars": JSON.stringify(tickers) }).open().device;
    const answers = ["005930", "100000", "005930"].map((ticker) => [stars.toggle(ticker), stars.isFull()]);
    expect(answers).toEqual([
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it("[UI263] all that may be kept fits into one file, and comes back the same", ({ expect }) => {
    const { device } = newBrowser().open();
    const lists = watchListsOf(device);
    lists.change((now) => withEntries(now, STARRED, entriesOf(MAX_STARS)));
    for (let i = 0; i < MAX_LISTS; i++) {
      lists.change((now) =>
        withList(now, { id: `l${i}`, name: `목록 ${i}`, entries: entriesOf(MAX_ENTRIES) }),
      );
    }
    const texts = Array.from({ length: 2_000 }, (_, i) => [
      String(100_000 + i),
      { text: "가".repeat(500), at: AT },
    ]);
    notesOf(device).change(() => Object.fromEntries(texts));
    const state = deviceState(device);
    const file = new TextEncoder().encode(deviceFileOf(state, {}, AT));
    expect(file.length).toBeLessThan(MAX_FILE_BYTES);
    const answer = readDeviceFile(file);
    expect("sections" in answer && planImport(NOTHING, answer.sections, "replace").next).toEqual(state);
  });

  it("[UI263] fifty lists under the key of this version are set aside whole, and leave with the file", ({
    expect,
  }) => {
    const text = JSON.stringify({
      version: 1,
      lists: Array.from({ length: 50 }, (_, i) => ({ id: `l${i}`, name: `${i}`, entries: entriesOf(500) })),
    });
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const browser = newBrowser({ "vcp.lists": text });
    const lists = watchListsOf(browser.open().device);
    lists.change((now) => withList(now, { id: "a", name: "A", entries: [] }));
    expect([browser.kept.get("vcp.lists.aside"), lists.isAside(), warn.mock.calls.length]).toEqual([
      text,
      true,
      1,
    ]);
    warn.mockRestore();
  });
});
