/** Constructed bases spoiled in one respect each, and the rules that may refuse it: what must not be found. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { UnmetRule } from "../../core/vcp/verdict.ts";
import { weekdaysUntil, LAST_DAY } from "../builders/base-builder.ts";
import { type Cell, type ConstructedBase, constructBase, depthsOf, TICK } from "./constructed-base.ts";

export interface Spoiler {
  readonly name: string;
  /** Any of these is a right answer: which rule is nearest depends on the cell. */
  readonly codes: readonly UnmetRule[];
  /** The share of cells with noise in which that may shrink the last contraction enough to be one. */
  readonly byNoise: number;
  readonly spoil: (cell: Cell) => readonly Row[];
}

/** Gives rows the days of weekdays up to the last day. */
function redated(rows: readonly Row[]): Row[] {
  const days = weekdaysUntil(LAST_DAY, rows.length);
  return rows.map((row, k) => {
    const day = days[k];
    assert(day !== undefined, "There is a weekday for every row");
    return { ...row, day };
  });
}

/** The row at another level of price, on the grid. */
function scaled(row: Row, factor: number): Row {
  const at = (price: number): number => Math.round((price * factor) / TICK) * TICK;
  return { ...row, open: at(row.open), high: at(row.high), low: at(row.low), close: at(row.close) };
}

function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1);
  assert(last !== undefined, "The list is not empty");
  return last;
}

/** Bars that go from the last close to `to` in equal steps, at the volume of the last bar. */
function followed(rows: readonly Row[], to: number, bars: number): Row[] {
  const from = lastOf(rows);
  const more = Array.from({ length: bars }, (_, i) =>
    scaled(from, 1 + ((to / from.close - 1) * (i + 1)) / bars),
  );
  return redated([...rows, ...more]);
}

function startOf({ legs }: ConstructedBase): number {
  return legs[0]?.highBar ?? 0;
}

/** The last depth first: each contraction is deeper than the one before. */
function expanding(cell: Cell): readonly Row[] {
  return constructBase({ ...cell, firstDepth: lastOf(depthsOf(cell)), ratio: 1 / cell.ratio }).rows;
}

/** All contractions as deep as one in the middle. */
function equal(cell: Cell): readonly Row[] {
  return constructBase({ ...cell, firstDepth: Math.sqrt(cell.firstDepth * lastOf(depthsOf(cell))), ratio: 1 })
    .rows;
}

/** A fall to 5 % below everything the base held. */
function broken(cell: Cell): readonly Row[] {
  const { rows, legs } = constructBase(cell);
  return followed(rows, 0.95 * Math.min(...legs.map(({ low }) => low)), 6);
}

/** 35 % above the pivot, with no pullback on the way. */
function leftBehind(cell: Cell): readonly Row[] {
  const { rows, legs } = constructBase({ ...cell, high: 120_000 });
  return followed(rows, 1.35 * lastOf(legs).high, 15);
}

/**
 * After a fall by half and a rise of a ninth, instead of an advance. The first contraction is held to 20 %: the
 * recovery from a deeper one would be an advance of 30 % itself (BS2) for the contractions after it.
 */
function stageFour(cell: Cell): readonly Row[] {
  const high = 95_000;
  const base = constructBase({ ...cell, high, firstDepth: Math.min(0.2, cell.firstDepth) });
  const start = startOf(base);
  const turn = start - 12;
  const level = (k: number): number =>
    k <= turn ? 2 * high * 0.45 ** (k / turn) : 0.9 * high * (1 / 0.9) ** ((k - turn) / (start - turn));
  return base.rows.map((row, k) => (k < start ? scaled(row, level(k) / row.close) : row));
}

/** The volumes of the base in the opposite order: it costs points and not the listing (SC2). */
export function louder(cell: Cell): readonly Row[] {
  const base = constructBase(cell);
  const start = startOf(base);
  const volumes = base.rows.slice(start).map(({ volume }) => volume);
  return base.rows.map((row, k) =>
    k < start ? row : { ...row, volume: volumes.at(-1 - (k - start)) ?? row.volume },
  );
}

/** The last three days stand 20 % lower. */
function gapped(cell: Cell): readonly Row[] {
  const { rows } = constructBase(cell);
  return rows.map((row, k) => (k < rows.length - 3 ? row : scaled(row, 0.8)));
}

/** Ten halted rows after the first bar of the last fall: every candidate holds them. */
function halted(cell: Cell): readonly Row[] {
  const { rows, legs } = constructBase(cell);
  const at = lastOf(legs).highBar + 1;
  const halt = { ...lastOf(rows), open: 0, high: 0, low: 0, close: rows[at]?.close ?? 0, volume: 0 };
  const halts = Array.from({ length: 10 }, () => halt);
  return redated([...rows.slice(0, at + 1), ...halts, ...rows.slice(at + 1)]);
}

/** What is asked of a base refuses it, whatever the share is. */
export const SPOILERS: readonly Spoiler[] = [
  { name: "expanding contractions", codes: ["CT1"], byNoise: 0.15, spoil: expanding },
  { name: "equal contractions", codes: ["CT1"], byNoise: 0.15, spoil: equal },
  { name: "a base that broke", codes: ["CT1", "BS3"], byNoise: 0, spoil: broken },
  { name: "a base left 35 % behind", codes: ["PV2", "BS0"], byNoise: 0, spoil: leftBehind },
  { name: "a base after a fall", codes: ["BS1", "BS2"], byNoise: 0, spoil: stageFour },
  { name: "a gap of -20 %", codes: ["BS5", "CT1", "CT3"], byNoise: 0, spoil: gapped },
  { name: "ten halted rows", codes: ["BR4base"], byNoise: 0, spoil: halted },
];
