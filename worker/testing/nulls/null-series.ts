/** Series without a pattern (EV2): random walks, and real days in blocks in another order. */
import { type Columns, columnsOf, rowAt, type Row } from "../../core/bars/columns.ts";
import { isBar } from "../../core/bars/bar.ts";
import { LAST_DAY, weekdaysUntil } from "../builders/base-builder.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

const WALK_SESSIONS = 400;
const STEPS = 8;
/** Daily spread of Korean shares, about: from a bank to a small growth name. */
const SPREADS = [0.015, 0.045] as const;

/** Sessions of a shuffled series, and of a block: long enough to keep a swing, short enough to lose a base. */
const SHUFFLE_SESSIONS = 360;
const BLOCK = 10;

const NONE = { value: null, shares: null, base: null };

/** A driftless walk of {@link STEPS} steps a session with lognormal volume. Prices lie on no grid: the shape has no won. */
export function walkSeries(seed: number): Columns {
  const random = makeRandom(seed);
  const normal = makeNormal(random);
  const spread = (SPREADS[0] + (SPREADS[1] - SPREADS[0]) * random()) / Math.sqrt(STEPS);
  let close = 20_000;
  return columnsOf(
    weekdaysUntil(LAST_DAY, WALK_SESSIONS).map((day) => {
      const open = close;
      let [high, low] = [open, open];
      for (let step = 0; step < STEPS; step++) {
        close *= Math.exp(spread * normal());
        high = Math.max(high, close);
        low = Math.min(low, close);
      }
      return { day, open, high, low, close, volume: 1e6 * Math.exp(0.5 * normal()), ...NONE };
    }),
  );
}

/** The last bars of real rows; `null` when there are too few to shuffle. */
export function shuffleSource(columns: Columns): readonly Row[] | null {
  const bars = Array.from({ length: columns.day.length }, (_, i) => rowAt(columns, i)).filter(isBar);
  return bars.length > SHUFFLE_SESSIONS ? bars.slice(-SHUFFLE_SESSIONS - 1) : null;
}

/** A seeded order of 0..n-1 (Fisher and Yates). */
function shuffledOrder(n: number, random: () => number): readonly number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? j, order[i] ?? i];
  }
  return order;
}

/**
 * Every day's open, high, low and close against the close before it, and its volume, in whole blocks of another order,
 * from the same first close. What no day keeps is its neighbours: trend, base and dry-up are gone.
 */
export function shuffleSeries(source: readonly Row[], seed: number): Columns {
  const blocks = Math.ceil((source.length - 1) / BLOCK);
  const order = shuffledOrder(blocks, makeRandom(seed)).flatMap((block) =>
    source.slice(1 + block * BLOCK, 1 + (block + 1) * BLOCK).map((row, i) => ({
      row,
      before: source[block * BLOCK + i]?.close ?? row.open,
    })),
  );
  const days = weekdaysUntil(LAST_DAY, order.length);
  let close = source[0]?.close ?? 0;
  return columnsOf(
    order.map(({ row, before }, i) => {
      const scale = close / before;
      close = row.close * scale;
      return {
        day: days[i] ?? LAST_DAY,
        open: row.open * scale,
        high: row.high * scale,
        low: row.low * scale,
        close,
        volume: row.volume,
        ...NONE,
      };
    }),
  );
}
