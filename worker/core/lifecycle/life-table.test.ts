/** Totality: from every state every event leads where the table has it, and every row of the table is reached. */
import { describe, it } from "vitest";
import {
  ABSENT,
  actionOn,
  barOn,
  FROZEN,
  goneOn,
  haltOn,
  listed,
  live,
  scanOn,
  session,
  SUPERSEDED,
  tickOn,
} from "../../testing/builders/life-builder.ts";
import { LIFE_TABLE, OPEN, POST, PRE, rowOf, RUNNING } from "../../testing/replay/life-table.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { born } from "./birth.ts";
import type { LifeEvent, Transition } from "./life-event.ts";
import { PARAMS } from "../params.ts";
import type { PostState } from "../vcp/signal-state.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";

/** Below L_T, below the stop, at the stop, below and at the pivot, above it, in each band. */
const PRICES = [45_000, 46_050, 46_100, 49_000, 50_000, 50_050, 50_100, 52_500, 52_600, 55_000, 55_600];

/** Only CONFIRMED and UNCONFIRMED depend on volume; elsewhere it may have come or not. */
function volumesOf(state: PostState): readonly boolean[] {
  return state === "CONFIRMED" ? [true] : state === "UNCONFIRMED" ? [false] : [true, false];
}

/** Every state, young and at the end of each of its clocks. */
const SIGNALS: readonly Signal[] = [
  ...PRE.flatMap((state) => [
    makeSignal({ state, base: makeBase() }),
    makeSignal({ state, base: makeBase(), misses: 2 }),
    makeSignal({ state, base: makeBase(), baseBars: 251 }),
    makeSignal({ state, base: makeBase(), belowLow: true }),
    makeSignal({ state, base: makeBase(), flags: ["old_law"], misses: 59 }),
  ]),
  ...POST.flatMap((state) =>
    [0, 9, 10, 59].flatMap((bars) =>
      volumesOf(state).map((volumeOk) =>
        makeSignal({
          state,
          base: makeBase(),
          volumeOk,
          triggeredOn: session(-bars),
          sinceTrigger: bars,
          sinceBreak: bars,
          sinceSquat: state === "SQUAT" ? bars : null,
        }),
      ),
    ),
  ),
  ...RUNNING.flatMap((prev) =>
    [1, 20].map((suspended) =>
      makeSignal({ state: "SUSPENDED", prev, suspended, base: makeBase(), volumeOk: prev === "CONFIRMED" }),
    ),
  ),
];

const LATER = makeBase({
  contractions: makeBase().contractions.map((leg) => ({ ...leg, highDay: session(-9) })),
  entry: 49_550,
});

const EVENTS: readonly LifeEvent[] = [
  ...PRICES.flatMap((close) =>
    [0.8, 1.6].flatMap((volumeRatio) =>
      PRICES.filter((low) => low <= close).map((low) =>
        barOn(1, { close, low, high: close * 1.003, volumeRatio, locked: low === close }),
      ),
    ),
  ),
  ...PRICES.flatMap((price) => [tickOn(1, price, 0.5, null), tickOn(1, price, 0.5, 2)]),
  ...["halted", "administration", "liquidation"].map((cause) => haltOn(1, cause)),
  goneOn(1),
  actionOn(1, 0.2),
  actionOn(1, 1.25),
  ...[
    ABSENT,
    FROZEN,
    SUPERSEDED,
    listed(),
    listed({ base: makeBase({ state: "FORMING" }) }),
    listed({ base: LATER }, "contraction"),
  ].flatMap((finding) => [scanOn(1, finding), scanOn(1, finding, { high: 50_400 })]),
  scanOn(1, { kind: "absent", rule: "LCI4" }),
];

interface Tried {
  readonly signal: Signal;
  readonly event: LifeEvent;
  readonly after: Signal;
  readonly transitions: readonly Transition[];
}

const TRIED: readonly Tried[] = SIGNALS.flatMap((signal) =>
  EVENTS.map((event) => {
    const step = live(signal, [event]);
    return { signal, event, after: step.signal, transitions: step.transitions };
  }),
);

describe("the table", () => {
  it("[LC2] knows every step that any event makes of any state", ({ expect }) => {
    for (const { signal, event, after, transitions } of TRIED) {
      const unknown = transitions.filter((step) => rowOf(step) === null);
      expect({ event, unknown }).toEqual({ event, unknown: [] });
      expect(transitions[0]?.from ?? signal.state).toBe(signal.state);
      expect(transitions.at(-1)?.to ?? signal.state).toBe(after.state);
    }
  });

  it("[LC2] has no row that nothing reaches", ({ expect }) => {
    const births = (["READY", "FORMING", "CONFIRMED", "UNCONFIRMED"] as const).flatMap((state) => {
      const broken = state === "CONFIRMED" || state === "UNCONFIRMED";
      const base = makeBase({ state, breakout: broken ? { day: session(0), bars: 0 } : null });
      return born(makeVerdict({ base }), "DEMO", PARAMS).transitions;
    });
    const reached = new Set([...TRIED.flatMap(({ transitions }) => transitions), ...births].map(rowOf));
    const rows = new Set(LIFE_TABLE.map(({ row }) => row));
    // Two rows stand between two signals of a ticker, and are proven with them.
    expect([...rows].filter((row) => !reached.has(row))).toEqual(["LCI4", "LCI5"]);
  });

  it("[LCR2] [LCR5] [LCR22] hold in every open state", ({ expect }) => {
    const whence = (row: string): ReadonlySet<unknown> =>
      new Set(
        TRIED.flatMap(({ transitions }) =>
          transitions.filter((step) => rowOf(step) === row).map(({ from }) => from),
        ),
      );
    expect(whence("LCR2")).toEqual(new Set(RUNNING));
    expect(whence("LCR5")).toEqual(new Set(OPEN));
    expect(whence("LCR22")).toEqual(new Set(OPEN));
  });

  it("[LC3] every end has its session and a reason that a row gives", ({ expect }) => {
    const reasons = new Set<string>();
    for (const { after } of TRIED) {
      expect(after.endedOn).toBe(isOpen(after.state) ? null : session(1));
      if (!isOpen(after.state)) {
        reasons.add(after.reason);
      }
    }
    expect([...reasons].toSorted()).toEqual([
      "BASE_FAIL",
      "PIVOT_FAIL",
      "age",
      "base_age",
      "delisted",
      "law_changed",
      "left_scan:LCI4",
      "left_scan:QT1",
      "squat",
      "superseded",
      "suspended",
    ]);
  });

  it("[LC1a] a tick alone moves by rows 6 and 16 only", ({ expect }) => {
    const ends = TRIED.flatMap(({ event, transitions }) =>
      event.type === "tick" ? transitions.map(({ to }) => to) : [],
    );
    expect(new Set(ends)).toEqual(new Set(["TRIGGERED", "FAILED"]));
  });

  it("[LCI2] a scan moves nothing from the trigger on", ({ expect }) => {
    for (const { signal, event, transitions } of TRIED) {
      if (event.type === "scan" && !isPreTrigger(signal.state)) {
        expect(transitions).toEqual([]);
      }
    }
  });
});
