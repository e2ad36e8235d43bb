import { describe, it } from "vitest";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import { applyUpdate, countChanges, NO_CHANGES, type SignalChanges, type SignalList } from "./signal-list.ts";

const AT = "2025-06-13T18:21:04.000+09:00";

function rowOf(id: string, state: SignalRow["state"]): SignalRow {
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  return { ...row, id, state };
}

function listOf(rows: readonly SignalRow[], isComplete = true): SignalList {
  return { rows: new Map(rows.map((row) => [row.id, row])), count: rows.length, at: AT, isComplete };
}

const brief = (changes: SignalChanges): readonly string[] =>
  [...changes.byId.values()].map(({ kind, id, before, after }) => `${kind} ${id} ${before} ${after}`);

describe("changes since the last scan", () => {
  it("[LV11] are one a signal, from the first state to the last", ({ expect }) => {
    const lists = [
      listOf([rowOf("a", "READY"), rowOf("b", "READY")]),
      listOf([rowOf("a", "TRIGGERED"), rowOf("b", "TRIGGERED"), rowOf("c", "FORMING")]),
      listOf([rowOf("a", "CONFIRMED"), rowOf("b", "READY")]),
    ];
    const [first, second, third] = lists;
    if (!first || !second || !third) {
      throw new Error("Three lists");
    }
    const once = countChanges(NO_CHANGES, first, second, null);
    expect(brief(once)).toEqual([
      "moved a READY TRIGGERED",
      "moved b READY TRIGGERED",
      "born c null FORMING",
    ]);
    expect(brief(countChanges(once, second, third, null))).toEqual([
      "moved a READY CONFIRMED",
      "ended c FORMING null",
    ]);
    expect([...once.byId.values()].map(({ at }) => at)).toEqual([AT, AT, AT]);
  });

  it("[LV11] begin anew with a new run, and a run's parts add up", ({ expect }) => {
    const first = listOf([rowOf("a", "READY")]);
    const second = listOf([rowOf("a", "TRIGGERED")]);
    const third = listOf([rowOf("a", "TRIGGERED"), rowOf("b", "FORMING")]);
    const fourth = listOf([...third.rows.values(), rowOf("c", "FORMING")]);
    const ticked = countChanges(NO_CHANGES, first, second, null);
    const part = countChanges(ticked, second, third, "run-2");
    expect(brief(part)).toEqual(["born b null FORMING"]);
    const whole = countChanges(part, third, fourth, "run-2");
    expect(brief(whole)).toEqual(["born b null FORMING", "born c null FORMING"]);
    expect(whole.runId).toBe("run-2");
  });

  it("[LV11] call nobody new when the list before was a part of the whole", ({ expect }) => {
    const page = listOf([rowOf("a", "READY")], false);
    const whole = listOf([rowOf("a", "SQUAT"), rowOf("b", "FORMING")]);
    expect(brief(countChanges(NO_CHANGES, page, whole, null))).toEqual(["moved a READY SQUAT"]);
    expect(brief(countChanges(NO_CHANGES, null, whole, null))).toEqual([]);
  });

  it("[LV10] replace by a snapshot, and upsert and remove otherwise", ({ expect }) => {
    const data = { signal_type: "VCP", count: 7, run_id: null, timestamp: AT } as const;
    const message = { type: "signal_update", topic: "signal:vcp" } as const;
    const before = listOf([rowOf("a", "READY"), rowOf("b", "READY")]);
    const moved = { ...data, signals: [rowOf("c", "FORMING"), rowOf("b", "SQUAT")], removed: ["a", "zzz"] };
    const after = applyUpdate(before, { ...message, data: moved });
    expect([...after.rows.values()].map(({ id, state }) => `${id} ${state}`)).toEqual([
      "b SQUAT",
      "c FORMING",
    ]);
    expect([after.count, after.isComplete]).toEqual([7, true]);
    const whole = { ...data, signals: [rowOf("d", "READY")], removed: [], omitted: 6 };
    const replaced = applyUpdate(after, { ...message, snapshot: true, data: whole });
    expect([[...replaced.rows.keys()], replaced.isComplete]).toEqual([["d"], false]);
  });
});
