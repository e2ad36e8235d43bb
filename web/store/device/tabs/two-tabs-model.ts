/** For tests: what two tabs may do to the stars, lists and notes of a device, and what must come of it. */
import fc from "fast-check";
import { vi } from "vitest";
import { createPreferences } from "../../preferences.ts";
import { notesOf } from "../../watch/notes.ts";
import { adding, moving, type Step, takingOut } from "../../watch/steps.ts";
import { type ListEntry, STARRED, withShift } from "../../watch/watch-list.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import { type Browser, makeBrowser, type Tab } from "./browser-tabs.ts";
import type { Model } from "./two-tabs-state.ts";
import { createDeviceImport } from "../file/device-import.ts";
import { deviceState } from "../file/device-state.ts";
import { type DeviceState, planImport } from "../file/plan.ts";

export const LISTS = [STARRED, "a", "b"] as const;
type ListId = (typeof LISTS)[number];
const NAMES = { [STARRED]: "", a: "A", b: "B" } as const;

type Back = () => void;

export interface World {
  readonly browser: Browser;
  readonly tabs: readonly [Tab, Tab];
  readonly model: Model;
  /** The last step of each tab, and what it makes of the model when it is taken back. */
  readonly backs: (readonly [run: Back, model: Back] | undefined)[];
}

let clock = 0;
function tick(): string {
  clock += 1;
  const at = new Date(Date.UTC(2026, 10, 30) + clock * 1_000);
  vi.setSystemTime(at);
  return at.toISOString();
}

const listen: Parameters<typeof makeBrowser>[0] = (add) => {
  vi.stubGlobal("addEventListener", add ?? (() => undefined));
};

const BEFORE = { version: 1, lists: ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), entries: [] })) };

export function newWorld(): World {
  const browser = makeBrowser(listen, { "vcp.lists": JSON.stringify(BEFORE) });
  return {
    browser,
    tabs: [browser.open(), browser.open()],
    model: { lists: new Map(LISTS.map((id) => [id, new Map()])), notes: new Map() },
    backs: [],
  };
}

const change = (tab: Tab, step: Step): Back => {
  const lists = watchListsOf(tab.device);
  lists.change(step.next);
  return () => {
    lists.change(step.back);
  };
};

/** The entries of a list of the model. */
export function on({ lists }: Model, id: string): Map<string, string | null> {
  const found = lists.get(id);
  if (found === undefined) {
    throw new Error(`No list ${id}`);
  }
  return found;
}

/** Takes out what stands there with this time, and no other. */
function drop(entries: Map<string, string | null>, ticker: string, added: string | null): void {
  if (entries.get(ticker) === added) {
    entries.delete(ticker);
  }
}

function put(entries: Map<string, string | null>, ticker: string, added: string | null): void {
  if (!entries.has(ticker)) {
    entries.set(ticker, added);
  }
}

export interface Op {
  readonly kind:
    | "star"
    | "add"
    | "remove"
    | "move"
    | "reorder"
    | "note"
    | "merge"
    | "replace"
    | "undo"
    | "hear";
  readonly tab: 0 | 1;
  readonly list: ListId;
  readonly to: ListId;
  readonly ticker: string;
  readonly by: number;
}

/** What a file brings: few stocks, one note. */
function fileOf({ list, ticker, by }: Op, at: string): Partial<DeviceState> {
  const entries: readonly ListEntry[] = [ticker, String(100_000 + Math.abs(by))]
    .filter((one, i, all) => all.indexOf(one) === i)
    .map((one) => ({ ticker: one, added: at }));
  const notes = { [ticker]: { text: `of a file ${at}`, at } };
  return list === STARRED
    ? { starred: entries, notes }
    : { lists: [{ id: "z", name: NAMES[list], entries }], notes };
}

/** What an import makes of the entries and notes of the model. */
function importModel(
  { notes }: Model,
  entries: Map<string, string | null>,
  incoming: readonly ListEntry[],
  isReplaced: boolean,
): void {
  for (const { ticker, added } of incoming) {
    if (isReplaced) {
      entries.set(ticker, added);
    } else {
      put(entries, ticker, added);
    }
  }
  if (isReplaced) {
    const kept = new Set(incoming.map(({ ticker }) => ticker));
    [...entries.keys()].filter((ticker) => !kept.has(ticker)).forEach((ticker) => entries.delete(ticker));
    notes.clear();
  }
}

/** From `after` back to `before`, where `now` is as it was then. */
function backIn<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>, now: Map<string, T>): void {
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const value = before.get(key);
    if (value !== after.get(key) && now.get(key) === after.get(key)) {
      now.delete(key);
      if (value !== undefined) {
        now.set(key, value);
      }
    }
  }
}

