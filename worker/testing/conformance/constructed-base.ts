/**
 * A share whose base is known before anybody looks for it: so many contractions of such depths, with noise. What a
 * detector must find in it is read off the generated bars, not off the plan, because noise moves the extremes.
 */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { weekdaysUntil, LAST_DAY } from "../builders/base-builder.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

/** One cell of the grid. Depths and noise are fractions; `fall` and `rise` are the bars of the first contraction. */
export interface Cell {
  readonly count: number;
  readonly firstDepth: number;
  readonly ratio: number;
  readonly fall: number;
  readonly rise: number;
  /** Standard deviation of each close around the planned path. */
  readonly noise: number;
  readonly seed: number;
  /** The base's high in won, 180,000 unless given. */
  readonly high?: number;
}

/** A contraction as the bars have it: its highest high, its lowest low, and where they lie. */
export interface RealisedLeg {
  readonly highBar: number;
  readonly high: number;
  readonly lowBar: number;
  readonly low: number;
}

export interface ConstructedBase {
  readonly rows: readonly Row[];
  readonly legs: readonly RealisedLeg[];
}

/** Everything stays between 50,000 and 200,000, where a tick is 100 (TS1). */
const HIGH = 180_000;
export const TICK = 100;
/** Bars of the advance, and its gain: more than BS2 asks for. */
const ADVANCE = 125;
const GAIN = 0.7;
/** Bars in all, at least: enough for every mean and for relative strength. */
const BARS = 320;
/** Each recovery ends this far below the high before it. */
const SLIP = 0.004;
/** The last recovery takes back this share of the last contraction. */
const RECOVERED = 0.6;
/** Bars at the height of the last recovery, before today: the quiet end that QT1 asks for. */
const SHELF = 8;
/** Half of a quiet bar's height. */
const HALF_BAR = 0.002;

interface Plan {
  readonly path: readonly number[];
  readonly volumes: readonly number[];
  /** Bars of the planned highs and lows, in turn. */
  readonly turns: readonly number[];
}

export function depthsOf({ count, firstDepth, ratio }: Cell): readonly number[] {
  return Array.from({ length: count }, (_, leg) => firstDepth * ratio ** leg);
}

/** Bars of a leg's fall or recovery: later contractions are shorter, never shorter than 3 bars. */
function barsOfLeg(first: number, leg: number): number {
  return Math.max(3, Math.round(first * 0.8 ** leg));
}

function planOf(cell: Cell): Plan {
  const path: number[] = [];
  const volumes: number[] = [];
  const turns: number[] = [];
  const glide = (to: number, bars: number, volume: number): void => {
    const from = path.at(-1) ?? to;
    for (let bar = 1; bar <= bars; bar++) {
      path.push(from * (to / from) ** (bar / bars));
      volumes.push(volume);
    }
  };
  const depths = depthsOf(cell);
  const base = depths.reduce(
    (bars, _, leg) => bars + barsOfLeg(cell.fall, leg) + barsOfLeg(cell.rise, leg),
    0,
  );
  const high = cell.high ?? HIGH;
  glide(high / (1 + GAIN), Math.max(40, BARS - ADVANCE - base), 300_000);
  glide(high, ADVANCE, 400_000);
  let top = high;
  for (const [leg, depth] of depths.entries()) {
    const volume = 360_000 * 0.72 ** leg;
    turns.push(path.length - 1);
    const bottom = top * (1 - depth);
    glide(bottom, barsOfLeg(cell.fall, leg), volume);
    turns.push(path.length - 1);
    const final = leg === cell.count - 1;
    top = final ? bottom + RECOVERED * (top - bottom) : top * (1 - SLIP);
    glide(top, barsOfLeg(cell.rise, leg), volume * 0.8);
  }
  glide(top, SHELF, 360_000 * 0.72 ** cell.count * 0.8);
  return { path, volumes, turns };
}

function rowsOf({ path, volumes }: Plan, { noise, seed }: Cell): Row[] {
  const random = makeRandom(seed);
  const normal = makeNormal(random);
  const days = weekdaysUntil(LAST_DAY, path.length);
  let previous = path[0] ?? HIGH;
  return path.map((planned, k) => {
    const day = days[k];
    assert(day !== undefined, "There is a weekday for every bar");
    const open = previous;
    const close = Math.round((planned * (1 + noise * normal())) / TICK) * TICK;
    previous = close;
    const [top, bottom] = [Math.max(open, close), Math.min(open, close)];
    return {
      day,
      open: Math.round(open / TICK) * TICK,
      high: Math.ceil((top * (1 + HALF_BAR * random())) / TICK) * TICK,
      low: Math.floor((bottom * (1 - HALF_BAR * random())) / TICK) * TICK,
      close,
      volume: Math.round((volumes[k] ?? 0) * (0.9 + 0.2 * random())),
      value: null,
      shares: null,
      base: null,
    };
  });
}

/** The bar between `from` and `to`, both included, that `better` prefers to all before it. */
function extreme(from: number, to: number, better: (bar: number, than: number) => boolean): number {
  let found = from;
  for (let bar = from + 1; bar <= to; bar++) {
    if (better(bar, found)) {
      found = bar;
    }
  }
  return found;
}

/**
 * H_i is the highest bar between the planned lows around it, L_i the lowest between the highs that came of it. H_1 is the
 * last of the tops that are level (BS1).
 */
function realised(rows: readonly Row[], turns: readonly number[]): RealisedLeg[] {
  const row = (bar: number): Row => {
    const found = rows[bar];
    assert(found !== undefined, `Bar ${bar} was asked of ${rows.length}`);
    return found;
  };
  const last = rows.length - 1;
  const highs = turns.flatMap((_, i) =>
    i % 2 === 0
      ? [
          extreme(
            i === 0 ? 0 : (turns[i - 1] ?? 0),
            turns[i + 1] ?? last,
            (a, b) => row(a).high > row(b).high,
          ),
        ]
      : [],
  );
  const [first = 0] = highs;
  highs[0] = extreme(first, turns[1] ?? last, (a) => row(first).high <= 1.005 * row(a).high);
  return highs.map((highBar, leg) => {
    const lowBar = extreme(highBar, highs[leg + 1] ?? last, (a, b) => row(a).low < row(b).low);
    return { highBar, high: row(highBar).high, lowBar, low: row(lowBar).low };
  });
}

/** Equal cells give equal bars. */
export function constructBase(cell: Cell): ConstructedBase {
  const plan = planOf(cell);
  const rows = rowsOf(plan, cell);
  assert(
    rows.every(({ high, low }) => low >= 50_000 && high < 200_000),
    "Every price lies where a tick is 100 won",
  );
  return { rows, legs: realised(rows, plan.turns) };
}
