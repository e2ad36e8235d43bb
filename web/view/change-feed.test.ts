import { describe, it } from "vitest";
import type { SignalChange } from "../store/signal-changes.ts";
import { changedSince, countKinds, mergeChanges, tickerOf } from "./change-feed.ts";

function moved(id: string): SignalChange {
  return { kind: "moved", id, ticker: id, name: id, before: "READY", after: "TRIGGERED", at: "" };
}

const DIFF = { born: ["a", "b"], revised: ["c"], moved: ["d"], ended: ["e"] };

describe("changes since the last scan", () => {
  it("[UI20] lists what moved live first, then what the scan itself did, each signal once", ({ expect }) => {
    const changes = mergeChanges(DIFF, [moved("a"), moved("x")]);
    expect(changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "moved x",
      "moved a",
      "moved d",
      "ended e",
      "born b",
    ]);
    expect(countKinds(changes)).toEqual({ born: 1, moved: 3, ended: 1 });
    expect(mergeChanges(null, [])).toEqual([]);
  });

  it("[UI20] is worth a sentence when a count has grown, and not when a new scan begins at nothing", ({
    expect,
  }) => {
    const none = { born: 0, moved: 0, ended: 0 };
    expect(changedSince(none, { ...none, moved: 1 })).toBe(true);
    expect(changedSince({ ...none, moved: 1 }, { ...none, moved: 1 })).toBe(false);
    expect(changedSince({ ...none, moved: 1 }, none)).toBe(false);
    expect(tickerOf("005930.20250210.20250415")).toBe("005930");
  });
});
