import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Findings, plantTree } from "./planted-tree.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The core itself, against whose signatures the swaps are compiled. */
const CORE = globSync("worker/core/**/*.ts", { cwd: ROOT, exclude: ["**/*.test.ts"] });

const HEAD = `import type { PatternTime } from "./bars/pattern-time.ts";
import type { TradingDay } from "./calendar/trading-day.ts";
import type { Instrument } from "./instrument/instrument.ts";
import type { LifeTick } from "./lifecycle/life-event.ts";
import type { SignalEvent } from "./lifecycle/signal.ts";
import { PARAMS } from "./params.ts";
import type { BaseReading } from "./vcp/base-reading.ts";
import { type Plan, planOf } from "./vcp/plan.ts";
import type { Contraction } from "./vcp/verdict.ts";

declare const bars: PatternTime;
declare const base: BaseReading;
declare const leg: Contraction;
declare const day: TradingDay;
declare const event: SignalEvent;
declare const share: Instrument;
`;

/** By name: what is meant, and the swap. */
const SWAPS = {
  "bar-for-price": [
    'export const x: Plan = planOf(base.pivot, bars.low[base.lastLow]!, "krx", PARAMS.plan);',
    'export const x: Plan = planOf(base.pivot, base.lastLow, "krx", PARAMS.plan);',
  ],
  "price-for-bar": [
    "export const x: TradingDay = bars.dayAt(base.start);",
    "export const x: TradingDay = bars.dayAt(base.pivot);",
  ],
  "noise-before-bar": [
    "export const x: BaseReading = base.aim(base.start, base.until, base.noise);",
    "export const x: BaseReading = base.aim(base.noise, base.until, base.start);",
  ],
  "bar-in-a-leg": [
    "export const x: Contraction = { ...leg, high: base.baseHigh };",
    "export const x: Contraction = { ...leg, high: base.lastHigh };",
  ],
  "day-for-bar": [
    "export const x: TradingDay = bars.dayAt(base.today);",
    "export const x: TradingDay = bars.dayAt(day);",
  ],
  "ratio-for-price": [
    "export const x: LifeTick = { price: base.pivot, elapsed: 0, runRate: null };",
    "export const x: LifeTick = { price: base.distance, elapsed: 0, runRate: null };",
  ],
  "reason-for-id": [
    "export const x: SignalEvent = { ...event, signalId: event.signalId };",
    "export const x: SignalEvent = { ...event, signalId: event.reason };",
  ],
  "name-for-ticker": [
    "export const x: Instrument = { ...share, ticker: share.ticker };",
    "export const x: Instrument = { ...share, ticker: share.name };",
  ],
  "day-for-price": [
    "export const x: LifeTick = { price: leg.low, elapsed: 0, runRate: null };",
    "export const x: LifeTick = { price: day, elapsed: 0, runRate: null };",
  ],
} as const;

const UNUSED: ReadonlySet<string> = new Set(["TS6133", "TS6192", "TS6196"]);

const swapped = (name: string): string => `worker/core/swapped-${name}.ts`;
const meant = (name: string): string => `worker/core/meant-${name}.ts`;

describe("numbers with a name", () => {
  const tree = plantTree();
  let found: Findings | null = null;
  /** No import that a case leaves unused. */
  const complaintsAt = (file: string): readonly string[] =>
    found?.complaints
      .filter((complaint) => complaint.file === file && !UNUSED.has(complaint.rule))
      .map(({ rule }) => rule) ?? [];

  beforeAll(() => {
    tree.write(Object.fromEntries(CORE.map((file) => [file, readFileSync(join(ROOT, file), "utf8")])));
    for (const [name, [right, wrong]] of Object.entries(SWAPS)) {
      tree.write({ [meant(name)]: `${HEAD}${right}\n`, [swapped(name)]: `${HEAD}${wrong}\n` });
    }
    found = tree.compile();
  }, 120_000);

  afterAll(() => {
    tree.remove();
  });

  it.for(Object.keys(SWAPS))("[SP11] the compiler refuses a swap: %s", (name, { expect }) => {
    expect(complaintsAt(swapped(name)).join(), found?.output).toMatch(/^TS(?:2345|2322)$/);
    expect(complaintsAt(meant(name)), found?.output).toEqual([]);
  });
});
