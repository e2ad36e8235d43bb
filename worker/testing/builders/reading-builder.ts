/** A base read from bars that a test has drawn: the reading itself, without the search for its start. */
import type { Row } from "../../core/bars/columns.ts";
import { barIndexOf } from "../../core/nominal.ts";
import { PARAMS, type Params } from "../../core/params.ts";
import { BaseReading } from "../../core/vcp/base-reading.ts";
import { timeOf } from "./bar-builder.ts";
import { drawPath, type Knot } from "./price-path.ts";

/** 25 %, 12 % and 6 % after an advance from 30,000 to 60,000, and six quiet bars: H_1 is bar 120, today bar 186. */
export const THREE: readonly Knot[] = [
  [0, 29_000],
  [20, 30_000],
  [120, 60_000],
  [134, 45_000],
  [146, 59_500],
  [156, 52_360],
  [165, 59_000],
  [173, 55_460],
  [180, 58_000],
  [186, 58_100],
];
export const FIRST_BAR = 120;
export const LAST_BAR = 186;

/** The base from bar `start` of these rows, as of bar `until` (the last one, when it is not given). */
export function readingOf(
  rows: readonly Row[],
  start: number = FIRST_BAR,
  until: number = rows.length - 1,
  params: Params = PARAMS,
): BaseReading {
  return new BaseReading(timeOf(rows), params).aim(
    barIndexOf(start),
    barIndexOf(until),
    params.base.noiseFloor,
  );
}

/** {@link THREE} with the bars after its last low drawn otherwise. */
export function drawnEnd(...after: readonly Knot[]): Row[] {
  return drawPath([...THREE.slice(0, -2), ...after]);
}

/** The rows with single bars changed. */
export function changedAt(
  rows: readonly Row[],
  changes: Readonly<Record<number, (row: Row) => Partial<Row>>>,
): Row[] {
  return rows.map((row, k) => ({ ...row, ...changes[k]?.(row) }));
}