function importInto({ tabs, model }: World, op: Op, at: string): readonly [Back, Back] {
  const { device } = tabs[op.tab];
  const of = createDeviceImport(device, createPreferences(device.shelf, ["ko"]), ["ko"]);
  const from = deviceState(device);
  const file = fileOf(op, at);
  const mode = op.kind === "replace" ? "replace" : "merge";
  // Of a list alone: in place of it the other lists would go.
  const wanted =
    mode === "replace" && file.lists
      ? { ...file, lists: from.lists.map((one) => file.lists?.find(({ name }) => name === one.name) ?? one) }
      : file;
  of.apply({ from, to: planImport(from, wanted, mode).next });
  const entries = on(model, op.list);
  const [before, notes] = [new Map(entries), new Map(model.notes)];
  importModel(model, entries, file.starred ?? file.lists?.[0]?.entries ?? [], mode === "replace");
  model.notes.set(op.ticker, `of a file ${at}`);
  const [after, noted] = [new Map(entries), new Map(model.notes)];
  return [
    () => {
      of.undo();
    },
    () => {
      backIn(before, after, entries);
      backIn(notes, noted, model.notes);
    },
  ];
}

function moveIn({ tabs, model }: World, { tab, ticker, list, to }: Op): readonly [Back, Back] {
  const run = change(tabs[tab], moving(ticker, list, to));
  const [source, target] = [on(model, list), on(model, to)];
  const added = source.get(ticker);
  if (added === undefined || list === to) {
    return [run, () => undefined];
  }
  const wasThere = target.has(ticker);
  source.delete(ticker);
  put(target, ticker, added);
  return [
    run,
    () => {
      if (!source.has(ticker)) {
        source.set(ticker, added);
        if (!wasThere) {
          drop(target, ticker, added);
        }
      }
    },
  ];
}

function star({ tabs, model }: World, { tab, ticker }: Op, at: string): void {
  const stars = on(model, STARRED);
  tabs[tab].device.stars.toggle(ticker);
  if (!stars.delete(ticker)) {
    stars.set(ticker, at);
  }
}

function addIn({ tabs, model }: World, { tab, list, ticker }: Op, at: string): readonly [Back, Back] {
  const run = change(tabs[tab], adding(list, [{ ticker, added: at }]));
  put(on(model, list), ticker, at);
  return [
    run,
    () => {
      drop(on(model, list), ticker, at);
    },
  ];
}

function removeIn({ tabs, model }: World, { tab, list, ticker }: Op): readonly [Back, Back] {
  const run = change(tabs[tab], takingOut(list, ticker));
  const before = on(model, list).get(ticker);
  on(model, list).delete(ticker);
  return [
    run,
    () => {
      if (before !== undefined) {
        put(on(model, list), ticker, before);
      }
    },
  ];
}

function noteIn({ tabs, model }: World, { tab, ticker, by }: Op, at: string): void {
  notesOf(tabs[tab].device).write(ticker, by < 0 ? "" : `note ${at}`);
  model.notes.delete(ticker);
  if (by >= 0) {
    model.notes.set(ticker, `note ${at}`);
  }
}

/** In the tab and in the model. */
export function runOp(world: World, op: Op): void {
  const { tabs, backs } = world;
  const { device } = tabs[op.tab];
  const at = tick();
  switch (op.kind) {
    case "star":
      star(world, op, at);
      break;
    case "add":
      backs[op.tab] = addIn(world, op, at);
      break;
    case "remove":
      backs[op.tab] = removeIn(world, op);
      break;
    case "move":
      backs[op.tab] = moveIn(world, op);
      break;
    case "reorder":
      watchListsOf(device).change((now) => withShift(now, op.list, op.ticker, op.by));
      break;
    case "note":
      noteIn(world, op, at);
      break;
    case "merge":
    case "replace":
      backs[op.tab] = importInto(world, op, at);
      break;
    case "undo":
      backs[op.tab]?.forEach((back) => {
        back();
      });
      backs[op.tab] = undefined;
      break;
    case "hear":
      tabs[op.tab].hear();
  }
}

/** `tickerOf`: of one of five, for a tab. */
export function opsOf(
  kinds: readonly Op["kind"][],
  tickerOf: (k: number, tab: 0 | 1) => string = (k) => String(100_000 + k),
): fc.Arbitrary<readonly Op[]> {
  const op = fc.record({
    kind: fc.constantFrom(...kinds),
    tab: fc.constantFrom<0 | 1>(0, 1),
    list: fc.constantFrom(...LISTS),
    to: fc.constantFrom(...LISTS),
    k: fc.nat(4),
    by: fc.integer({ min: -4, max: 4 }),
  });
  return fc.array(
    op.map(({ k, ...one }) => ({ ...one, ticker: tickerOf(k, one.tab) })),
    { maxLength: 40 },
  );
}
