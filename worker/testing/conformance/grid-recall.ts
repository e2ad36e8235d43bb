/** How many constructed bases the detector finds exactly as they were built, by noise and by number of contractions. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { type Listing, scan } from "../../core/scan/scan.ts";
import { assert } from "../../core/assert.ts";
import type { Base, Verdict } from "../../core/vcp/verdict.ts";
import { LAST_DAY, weekdaysUntil } from "../builders/base-builder.ts";
import { tickerOf } from "../../core/nominal.ts";
import { type ConstructedBase, type RealisedLeg, TICK } from "./constructed-base.ts";
import { type GridBase, gridOf, type LeftOut } from "./constructed-grid.ts";

/** The tolerance of the SPEC for a depth, a fraction. */
const DEPTH_TOLERANCE = 0.008;

/** What is not as built, the first of these. */
export type Flaw = "none" | "T" | "depth" | "pivot" | "stop" | "footprint";

export interface GridRecall {
  readonly noise: number;
  /** By T, cells found and cells judged. */
  readonly byCount: ReadonlyMap<number, { readonly found: number; readonly all: number }>;
  readonly found: number;
  readonly all: number;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  /** Cells by what was found of them, such as `4T: T` for a base of four with another count. */
  readonly flaws: ReadonlyMap<string, number>;
}

/** PL2 in whole ticks, for prices where a tick is 100 won. */
function stopOf(pivot: number, low: number): number {
  const entry = (Math.floor(pivot / TICK) + 1) * TICK;
  return Math.max((Math.floor(low / TICK) - 1) * TICK, Math.ceil((entry * 92) / (100 * TICK)) * TICK);
}

function depthOf({ high, low }: RealisedLeg): number {
  return (high - low) / high;
}

function percentOf(leg: RealisedLeg | undefined): number {
  return leg ? Math.round(100 * depthOf(leg)) : Number.NaN;
}

/** CT9 from the realised legs; half a per cent up. */
function footprintOf({ rows, legs }: ConstructedBase): string {
  const weeks = Math.ceil((rows.length - 1 - (legs[0]?.highBar ?? 0)) / 5);
  return `${weeks}W ${percentOf(legs[0])}/${percentOf(legs.at(-1))} ${legs.length}T`;
}

function flawOf(found: Base | null, built: ConstructedBase): Flaw | null {
  const last = built.legs.at(-1);
  assert(last !== undefined, "A base has legs");
  if (found?.contractions.length !== built.legs.length) {
    return found === null ? "none" : "T";
  }
  const off = found.contractions.some(({ depth }, leg) => {
    const realised = built.legs[leg];
    return realised === undefined || Math.abs(depth - depthOf(realised)) > DEPTH_TOLERANCE;
  });
  if (off) {
    return "depth";
  }
  if (found.pivot !== last.high) {
    return "pivot";
  }
  if (found.stop !== stopOf(last.high, last.low)) {
    return "stop";
  }
  return found.footprint === footprintOf(built) ? null : "footprint";
}

const SESSIONS = weekdaysUntil(LAST_DAY, 640);

/** An index that rises a little every session: the bases lead it. */
function indexRows(): Row[] {
  return SESSIONS.map((day, k) => {
    const close = 2_500 + k;
    return {
      day,
      open: close,
      high: close,
      low: close,
      close,
      volume: 4e8,
      value: null,
      shares: null,
      base: null,
    };
  });
}

/** One market of all bases, judged in one scan with the parameters of production. */
function verdictsOn(bases: readonly GridBase[]): readonly Verdict[] {
  const listings = bases.map(({ rows }, i): Listing => {
    const ticker = String(i).padStart(6, "0");
    return {
      ticker,
      instrument: {
        ticker: tickerOf(ticker),
        name: ticker,
        market: "KOSPI",
        kind: "common",
        notice: null,
        industry: null,
        listedOn: null,
        nameEn: null,
        listedShares: null,
      },
      columns: columnsOf(rows),
    };
  });
  const indices = { KOSPI: columnsOf(indexRows()) };
  return scan({ listings, sessions: SESSIONS, indices, params: PARAMS, asOf: null })?.verdicts ?? [];
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Judges the grid at one noise (a fraction), each cell `seeds` times, by the seeds from `from` on. */
export function recallAt(noise: number, seeds: number, from = 1): GridRecall {
  const leftOut = new Map<LeftOut, number>();
  const judged: GridBase[] = [];
  for (const base of gridOf(noise, seeds, from)) {
    if (base.leftOut === null) {
      judged.push(base);
    } else {
      count(leftOut, base.leftOut);
    }
  }
  const byCount = new Map<number, { found: number; all: number }>();
  const flaws = new Map<string, number>();
  let found = 0;
  for (const [i, verdict] of verdictsOn(judged).entries()) {
    const built = judged[i];
    assert(
      built !== undefined && verdict.eligibility.ok,
      "Every base is judged, in the order of the tickers",
    );
    const flaw = flawOf(verdict.base, built);
    const row = byCount.get(built.cell.count) ?? { found: 0, all: 0 };
    row.all += 1;
    if (flaw === null) {
      row.found += 1;
      found += 1;
    } else {
      count(flaws, `${built.cell.count}T: ${flaw}`);
    }
    byCount.set(built.cell.count, row);
  }
  return { noise, byCount, found, all: judged.length, leftOut, flaws };
}
