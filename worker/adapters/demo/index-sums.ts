/** The two indices of the demo, made of its shares: the value of a board today over its value yesterday, chained. */
import type { Columns } from "../../core/bars/columns.ts";
import { Chance } from "./chance.ts";
import type { DraftRow } from "./draft-row.ts";

const FIELDS = 5;

/** Sums over the shares of each board, for one or many sessions. */
export class IndexSums {
  /** By board and session: value at the last close, at the open, at the close; volume; traded value. */
  readonly #sums: Float64Array;
  readonly #sessions: number;

  constructor(sessions: number) {
    this.#sessions = sessions;
    this.#sums = new Float64Array(2 * sessions * FIELDS);
  }

  /** Adds a share to session `k`: its worth in won at the last close, its shares, and its row. */
  add(board: number, k: number, before: number, shares: number, row: DraftRow): void {
    const at = (board * this.#sessions + k) * FIELDS;
    const sums = this.#sums;
    const open = row.volume > 0 ? row.open : row.close;
    sums[at] = sums[at]! + before;
    sums[at + 1] = sums[at + 1]! + shares * open;
    sums[at + 2] = sums[at + 2]! + shares * row.close;
    sums[at + 3] = sums[at + 3]! + row.volume;
    sums[at + 4] = sums[at + 4]! + row.value;
  }

  /** The rows of a board after an index of `previous`, numbered from session `first`; `days` has one day a session. */
  columns(seed: number, board: number, first: number, previous: number, days: Float64Array): Columns {
    const n = this.#sessions;
    const column = (): Float64Array => new Float64Array(n);
    const rows = {
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
      value: column(),
    };
    const chance = new Chance();
    let last = previous;
    for (let k = 0; k < n; k++) {
      const at = (board * n + k) * FIELDS;
      const before = this.#sums[at]!;
      chance.aim(seed, 0x1de0 + board, first + k);
      // A board on which nothing is listed stands still.
      const open = before > 0 ? hundredths((last * this.#sums[at + 1]!) / before) : last;
      const close = before > 0 ? hundredths((last * this.#sums[at + 2]!) / before) : last;
      rows.open[k] = open;
      rows.close[k] = close;
      rows.high[k] = hundredths(Math.max(open, close) * (1 - 0.0025 * Math.log(1 - chance.uniform())));
      rows.low[k] = hundredths(Math.min(open, close) * (1 + 0.0025 * Math.log(1 - chance.uniform())));
      rows.volume[k] = this.#sums[at + 3]!;
      rows.value[k] = this.#sums[at + 4]!;
      last = close;
    }
    return { day: days, ...rows, shares: null, base: null, origin: null };
  }
}

/** An index is quoted in hundredths of a point. */
function hundredths(x: number): number {
  return Math.round(x * 100) / 100;
}
