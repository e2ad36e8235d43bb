/** The rows of the two indices, from the sums over their shares. */
import type { Columns } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { DemoState } from "./demo-state.ts";
import type { IndexSums } from "./index-sums.ts";
import { KOSDAQ, KOSPI } from "./traits.ts";

/** The rows of both indices for the sessions in `sums`; the state's index levels are taken on to the last of them. */
export function indexRows(
  seed: number,
  sums: IndexSums,
  state: DemoState,
  first: number,
  days: Float64Array,
): Readonly<Record<IndexCode, Columns>> {
  const level = (board: number): number => state.indices[board]!;
  const kospi = sums.columns(seed, KOSPI, first, level(KOSPI), days);
  const kosdaq = sums.columns(seed, KOSDAQ, first, level(KOSDAQ), days);
  state.indices[KOSPI] = kospi.close.at(-1) ?? level(KOSPI);
  state.indices[KOSDAQ] = kosdaq.close.at(-1) ?? level(KOSDAQ);
  return { KOSPI: kospi, KOSDAQ: kosdaq };
}
