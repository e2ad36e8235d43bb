import { describe, it } from "vitest";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { SignalChange } from "../../store/signals/signal-list.ts";
import { changedSince, countKinds } from "./change-counts.ts";
import { changesSince, tickerOf } from "./change-feed.ts";

const SCAN = {
  diff: { born: ["a", "b"], revised: ["c"], moved: ["d"], ended: ["e"] },
  started_at: "2025-06-13T18:20:00.000+09:00",
  finished_at: "2025-06-13T18:20:02.000+09:00",
};

function rowOf(id: string, state: SignalRow["state"], updated_at: string): SignalRow {
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  return { ...row, id, state, updated_at };
}

function seen(kind: SignalChange["kind"], id: string): SignalChange {
  return { kind, id, ticker: id, name: id, before: "READY", after: null, at: "" };
}

const MORNING = "2025-06-16T09:20:00.000+09:00";
const ROWS_SINCE = [
  rowOf("a", "TRIGGERED", MORNING),
  rowOf("b", "READY", SCAN.finished_at),
  // Another flag, the same state.
  rowOf("f", "CONFIRMED", MORNING),
  rowOf("x", "TRIGGERED", "2025-06-16T09:20:01.000+09:00"),
  // Of a market that this scan did not look at.
  rowOf("y", "TRIGGERED", "2025-06-13T10:00:00.000+09:00"),
];

describe("changes since the last scan", () => {
  it("[UI20] lists what moved since the scan first, then what the scan itself did, each signal once", ({
    expect,
  }) => {
    const changes = changesSince({ run: SCAN, rows: ROWS_SINCE, seen: [] });
    expect(changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "moved x",
      "moved a",
      "moved d",
      "ended e",
      "born b",
    ]);
    expect(countKinds(changes)).toEqual({ born: 1, moved: 3, ended: 1, corrected: 0, left: 0 });
    expect(changesSince({ run: null, rows: ROWS_SINCE, seen: [] })).toEqual([]);
  });

  it("[UI20] lists first what a correction set right, before what it ended", ({ expect }) => {
    const run = { ...SCAN, diff: { ...SCAN.diff, moved: [], corrected: ["r"] } };
    const changes = changesSince({ run, rows: [], seen: [] });
    expect(changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "corrected r",
      "ended e",
      "born a",
      "born b",
    ]);
    expect(countKinds(changes)).toEqual({ born: 2, moved: 0, ended: 1, corrected: 1, left: 0 });
  });

  it("[UI20] counts the same on a page that was open, and apart from it who ended before its eyes", ({
    expect,
  }) => {
    const fresh = countKinds(changesSince({ run: SCAN, rows: ROWS_SINCE, seen: [] }));
    const watched = [seen("moved", "x"), seen("moved", "a"), seen("ended", "z"), seen("ended", "e")];
    const changes = changesSince({ run: SCAN, rows: ROWS_SINCE, seen: watched });
    expect(countKinds(changes)).toEqual({ ...fresh, left: 1 });
    expect(changes[0]).toEqual({ kind: "left", id: "z" });
  });

  it("[UI20] is worth a sentence when a count has grown, and not when a new scan begins at nothing", ({
    expect,
  }) => {
    const none = countKinds([]);
    expect(changedSince(none, { ...none, moved: 1 })).toBe(true);
    expect(changedSince({ ...none, moved: 1 }, { ...none, moved: 1 })).toBe(false);
    expect(changedSince({ ...none, moved: 1 }, none)).toBe(false);
    expect(tickerOf("005930.20250210.20250415")).toBe("005930");
  });
});
