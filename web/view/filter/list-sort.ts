/** The order of the list by any of its columns. A missing value is last, whichever way it is sorted. */
import { GRADES } from "../../../worker/core/scan/grade.ts";
import { SIGNAL_STATES } from "../../../worker/core/vcp/signal-state.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../store/live-price.ts";
import { liveDistance, riskOf } from "../list/row-order.ts";
import type { Sorting, SortKey } from "./list-query.ts";

/** The parts of a live price that sort. */
export type SortPrice = Pick<LivePrice, "price" | "change_rate"> | null;

/** Small is first. The form of a base: grade, then score. Of two equal counts of contractions the tighter last one is more. */
function valueOf(key: Exclude<SortKey, "name">, row: SignalRow, price: SortPrice): number | null {
  switch (key) {
    case "state":
      return SIGNAL_STATES.indexOf(row.state);
    case "form":
      return -1_000 * GRADES.indexOf(row.grade) + row.score;
    case "distance":
      return Math.abs(liveDistance(row, price?.price ?? null));
    case "price":
      return price?.price ?? row.current_price;
    case "change":
      return price?.change_rate ?? null;
    case "pivot":
      return row.pivot;
    case "stop":
      return row.stop_loss;
    case "risk":
      return riskOf(row);
    case "footprint":
      return row.depths.length - (row.depths.at(-1) ?? 1);
    case "dryup":
      return row.volume_dry_up;
    case "rs":
      return row.rs;
  }
}

/** Latin letters before Hangul. */
const NAMES = new Intl.Collator("ko");

/** Ids; equals by the distance to the pivot, then by score, then by id, so that the order never flickers. */
export function sortedIds(
  rows: readonly SignalRow[],
  { key, isDescending }: Sorting,
  priceOf: (ticker: string) => SortPrice,
  /** As it is shown. */
  nameOf: (row: SignalRow) => string,
): readonly string[] {
  const way = isDescending ? -1 : 1;
  return rows
    .map((row) => {
      const price = priceOf(row.ticker);
      const value = key === "name" ? 0 : (valueOf(key, row, price) ?? Infinity * way);
      return { row, value, away: Math.abs(liveDistance(row, price?.price ?? null)) };
    })
    .toSorted(
      (a, b) =>
        // Two missing values are equal, and their difference no number.
        (a.value === b.value ? 0 : way * (a.value - b.value)) ||
        (key === "name" ? way * NAMES.compare(nameOf(a.row), nameOf(b.row)) : 0) ||
        a.away - b.away ||
        b.row.score - a.row.score ||
        (a.row.id < b.row.id ? -1 : 1),
    )
    .map(({ row }) => row.id);
}
