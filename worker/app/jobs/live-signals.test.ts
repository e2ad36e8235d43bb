import * as fc from "fast-check";
import { describe, it } from "vitest";
import { PARAMS } from "../../core/params.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { session } from "../../testing/builders/life-builder.ts";
import { makeSignal } from "../../testing/builders/signal-builder.ts";
import type { Bare } from "../../testing/builders/bare.ts";
import type { TickPrice } from "../ports/market-book.ts";
import { type LiveMoves, type LiveSignal, LiveSignals } from "./live-signals.ts";

const DAY = session(1);
/** Milliseconds since the epoch. */
const AT = 7;
const NO_MOVES: LiveMoves = { signals: [], events: [], runId: "", alerts: [] };

function live(
  overrides: Bare<Partial<Signal>> = {},
  events = 1,
  meanVolume: number | null = 1_000,
): LiveSignal {
  return {
    stored: { signal: makeSignal(overrides), createdAt: 5, updatedAt: 5, runId: "run-1" },
    events,
    meanVolume,
    last: { day: session(0), close: 49_000, base: 48_000, regular: true },
  };
}

function tick(
  signals: LiveSignals,
  price: number,
  elapsed = 0.5,
  volume = 100,
  base: number | null = 49_000,
): LiveMoves {
  return signals.tick({ day: DAY, elapsed, prices: [{ ticker: "D00001", price, volume, base }] }, AT);
}

function whole(price: Partial<TickPrice>): TickPrice {
  return { ticker: "D00001", price: 0, volume: 100, base: 49_000, ...price };
}

