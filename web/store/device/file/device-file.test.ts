import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createPreferences } from "../../preferences.ts";
import { notesOf } from "../../watch/notes.ts";
import { STARRED, withEntries, withList } from "../../watch/watch-list.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import type { Device } from "../device.ts";
import { createSavedViews } from "../saved-views.ts";
import type { Shelf } from "../shelf.ts";
import { createStars } from "../stars.ts";
import { deviceFileOf, MAX_FILE_BYTES, readDeviceFile } from "./device-file.ts";
import { asideOf, deviceState, putDeviceState } from "./device-state.ts";
import { type DeviceState, planImport } from "./plan.ts";
import { VALUE_KEYS } from "./value-keys.ts";

/** The notices of the day, which the server's log has, and which tab reads that. */
const NOT_OF_THE_READER = ["vcp.notices.", "vcp.alerts.lead"] as const;

const AT = "2026-11-29T01:02:03.000Z";

/** A device of its own, as a later visit finds it. */
function deviceWith(
  entries: Readonly<Record<string, string>> = {},
): Device & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(entries));
  const shelf: Shelf = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
  return {
    kept,
    shelf,
    stars: createStars(
      shelf,
      () => undefined,
      () => AT,
    ),
    visits: () => {
      throw new Error("Not asked for");
    },
  };
}

// The stores listen to the window, which Node has none of.
globalThis.addEventListener ??= () => undefined;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function put(device: Device, state: DeviceState): boolean {
  const change = { from: deviceState(device), to: state };
  return putDeviceState(device, change, createPreferences(device.shelf, ["ko"]), ["ko"]).isKept;
}

const ticker = fc.integer({ min: 100_000, max: 100_030 }).map(String);
const time = fc.integer({ min: 0, max: 4_000_000_000 }).map((at) => new Date(at * 1_000).toISOString());
const entries = fc.uniqueArray(fc.record({ ticker, added: fc.option(time) }), {
  maxLength: 8,
  selector: (entry) => entry.ticker,
});
const name = fc.constantFrom("A", "반도체", "<b>", '"', "__proto__", "constructor", "a b");
const text = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => one.trim() !== "");
const STATES: fc.Arbitrary<DeviceState> = fc.record({
  starred: entries,
  lists: fc
    .uniqueArray(fc.record({ name, entries }), { maxLength: 4, selector: (list) => list.name })
    .chain((lists) =>
      fc
        .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), {
          minLength: lists.length,
          maxLength: lists.length,
        })
        .map((ids) => lists.map((list, i) => ({ id: ids[i] ?? "", ...list }))),
    ),
  notes: fc.dictionary(ticker, fc.record({ text, at: time }), { maxKeys: 6 }),
  views: fc.uniqueArray(fc.record({ name, search: fc.constantFrom("", "?rs=90", "?state=squat") }), {
    maxLength: 4,
    selector: (view) => view.name,
  }),
  values: fc.dictionary(fc.constantFrom(...VALUE_KEYS), text, { maxKeys: 6 }),
});

function readBack(state: DeviceState): ReturnType<typeof planImport>["next"] {
  const answer = readDeviceFile(bytesOf(deviceFileOf(state, {}, AT)));
  if (!("sections" in answer)) {
    throw new Error(`Refused: ${JSON.stringify(answer.failure)}`);
  }
  return planImport({ starred: [], lists: [], notes: {}, views: [], values: {} }, answer.sections, "merge")
    .next;
}

