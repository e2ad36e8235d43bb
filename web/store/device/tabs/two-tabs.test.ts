/** Two tabs that write in any order, and learn late of each other. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { notesOf } from "../../watch/notes.ts";
import { STARRED } from "../../watch/watch-list.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import { LISTS, newWorld, on, opsOf, runOp, type World } from "./two-tabs-model.ts";
import { hearAll, inModel, inTab, shown } from "./two-tabs-state.ts";

const ALL = ["star", "add", "add", "remove", "move", "reorder", "note", "merge", "replace"] as const;

/** Where a stock is stored. */
function storedIn({ browser }: World, ticker: string): readonly string[] {
  const [stars = "", lists = ""] = ["vcp.stars", "vcp.lists"].map((key) => browser.kept.get(key));
  return [stars, lists].filter((text) => text.includes(ticker));
}

describe("two tabs", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("[UI260] end in the same state, which lacks no change of either and no more than was taken back", ({
    expect,
  }) => {
    fc.assert(
      fc.property(opsOf([...ALL, "undo", "undo", "hear", "hear"]), (ops) => {
        const world = newWorld();
        ops.forEach((op) => {
          runOp(world, op);
        });
        hearAll(world.tabs);
        const [here, there] = world.tabs;
        expect(shown(here)).toEqual(shown(there));
        expect(shown(world.browser.open())).toEqual(shown(here));
        expect(inTab(here)).toEqual(inModel(world.model));
      }),
      { seed: 20261130, numRuns: 800 },
    );
  });

  it("[UI261] what a full storage refuses holds on top of what the other tab writes, and is stored once there is room", ({
    expect,
  }) => {
    // Each tab has stocks of its own: which of two changes of one stock is the later would depend on when there is room.
    const ops = opsOf(["star", "add", "add", "remove", "move", "note", "hear"], (k, tab) =>
      String(100_000 + 10 * k + tab),
    );
    fc.assert(
      fc.property(ops, fc.infiniteStream(fc.nat(5)), (all, room) => {
        const world = newWorld();
        for (const op of all) {
          world.browser.isFull = (room.next().value ?? 0) > 2;
          const before = storedIn(world, op.ticker);
          runOp(world, op);
          const own = watchListsOf(world.tabs[op.tab].device);
          for (const id of LISTS) {
            const shownAt = own.get(id)?.entries.find(({ ticker }) => ticker === op.ticker)?.added;
            expect(shownAt).toBe(on(world.model, id).get(op.ticker));
          }
          if (op.kind === "move" && before.length > 0) {
            expect(storedIn(world, op.ticker)).not.toEqual([]);
          }
        }
        world.browser.isFull = false;
        world.tabs.forEach(({ device }, tab) => {
          device.stars.toggle(String(200_000 + tab));
          notesOf(device).write(String(200_000 + tab), "there is room");
          watchListsOf(device).change((now) => now);
          expect([watchListsOf(device).isKept(), notesOf(device).isKept()]).toEqual([true, true]);
        });
        hearAll(world.tabs);
        const [here, there] = world.tabs;
        expect(shown(here)).toEqual(shown(there));
        expect(shown(world.browser.open())).toEqual(shown(here));
        [0, 1].forEach((tab) => {
          on(world.model, STARRED).set(String(200_000 + tab), new Date().toISOString());
          world.model.notes.set(String(200_000 + tab), "there is room");
        });
        expect(inTab(here)).toEqual(inModel(world.model));
      }),
      { seed: 20261130, numRuns: 400 },
    );
  });

  it("[UI261] where the storage comes to be forbidden a tab keeps what it knows and does for the visit", ({
    expect,
  }) => {
    fc.assert(
      fc.property(opsOf([...ALL, "undo", "undo"]), (ops) => {
        const world = newWorld();
        const before = [...world.browser.kept];
        world.browser.isForbidden = true;
        ops.forEach((op) => {
          runOp(world, { ...op, tab: 0 });
        });
        const [here, there] = world.tabs;
        expect(inTab(here)).toEqual(inModel(world.model));
        expect(inTab(there)).toEqual(inModel(newWorld().model));
        expect([...world.browser.kept]).toEqual(before);
      }),
      { seed: 20261130, numRuns: 200 },
    );
  });
});
