import { it } from "vitest";
import { type Horizon, HORIZONS, type OutcomeBars, outcomeOf } from "./outcome.ts";

type Bar = readonly [open: number, high: number, low: number, close: number];

const barsOf = (rows: readonly Bar[]): OutcomeBars => ({
  open: Float64Array.from(rows, ([open]) => open),
  high: Float64Array.from(rows, ([, high]) => high),
  low: Float64Array.from(rows, ([, , low]) => low),
  close: Float64Array.from(rows, ([, , , close]) => close),
});

const QUIET: Bar = [100, 101, 99, 100];
const HALTED: Bar = [0, 0, 0, 100];
const PLAN = { entry: 100, stop: 95, target: 110, from: 0 } as const;

/** `first` and then quiet sessions, `count` in all. */
const days = (count: number, ...first: readonly Bar[]): OutcomeBars =>
  barsOf(Array.from({ length: count }, (_, k) => first[k] ?? QUIET));

it("[EV1a] measures the close of the n-th session, the entry's own counted, in per cent and in risks", ({
  expect,
}) => {
  const bars = days(5, QUIET, [101, 104, 97, 103], QUIET, QUIET, [103, 107, 102, 106]);
  const { horizons } = outcomeOf({ ...PLAN, bars });
  expect(horizons[5]?.change).toBeCloseTo(0.06, 12);
  expect(horizons[5]?.r).toBeCloseTo(1.2, 12);
  expect(horizons[5]?.best).toBeCloseTo(0.07, 12);
  expect(horizons[5]?.worst).toBeCloseTo(-0.03, 12);
});

it("[EV1a] begins at the entry's row and reads no row before it", ({ expect }) => {
  const before: Bar = [50, 500, 10, 50];
  const bars = days(6, before, [100, 102, 98, 101]);
  const outcome = outcomeOf({ ...PLAN, bars, from: 1 });
  expect(outcome.horizons[5]).toMatchObject({ change: 0, best: 102 / 100 - 1, worst: 98 / 100 - 1 });
  expect(outcome.touch).toBe(null);
});

it.for(HORIZONS)(
  "[EV1a] has no figure over %i sessions until the last of them has closed",
  (horizon, { expect }) => {
    const known = (rows: number): readonly Horizon[] => {
      const { horizons } = outcomeOf({ ...PLAN, bars: days(rows) });
      return HORIZONS.filter((each) => horizons[each] !== null);
    };
    expect(known(horizon - 1)).toEqual(HORIZONS.filter((each) => each < horizon));
    expect(known(horizon)).toEqual(HORIZONS.filter((each) => each <= horizon));
  },
);

it("[EV1a] reads neither range nor touch from a halted session and keeps its carried close", ({ expect }) => {
  const bars = days(5, QUIET, HALTED, HALTED, HALTED, HALTED);
  const { horizons, touch } = outcomeOf({ ...PLAN, bars });
  expect(horizons[5]).toMatchObject({ change: 0, worst: 99 / 100 - 1 });
  expect(touch).toBe(null);
});

it.for<readonly [string, Bar, unknown]>([
  ["a high at the target", [100, 110, 99, 109], { kind: "target", session: 2, price: 110 }],
  ["a low at the stop", [100, 101, 95, 96], { kind: "stop", session: 2, price: 95 }],
  ["both in one session: the stop", [100, 115, 94, 112], { kind: "stop", session: 2, price: 95 }],
  ["a gap below the stop: the open", [90, 92, 89, 91], { kind: "stop", session: 2, price: 90 }],
  ["a gap above the target: the open", [112, 113, 111, 112], { kind: "target", session: 2, price: 112 }],
])("[EV1b] the first touch is decided by %s", ([, bar, touch], { expect }) => {
  expect(outcomeOf({ ...PLAN, bars: days(3, QUIET, bar, [80, 120, 80, 80]) }).touch).toEqual(touch);
});

it("[EV1b] an entry inside the session touches within it, at the order's own price", ({ expect }) => {
  expect(outcomeOf({ ...PLAN, bars: days(2, [94, 101, 93, 100]) }).touch).toEqual({
    kind: "stop",
    session: 1,
    price: 95,
  });
});

it("[EV1b] is open while rows are missing and none after 60 sessions", ({ expect }) => {
  expect(outcomeOf({ ...PLAN, bars: days(59) }).touch).toBe(null);
  expect(outcomeOf({ ...PLAN, bars: days(60) }).touch).toEqual({ kind: "none" });
  const late = barsOf([...Array.from({ length: 60 }, () => QUIET), [80, 120, 80, 80]]);
  expect(outcomeOf({ ...PLAN, bars: late }).touch).toEqual({ kind: "none" });
});

it("[EV1a] refuses an entry at or below its stop", ({ expect }) => {
  expect(() => outcomeOf({ ...PLAN, stop: 100, bars: days(5) })).toThrow("Entry 100 is not above stop 100");
});