describe("the file of a device", () => {
  it("[UI214] brings all of a device to another one, and nothing else", ({ expect }) => {
    fc.assert(
      fc.property(STATES, (state) => {
        expect(readBack(state)).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  it("[UI214] merged takes nothing away and changes nothing twice; in place of it makes it equal", ({
    expect,
  }) => {
    fc.assert(
      fc.property(STATES, STATES, (now, file) => {
        const merged = planImport(now, file, "merge").next;
        const has = (state: DeviceState): readonly string[] => [
          ...state.starred.map((entry) => entry.ticker),
          ...state.lists.flatMap((list) => list.entries.map((entry) => `${list.name} ${entry.ticker}`)),
          ...Object.keys(state.notes),
          ...state.views.map((view) => `view ${view.name}`),
        ];
        expect(has(merged)).toEqual(expect.arrayContaining([...has(now), ...has(file)]));
        expect(merged.values).toEqual({ ...file.values, ...now.values });
        expect(planImport(merged, file, "merge")).toEqual({ next: merged, changes: [] });
        const ids = merged.lists.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const replaced = planImport(now, file, "replace").next;
        expect({ ...replaced, lists: replaced.lists.map((list) => ({ ...list, id: "" })) }).toEqual({
          ...file,
          lists: file.lists.map((list) => ({ ...list, id: "" })),
          values: { ...now.values, ...file.values },
        });
      }),
      { numRuns: 200 },
    );
  });

  it("[UI214] reads the file of the first version, and what it lacks stays as it is", ({ expect }) => {
    const first = readFileSync(new URL("first-version.json", import.meta.url));
    const answer = readDeviceFile(first);
    const device = deviceWith({ "vcp.stars": '["035420"]', "vcp.theme": "dark" });
    notesOf(device).write("005930", "mine");
    const now = deviceState(device);
    const plan = planImport(now, "sections" in answer ? answer.sections : {}, "replace");
    expect(
      plan.changes.map(({ section, name: list, added, changed, removed }) => [
        section,
        list,
        added,
        changed,
        removed,
      ]),
    ).toEqual([
      ["starred", "", 2, 0, 1],
      ["newList", "반도체", 2, 0, 0],
      ["settings", "", 1, 1, 0],
    ]);
    expect(put(device, plan.next)).toBe(true);
    const after = deviceWith(Object.fromEntries(device.kept));
    expect(
      watchListsOf(after)
        .all()
        .map((list) => [list.name, list.entries.map((entry) => entry.ticker)]),
    ).toEqual([
      ["", ["005930", "000660"]],
      ["반도체", ["005930", "042700"]],
    ]);
    expect([notesOf(after).textOf("005930"), after.kept.get("vcp.theme")]).toEqual(["mine", "light"]);
    // And all of it is taken back.
    expect(put(device, now)).toBe(true);
    expect(deviceState(deviceWith(Object.fromEntries(device.kept)))).toEqual(now);
  });

  it.for([
    ["", "text"],
    ["{", "text"],
    ["[]", "format"],
    ["null", "format"],
    ['{"format":"other","version":1}', "format"],
    ['{"format":"vcp-radar-device","version":2}', "newer"],
    ['{"format":"vcp-radar-device","version":1,"starred":[{"ticker":"<b>","added":null}]}', "content"],
    [
      '{"format":"vcp-radar-device","version":1,"lists":[{"id":"starred","name":"x","entries":[]}]}',
      "content",
    ],
    ['{"format":"vcp-radar-device","version":1,"lists":[{"id":"a","name":" ","entries":[]}]}', "content"],
    ['{"format":"vcp-radar-device","version":1,"notes":{"__proto__x":{"text":"x","at":"x"}}}', "content"],
    ['{"format":"vcp-radar-device","version":1,"values":{"vcp.theme":7}}', "content"],
    [
      `{"format":"vcp-radar-device","version":1,"notes":{"005930":{"text":"${"x".repeat(1_001)}","at":"${AT}"}}}`,
      "content",
    ],
  ] as const)("[UI214] refuses %j as %s", ([file, kind], { expect }) => {
    const answer = readDeviceFile(bytesOf(file));
    expect("failure" in answer ? answer.failure.kind : "read").toBe(kind);
  });

  it("[UI214] reads no file over its bound, and takes no key that the page does not keep", ({ expect }) => {
    expect(readDeviceFile(new Uint8Array(MAX_FILE_BYTES + 1))).toEqual({
      failure: { kind: "bytes", found: MAX_FILE_BYTES + 1 },
    });
    const answer = readDeviceFile(
      bytesOf(
        '{"format":"vcp-radar-device","version":1,"values":{"vcp.theme":"dark","token":"x","vcp.lists":"{"}}',
      ),
    );
    expect("sections" in answer ? answer.sections.values : null).toEqual({ "vcp.theme": "dark" });
  });

  it("[UI214] what was set aside leaves with the file", ({ expect }) => {
    const device = deviceWith({ "vcp.lists": '{"version":9}' });
    watchListsOf(device).change((now) => withEntries(now, STARRED, [{ ticker: "005930", added: AT }]));
    watchListsOf(device).change((now) => withList(now, { id: "a", name: "A", entries: [] }));
    createSavedViews(device.shelf).save({ name: "v", search: "" });
    const file = deviceFileOf(deviceState(device), asideOf(device), AT);
    expect(JSON.parse(file)).toMatchObject({
      aside: { "vcp.lists.aside": '{"version":9}' },
      starred: [{ ticker: "005930", added: AT }],
      lists: [{ name: "A" }],
      views: [{ name: "v" }],
    });
  });

  it("[UI214] every choice of a file holds at once on the page that is open", ({ expect }) => {
    const device = deviceWith();
    const open = createPreferences(device.shelf, ["ko"]);
    const values = {
      "vcp.locale": "en",
      "vcp.theme": "dark",
      "vcp.palette": "us",
      "vcp.code-first": "true",
      "vcp.beside": "false",
      "vcp.keys": "false",
    };
    const readAll = (preferences: typeof open): readonly unknown[] =>
      Object.entries(preferences).flatMap(([key, read]: [string, unknown]) =>
        key.startsWith("set") || typeof read !== "function" ? [] : [[key, Reflect.apply(read, null, [])]],
      );
    const before = readAll(open);
    const from = deviceState(device);
    putDeviceState(device, { from, to: { ...from, values } }, open, ["ko"]);
    expect(readAll(open)).toEqual(readAll(createPreferences(device.shelf, ["ko"])));
    // None of them is still the choice of before: a new one belongs into the values above.
    expect(readAll(open).filter((one, i) => String(one) === String(before[i]))).toEqual([]);
  });

  it("[UI217] every choice of a file holds on the open page, and after it", ({ expect }) => {
    const values = {
      "vcp.locale": "en",
      "vcp.theme": "dark",
      "vcp.palette": "us",
      "vcp.code-first": "true",
      "vcp.keys": "false",
      "vcp.beside": "false",
    };
    const device = deviceWith();
    const open = createPreferences(device.shelf, ["ko"]);
    const choices = Object.entries(open).flatMap(([choice, read]) =>
      choice.startsWith("set") ? [] : [[choice, read] as const],
    );
    const before = choices.map(([, read]) => read());
    const from = deviceState(device);
    putDeviceState(device, { from, to: { ...from, values } }, open, ["ko"]);
    const later = createPreferences(device.shelf, ["ko"]);
    for (const [i, [choice, read]] of choices.entries()) {
      expect(read(), choice).not.toBe(before[i]);
      expect(Object.entries(later).find(([one]) => one === choice)?.[1](), choice).toBe(read());
    }
  });

  it("[UI214] every key that the page keeps is in the file", ({ expect }) => {
    const root = new URL("../../../", import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (path) => /\.tsx?$/u.test(path) && !/(?:\.test\.ts$|^e2e\/|^public\/)/u.test(path),
    );
    const found = files.flatMap((path) =>
      [...readFileSync(new URL(path, root), "utf8").matchAll(/["'`](vcp\.[a-z.-]+)/gu)].map(
        ([, key = ""]) => key,
      ),
    );
    const sections = ["vcp.stars", "vcp.starred", "vcp.lists", "vcp.notes", "vcp.views"];
    const known = new Set([...sections, ...VALUE_KEYS, "vcp.visit.", ...NOT_OF_THE_READER]);
    expect(found.length).toBeGreaterThan(15);
    expect([...new Set(found)].filter((key) => !known.has(key))).toEqual([]);
  });
});
