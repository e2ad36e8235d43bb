/** GT: the market gate, one number from index trend and breadth, with every component shown. */
import type { BreadthShares, SectorBreadth } from "./breadth.ts";
import { asOf, type Columns } from "../bars/columns.ts";
import { clip } from "../vcp/score.ts";
import { INDEX_CODES, type IndexCode } from "../instrument/instrument.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** GT6: `UNKNOWN` below half of the points. */
export type GateStatus = "GREEN" | "YELLOW" | "RED" | "UNKNOWN";

/** One row of the gate: what was measured, and what it earned. */
export interface GateComponent {
  readonly id: string;
  readonly value: number | null;
  /** Where the points begin (all or nothing) or are full (in proportion). */
  readonly threshold: number | null;
  /** `null`: unavailable; it leaves numerator and denominator. */
  readonly points: number | null;
  readonly max: number;
}

/** GT: the gate of one session, with all that it was summed from. */
export interface MarketGate {
  readonly day: TradingDay;
  readonly status: GateStatus;
  /** 0..100 over the available points; `null` when none is. */
  readonly level: number | null;
  /** Available points / 100. */
  readonly confidence: number;
  readonly indices: Readonly<
    Record<IndexCode, { readonly close: number; readonly change: number | null } | null>
  >;
  readonly components: readonly GateComponent[];
  readonly sectors: readonly SectorBreadth[];
}

/** An index as the gate reads it, up to the as-of day; `null` when there is none or it has no row that day. */
interface IndexReading {
  readonly close: number;
  readonly mean20: number;
  readonly mean50: number;
  readonly mean200: number;
  readonly mean50Before: number;
  readonly change: number;
  readonly distribution: number;
}

const DISTRIBUTION_DAYS = 25;
const DISTRIBUTION_FALL = -0.002;

function read(columns: Columns | null, day: TradingDay): IndexReading | null {
  const rows = columns === null ? null : asOf(columns, day);
  const t = rows === null ? -1 : rows.day.length - 1;
  if (rows === null || rows.day[t] !== day) {
    return null;
  }
  const mean = (end: number, span: number): number => {
    const window = rows.close.subarray(end + 1 - span, end + 1);
    return end + 1 < span ? Number.NaN : window.reduce((sum, close) => sum + close, 0) / span;
  };
  const change = (k: number): number => (rows.close[k] ?? Number.NaN) / (rows.close[k - 1] ?? Number.NaN) - 1;
  let distribution = t >= DISTRIBUTION_DAYS ? 0 : Number.NaN;
  for (let k = Math.max(1, t - DISTRIBUTION_DAYS + 1); k <= t; k++) {
    const heavier = (rows.volume[k] ?? 0) > (rows.volume[k - 1] ?? 0);
    distribution += change(k) <= DISTRIBUTION_FALL && heavier ? 1 : 0;
  }
  return {
    close: rows.close[t] ?? Number.NaN,
    mean20: mean(t, 20),
    mean50: mean(t, 50),
    mean200: mean(t, 200),
    mean50Before: mean(t - 22, 50),
    change: change(t),
    distribution,
  };
}

/** A component that is all or nothing. */
function step(id: string, value: number, threshold: number, max: number): GateComponent {
  return Number.isNaN(value) || Number.isNaN(threshold)
    ? { id, value: null, threshold: null, points: null, max }
    : { id, value, threshold, points: value > threshold ? max : 0, max };
}

/** A component that earns in proportion between `none` (0 points) and `full` (all). */
function ramp(id: string, value: number | null, none: number, full: number, max: number): GateComponent {
  return value === null || Number.isNaN(value)
    ? { id, value: null, threshold: full, points: null, max }
    : { id, value, threshold: full, points: max * clip((value - none) / (full - none)), max };
}

function indexComponents(code: IndexCode, x: IndexReading | null): readonly GateComponent[] {
  const nan = Number.NaN;
  const close = x?.close ?? nan;
  return [
    step(`${code}.above20`, close, x?.mean20 ?? nan, 4),
    step(`${code}.above50`, close, x?.mean50 ?? nan, 6),
    step(`${code}.above200`, close, x?.mean200 ?? nan, 6),
    step(`${code}.rising50`, x?.mean50 ?? nan, x?.mean50Before ?? nan, 4),
    ramp(`${code}.distribution`, x?.distribution ?? null, 6, 2, 5),
    ramp(`${code}.change`, x?.change ?? null, -0.02, 0, 2.5),
  ];
}

/** GT: the gate on a session. `indices` hold all their rows; those after the session are not read. */
export function gateOn(
  day: TradingDay,
  indices: Readonly<Partial<Record<IndexCode, Columns>>>,
  breadth: BreadthShares,
): MarketGate {
  const readings = { KOSPI: read(indices.KOSPI ?? null, day), KOSDAQ: read(indices.KOSDAQ ?? null, day) };
  const components = [
    ...INDEX_CODES.flatMap((code) => indexComponents(code, readings[code])),
    ramp("breadth.above50", breadth.above50, 0.3, 0.7, 15),
    ramp("breadth.above200", breadth.above200, 0.3, 0.7, 15),
    ramp("breadth.newHighs", breadth.newHighsLessLows, -0.02, 0.02, 10),
    ramp("breadth.advancers", breadth.advancers, 0.3, 0.7, 5),
  ];
  const available = components.filter((component) => component.points !== null);
  const maximum = available.reduce((sum, component) => sum + component.max, 0);
  const points = available.reduce((sum, component) => sum + (component.points ?? 0), 0);
  const level = maximum === 0 ? null : (100 * points) / maximum;
  const confidence = maximum / 100;
  return {
    day,
    status: statusOf(level, confidence),
    level,
    confidence,
    indices: { KOSPI: shown(readings.KOSPI), KOSDAQ: shown(readings.KOSDAQ) },
    components,
    sectors: breadth.sectors,
  };
}

function shown(x: IndexReading | null): { readonly close: number; readonly change: number | null } | null {
  return x && { close: x.close, change: Number.isNaN(x.change) ? null : x.change };
}

function statusOf(level: number | null, confidence: number): GateStatus {
  if (level === null || confidence < 0.5) {
    return "UNKNOWN";
  }
  return level >= 70 ? "GREEN" : level >= 40 ? "YELLOW" : "RED";
}
