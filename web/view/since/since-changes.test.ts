import { createRoot, createSignal } from "solid-js";
import { describe, it } from "vitest";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { LiveStatus } from "../../live/connection-status.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { createGap, type GapList } from "./create-gap.ts";
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
  it("[UI126] names what changed from the loss to the recovery, and nothing that came before or after", ({
    expect,
  }) => {
    createRoot((end) => {
      const [status, setStatus] = createSignal<LiveStatus>({ state: "quiet", lastDataAt: null });
      const of = (at: string, ...rows: readonly SignalRow[]): GapList => ({ at, rows, isComplete: true });
      const [list, setList] = createSignal<GapList | null>(of(EARLIER, row("a", "FORMING")));
      const gap = createGap(status, list, () => new Map());
      setList(of(ASOF, row("a", "READY"), row("b", "READY")));
      expect(gap()).toBeNull();
      setStatus({ state: "reconnecting", attempt: 1, retryAt: null, lastDataAt: null });
      setStatus({ state: "offline", retryAt: null, lastDataAt: null });
      setList(of(LATER, row("a", "TRIGGERED"), row("b", "READY"), row("c", "FORMING", LATER)));
      expect(gap()).toBeNull();
      setStatus({ state: "recovered", gapSeconds: 37, messages: 2, reset: false });
      expect([gap()?.seconds, kinds(gap()?.changes ?? [])]).toEqual([37, ["touched a", "born c"]]);
      // The list comes a moment after the socket.
      setList(of(LATER, row("a", "TRIGGERED"), row("b", "SQUAT"), row("c", "FORMING", LATER)));
      expect(kinds(gap()?.changes ?? [])).toEqual(["touched a", "born c", "moved b"]);
      setStatus({ state: "live", lastDataAt: 0 });
      setList(of(LATER, row("a", "CONFIRMED")));
      expect(kinds(gap()?.changes ?? [])).toEqual(["touched a", "born c", "moved b"]);
      setStatus({ state: "reconnecting", attempt: 1, retryAt: null, lastDataAt: null });
      setStatus({ state: "recovered", gapSeconds: 5, messages: 0, reset: false });
      expect([gap()?.seconds, gap()?.changes]).toEqual([5, []]);
      end();
    });
  });
});
