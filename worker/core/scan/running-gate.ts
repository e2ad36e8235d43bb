/** GT8: the gate of a session that runs, from the prices of its indices: provisional, for nothing of the session has closed. */
import type { BreadthShares } from "./breadth.ts";
import { type Columns, columnsOf } from "../bars/columns.ts";
import { concatenate } from "../bars/take-rows.ts";
import { gateOn, type MarketGate } from "./gate.ts";
import { INDEX_CODES, type IndexCode } from "../instrument/instrument.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** Breadth without its industries, in fractions; `null`: not known. */
export type BreadthFigures = Omit<BreadthShares, "sectors">;

/** What the closed sessions give to the gate of the running one. */
export interface GateBasis {
  /** Rows of closed sessions; an index without rows is left out. */
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  /** The last gate's session, and its breadth; `null` without a gate. */
  readonly last: { readonly day: TradingDay; readonly breadth: BreadthFigures } | null;
}

/** In points: the price of now, and the close from which the exchange counts its change. */
export interface RunningIndex {
  readonly price: number;
  readonly previous: number;
}

/** What is known of the running session. */
export interface RunningSessionFacts {
  readonly day: TradingDay;
  readonly indices: Readonly<Partial<Record<IndexCode, RunningIndex>>>;
  /** Of the whole session, judged while it runs; `null` where it was not. */
  readonly judged: BreadthFigures | null;
  /** Fraction of the shares that stand above their close before; `null` where nothing counts them. */
  readonly advancers: number | null;
}

export interface RunningGate {
  readonly gate: MarketGate;
  /** The session of which the shares above their means are; `null` where they are withheld. */
  readonly meansOf: TradingDay | null;
}

/** So many rows reach the mean of 200 closes. */
export const GATE_ROWS = 260;
/** Vendor and exchange round to a hundredth of a point. */
const SAME_CLOSE = 1e-4;

const ROW = { volume: 0, value: null, shares: null, base: null };

/** The closes and the price of now. `null` where they do not go on from one another: a mean over a gap is none. */
function withPrice(
  columns: Columns | undefined,
  index: RunningIndex | undefined,
  day: TradingDay,
): Columns | null {
  const close = columns?.close.at(-1);
  const last = columns?.day.at(-1);
  if (columns === undefined || index === undefined || close === undefined || last === undefined) {
    return null;
  }
  const { price, previous } = index;
  const goesOn = last < day && Math.abs(previous / close - 1) <= SAME_CLOSE;
  // Without a volume it is no distribution day: how heavy the session is shows at its end.
  const row = { ...ROW, day, open: price, high: price, low: price, close: price };
  return goesOn ? concatenate(columns, columnsOf([row])) : null;
}

const NOTHING: BreadthFigures = { above50: null, above200: null, newHighsLessLows: null, advancers: null };

/** `null` while no index has a price that goes on from its closes: nothing has moved. */
export function runningGate(
  { indices, last }: GateBasis,
  { day, indices: prices, judged, advancers }: RunningSessionFacts,
): RunningGate | null {
  const known = INDEX_CODES.flatMap((code) => {
    const columns = withPrice(indices[code], prices[code], day);
    return columns === null ? [] : [[code, columns] as const];
  });
  if (known.length === 0) {
    return null;
  }
  const before = known[0]?.[1].day.at(-2);
  const carried = last !== null && last.day === before ? last : null;
  const breadth = judged ?? {
    ...NOTHING,
    above50: carried?.breadth.above50 ?? null,
    above200: carried?.breadth.above200 ?? null,
    advancers,
  };
  const gate = gateOn(day, Object.fromEntries(known), { ...breadth, sectors: [] });
  return { gate, meansOf: judged === null ? (carried?.day ?? null) : day };
}

/** The breadth that a gate was made of. */
export function breadthOf({ components }: MarketGate): BreadthFigures {
  const of = (name: keyof BreadthFigures | "newHighs"): number | null =>
    components.find(({ id }) => id === `breadth.${name}`)?.value ?? null;
  return {
    above50: of("above50"),
    above200: of("above200"),
    newHighsLessLows: of("newHighs"),
    advancers: of("advancers"),
  };
}