describe("open signals in a session", () => {
  it("[JB10] move at the trigger, with the next number of their log and the row's birth kept", ({
    expect,
  }) => {
    const signals = new LiveSignals([live({}, 3)], PARAMS);
    expect(tick(signals, 50_000)).toMatchObject({ signals: [], events: [] });
    const { signals: moved, events } = tick(signals, 50_100, 0.6);
    expect(moved).toMatchObject([{ createdAt: 5, runId: "run-1", signal: { state: "TRIGGERED" } }]);
    expect(events).toMatchObject([
      { signalId: "signal-1", seq: 4, from: "READY", to: "TRIGGERED", day: DAY },
    ]);
    expect(tick(signals, 50_200, 0.7)).toEqual(NO_MOVES);
  });

  it("[JB36] are judged on each price of one batch, in its order", ({ expect }) => {
    const signals = new LiveSignals([live()], PARAMS);
    const prices = [50_100, 45_000, 49_500].map((price) => ({
      ticker: "D00001",
      price,
      volume: 100,
      base: 49_000,
    }));
    const { signals: moved, events } = signals.tick({ day: DAY, elapsed: 0.5, prices }, AT);
    expect(events.map(({ to }) => to)).toEqual(["TRIGGERED"]);
    expect(moved.at(-1)?.signal).toMatchObject({ close: 45_000, flags: ["stop_touched"] });
    // The last price stands, and the next batch is later than all of this one.
    const later = signals.tick(
      {
        day: DAY,
        elapsed: 0.500_05,
        prices: [{ ...prices[0], price: 70_000 }].map(whole),
      },
      AT,
    );
    expect(later.signals).toMatchObject([{ signal: { close: 70_000 } }]);
  });

  it("[JB35] are named by how near their price is to the trigger, or to the stop once it was touched", ({
    expect,
  }) => {
    const held = { state: "OVEREXTENDED", triggeredOn: session(-3), sinceTrigger: 3, sinceBreak: 3 } as const;
    const { entry, stop } = makeSignal().base;
    const signals = new LiveSignals(
      [
        live({ id: "a", ticker: "D00001", close: entry * 0.9 }),
        live({ id: "b", ticker: "D00002", close: entry * 0.99 }),
        live({ ...held, id: "c", ticker: "D00003", close: stop * 1.05 }),
        live({ id: "d", ticker: "D00004", close: entry * 0.8 }),
        live({ ...held, id: "e", ticker: "D00004", close: stop * 1.001 }),
      ],
      PARAMS,
    );
    expect(signals.tickers()).toEqual(["D00004", "D00002", "D00003", "D00001"]);
  });

  it("[JB10] are numbered on, each in its own log, and an ended one is watched no more", ({ expect }) => {
    const held = { state: "OVEREXTENDED", triggeredOn: session(-3), sinceTrigger: 3, sinceBreak: 3 } as const;
    const signals = new LiveSignals(
      [live(held, 2), live({ id: "signal-2" }, 7), live({ id: "signal-3", ticker: "D00003" })],
      PARAMS,
    );
    expect([signals.tickers(), signals.count()]).toEqual([["D00001", "D00003"], 3]);
    const { signals: moved, events } = tick(signals, 46_000);
    expect(moved.map(({ signal }) => [signal.id, signal.state])).toEqual([["signal-1", "FAILED"]]);
    expect(events).toMatchObject([{ signalId: "signal-1", seq: 3, to: "FAILED" }]);
    expect([signals.tickers().toSorted(), signals.count()]).toEqual([["D00001", "D00003"], 2]);
    expect(tick(signals, 50_100, 0.9).events).toMatchObject([{ signalId: "signal-2", seq: 8 }]);
  });

  it("[JB11] are published for a flag alone, without an event, and once", ({ expect }) => {
    const triggered = {
      state: "TRIGGERED",
      triggeredOn: DAY,
      sinceTrigger: 0,
      appliedOn: session(0),
    } as const;
    const signals = new LiveSignals([live(triggered)], PARAMS);
    const { signals: moved, events } = tick(signals, 46_000);
    expect(events).toEqual([]);
    expect(moved).toMatchObject([{ signal: { state: "TRIGGERED", flags: ["stop_touched"] } }]);
    expect(tick(signals, 46_000, 0.6)).toEqual(NO_MOVES);
  });

  it("[JB15] wait for the scan of their last session, and onBookEvent no price before it", ({ expect }) => {
    const behind = { ...live(), last: { day: session(1), close: 49_000, base: 48_000, regular: true } };
    const late = { day: session(2), elapsed: 0.5 };
    const prices = [{ ticker: "D00001", price: 50_200, volume: 100, base: null }];
    expect(new LiveSignals([behind], PARAMS).tick({ ...late, prices }, AT)).toEqual(NO_MOVES);
    const scanned = { ...behind, stored: live({ appliedOn: session(1) }).stored };
    expect(new LiveSignals([scanned], PARAMS).tick({ ...late, prices }, AT).events).toMatchObject([
      { to: "TRIGGERED" },
    ]);
  });

  it("[JB14] onBookEvent of a corporate action before the session's first price, once", ({ expect }) => {
    const signals = new LiveSignals([live({}, 3)], PARAMS);
    // 48,000 after five for one would be far below the trigger, and 9,600 far below the stop.
    const { signals: moved, events } = tick(signals, 9_600, 0.1, 100, 9_800);
    expect(events).toMatchObject([{ seq: 4, from: "READY", to: "READY", reason: "rebased" }]);
    expect(moved).toMatchObject([{ signal: { state: "READY", base: { entry: 10_020 } } }]);
    expect(tick(signals, 9_700, 0.2, 100, 9_800).events).toEqual([]);
    expect(tick(signals, 10_020, 0.3, 100, 9_800).events).toMatchObject([{ seq: 5, to: "TRIGGERED" }]);
  });

  it.for([
    ["READY", null],
    ["READY", 49_000],
    ["READY", 49_049],
    ["SUSPENDED", 9_800],
  ] as const)("[JB14] onBookEvent of none when %s and the base price is %s", ([state, base], { expect }) => {
    const signals = new LiveSignals([live({ state, prev: state === "SUSPENDED" ? "READY" : null })], PARAMS);
    expect(tick(signals, 49_500, 0.1, 100, base).events).toEqual([]);
  });

  it("[JB14] compare the volume with what the mean is in new shares", ({ expect }) => {
    const triggered = { state: "TRIGGERED", triggeredOn: DAY, sinceTrigger: 0 } as const;
    const paced = (volume: number): LiveMoves =>
      tick(new LiveSignals([live(triggered, 1, 1_000)], PARAMS), 10_200, 0.5, volume, 9_800);
    expect(paced(3_749).signals[0]?.signal.flags).not.toContain("on_pace");
    expect(paced(3_750).signals[0]?.signal.flags).toContain("on_pace");
  });

  it.for([
    [0.05, 1_000, 1_000, false],
    [0.5, 1_000, 1_000, true],
    [0.5, 1_000, null, false],
    [0.5, 500, 1_000, false],
  ] as const)(
    "[JB11] are on pace at %d of the session with volume %d of a mean %d: %s",
    ([elapsed, volume, mean, onPace], { expect }) => {
      const triggered = { state: "TRIGGERED", triggeredOn: DAY, sinceTrigger: 0 } as const;
      const signals = new LiveSignals([live(triggered, 1, mean)], PARAMS);
      const { signals: moved } = tick(signals, 50_200, elapsed, volume);
      expect(moved.flatMap(({ signal }) => signal.flags).includes("on_pace")).toBe(onPace);
    },
  );

  it("[JB10] number any run of prices without a gap and never go back", ({ expect }) => {
    const price = fc.integer({ min: 44_000, max: 54_000 });
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 30 }), (prices) => {
        const signals = new LiveSignals([live({}, 4)], PARAMS);
        const moves = prices.map((at, n) => tick(signals, at, (n + 1) / 100));
        const seqs = moves.flatMap(({ events }) => events.map(({ seq }) => seq));
        expect(seqs).toEqual(seqs.map((_, n) => 5 + n));
        expect(tick(signals, 60_000, 0.001)).toEqual(NO_MOVES);
      }),
      { seed: 6 },
    );
  });
});
