/** EV1m: measured entries as numbers, so that those of a decade can wait in storage and be summed up without an object for each. */
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Market } from "../../core/instrument/instrument.ts";
import type { FirstTouch, Horizon } from "../../core/outcome/outcome.ts";
import { HORIZONS } from "../../core/outcome/outcome.ts";
import type { GateStatus } from "../../core/scan/gate.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import { type Cohort, COHORTS } from "../entry.ts";
import { datedAt, type Measured, type Measures } from "../measure.ts";

const GRADES: readonly Grade[] = ["S", "A", "B", "C", "D"];
export const GATES: readonly GateStatus[] = ["GREEN", "YELLOW", "RED", "UNKNOWN"];
const MARKETS: readonly Market[] = ["KOSPI", "KOSDAQ", "KONEX"];
const TOUCHES = ["stop", "target", "none"] as const;
const MEASURES = ["change", "r", "excessUniverse", "excessIndex", "best", "worst"] as const;
/** Numbers before those of the horizons, and of all. */
const HEAD = 15;
const SIZE = HEAD + HORIZONS.length * MEASURES.length;

/** A measured entry with its place in the order of its cohort. */
export interface PlacedEntry {
  readonly order: number;
  readonly one: Measured;
}

const place = <T>(list: readonly T[], value: T | null): number => (value === null ? -1 : list.indexOf(value));
const orNull = (x: number | undefined): number | null => (x === undefined || Number.isNaN(x) ? null : x);
const orNan = (value: number | null): number => value ?? Number.NaN;

function numbersOf({ order, one: { entry, day, horizons, touch } }: PlacedEntry): readonly number[] {
  const isTouched = touch !== null && touch.kind !== "none";
  return [
    COHORTS.indexOf(entry.cohort),
    order,
    entry.share,
    entry.session,
    entry.entered,
    day,
    place(MARKETS, entry.market),
    place(GRADES, entry.grade),
    orNan(entry.contractions),
    place(GATES, entry.gate),
    entry.price,
    entry.stop,
    entry.target,
    place(TOUCHES, touch?.kind ?? null),
    isTouched ? touch.price : Number.NaN,
    ...HORIZONS.flatMap((horizon) => MEASURES.map((what) => orNan(horizons[horizon]?.[what] ?? null))),
  ];
}

export function entryNumbers(entries: readonly PlacedEntry[]): Float64Array {
  const numbers = new Float64Array(SIZE * entries.length);
  for (const [i, entry] of entries.entries()) {
    numbers.set(numbersOf(entry), SIZE * i);
  }
  return numbers;
}

/** The figures of an entry, made from its numbers whenever they are asked for. */
class StoredHorizons implements Readonly<Record<Horizon, Measures | null>> {
  readonly #numbers: Float64Array;

  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  get 5(): Measures | null {
    return this.#at(0);
  }

  get 10(): Measures | null {
    return this.#at(1);
  }

  get 20(): Measures | null {
    return this.#at(2);
  }

  get 60(): Measures | null {
    return this.#at(3);
  }

  #at(h: number): Measures | null {
    const from = HEAD + MEASURES.length * h;
    const [change, r, universe, index, best, worst] = this.#numbers.subarray(from, from + MEASURES.length);
    if (change === undefined || r === undefined || best === undefined || worst === undefined) {
      return null;
    }
    return Number.isNaN(change)
      ? null
      : { change, r, excessUniverse: orNull(universe), excessIndex: orNull(index), best, worst };
  }
}

function touchOf(kind: number, price: number): FirstTouch | null {
  const name = TOUCHES[kind];
  if (name === undefined) {
    return null;
  }
  // The session of a touch is in no figure.
  return name === "none" ? { kind: name } : { kind: name, session: 0, price };
}

interface Names {
  readonly ticker: (share: number) => string;
  /** Ids of signals in the order of the entries. */
  readonly signals: Iterator<string>;
}

function entryOf(cohort: Cohort, numbers: Float64Array, { ticker, signals }: Names): PlacedEntry {
  const at = (n: number): number => numbers[n] ?? Number.NaN;
  const gate = GATES[at(9)];
  assert(gate !== undefined, "A stored entry has a gate");
  const isSignal = cohort === "signal_open" || cohort === "signal_trigger";
  const entry = {
    cohort,
    share: at(2),
    ticker: ticker(at(2)),
    market: MARKETS[at(6)] ?? null,
    session: at(3),
    signalId: isSignal ? signalIn(signals) : null,
    grade: GRADES[at(7)] ?? null,
    contractions: orNull(at(8)),
    gate,
    entered: at(4),
    price: at(10),
    stop: at(11),
    target: at(12),
  };
  const touch = touchOf(at(13), at(14));
  return {
    order: at(1),
    one: { entry, ...datedAt(tradingDayOf(at(5))), horizons: new StoredHorizons(numbers), touch },
  };
}

function signalIn(signals: Iterator<string>): string {
  const { value, done } = signals.next();
  assert(done !== true, "A stored signal has an id");
  return value;
}

export interface StoredEntries {
  readonly numbers: Iterable<ArrayBuffer>;
  /** A line a signal of the cohort, in the same order. */
  readonly signals: Iterable<string>;
  readonly ticker: (share: number) => string;
}

/** One cohort in its order: by the order of the entries, those that are equal in it by share. */
export function readEntries(cohort: Cohort, stored: StoredEntries): readonly Measured[] {
  const signals = linesOf(stored.signals);
  const wanted = COHORTS.indexOf(cohort);
  const entries: PlacedEntry[] = [];
  for (const body of stored.numbers) {
    const numbers = new Float64Array(body);
    for (let from = 0; from < numbers.length; from += SIZE) {
      if (numbers[from] === wanted) {
        // Copied: a view would keep the entries of the other cohorts in memory.
        entries.push(entryOf(cohort, numbers.slice(from, from + SIZE), { ticker: stored.ticker, signals }));
      }
    }
  }
  return entries.toSorted((a, b) => a.order - b.order).map(({ one }) => one);
}

function* linesOf(texts: Iterable<string>): Generator<string> {
  for (const text of texts) {
    yield* text.split("\n").filter((line) => line !== "");
  }
}
