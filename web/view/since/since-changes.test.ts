import { describe, it } from "vitest";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { SignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { gapChanges } from "./gap-changes.ts";
import { changesBetween, type SinceChange, type TwoLooks } from "./since-changes.ts";

type State = SignalRow["state"];
const ASOF = "2025-06-12T15:40:00.000+09:00";
const EARLIER = "2025-06-01T18:20:00.000+09:00";
const LATER = "2025-06-13T18:20:00.000+09:00";

function row(id: string, state: State, created_at = EARLIER): SignalRow {
  return { ...rowAt(ROWS), id, name: id, state, created_at };
}

function kinds(changes: readonly SinceChange[]): readonly string[] {
  return changes.map(({ kind, id }) => `${kind} ${id}`);
}

const LOOKS: TwoLooks = {
  before: {
    same: "READY",
    stopped: "CONFIRMED",
    out: "READY",
    gone: "FORMING",
    unknown: "SQUAT",
    near: "FORMING",
    touched: "READY",
    back: "SQUAT",
    run: "CONFIRMED",
  },
  asOf: ASOF,
  rows: [
    row("near", "READY"),
    row("new-b", "FORMING", LATER),
    row("same", "READY"),
    row("touched", "TRIGGERED"),
    row("out", "EXTENDED"),
    row("back", "CONFIRMED"),
    row("run", "EXTENDED"),
    row("new-out", "CONFIRMED", LATER),
    row("unlisted", "READY", EARLIER),
  ],
  isComplete: true,
  ended: new Map([
    ["stopped", row("stopped", "FAILED")],
    ["gone", row("gone", "EXPIRED")],
  ]),
};

describe("what changed between two looks", () => {
  it("[UI125] orders by what asks for a decision first, each signal once, with both states", ({ expect }) => {
    const changes = changesBetween(LOOKS);
    expect(kinds(changes)).toEqual([
      "failed stopped",
      "breakout back",
      "breakout new-out",
      "breakout out",
      "touched touched",
      "born new-b",
      "moved near",
      "moved run",
      "ended unknown",
      "ended gone",
    ]);
    expect(changes.find(({ id }) => id === "out")).toMatchObject({ from: "READY", to: "EXTENDED" });
    expect(changes.find(({ id }) => id === "unknown")).toMatchObject({ company: null, to: null });
  });

  it("[UI125] takes a signal that was not in an incomplete list neither for new nor for ended", ({
    expect,
  }) => {
    const changes = changesBetween({ ...LOOKS, isComplete: false });
    expect(kinds(changes).filter((one) => /ended|failed|unlisted/.test(one))).toEqual([]);
    expect(
      kinds(changesBetween({ ...LOOKS, rows: [row("same", "READY")], before: { same: "READY" } })),
    ).toEqual([]);
  });
});

describe("what a gap brought", () => {
  const of = (at: string, ...rows: readonly SignalRow[]): SignalsBody => ({
    exchange: "KRX",
    signals: [...rows],
    count: rows.length,
    generated_at: at,
    next_cursor: null,
  });

  it("[UI126] names what is another between both lists, and what ended unknown by its name before", ({
    expect,
  }) => {
    const before = of(ASOF, row("a", "READY"), row("b", "READY"), row("gone", "FORMING"));
    const after = of(LATER, row("a", "TRIGGERED"), row("b", "SQUAT"), row("c", "FORMING", LATER));
    const changes = gapChanges({ seconds: 37, before, after }, new Map());
    expect(kinds(changes)).toEqual(["touched a", "born c", "moved b", "ended gone"]);
    expect(changes.at(-1)).toMatchObject({ company: { name: "gone" }, from: "FORMING", to: null });
    expect(gapChanges({ seconds: 37, before, after: before }, new Map())).toEqual([]);
  });
});
