/**
 * The demo's past, share by share: no share depends on another, so each runs through all sessions by itself, and the
 * market is never in memory whole. Rows and final state equal those of as many calls of `next`.
 */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import type { Columns } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { demoDay } from "./demo-days.ts";
import type { Demo } from "./demo-market.ts";
import type { DemoState } from "./demo-state.ts";
import { blankRow } from "./draft-row.ts";
import { indexRows } from "./index-rows.ts";
import { IndexSums } from "./index-sums.ts";
import { stepMarket } from "./market-factors.ts";
import { type SeededPattern, seededPatternOf } from "./scenario/seeded-patterns.ts";
import { emptyColumns, firstRows, putRow } from "./row-columns.ts";
import { isOld, stepShare } from "./share-step.ts";

/** What is known when the history of every share is generated. */
export interface HistoryEnd {
  /** After the last session of history: `demo.next` goes on from here. */
  readonly state: DemoState;
  readonly indices: Readonly<Record<IndexCode, Columns>>;
  /** Oldest first. */
  readonly patterns: readonly SeededPattern[];
}

/** About 1.4 MB of numbers a block at 400 sessions. A block is copied on its way to the book, and copies of a large one outlive collections. */
const BLOCK_SHARES = 50;

/** Every share's rows in slot order, in blocks of `size` shares; the last step returns the {@link HistoryEnd}. */
export function* historyOf(
  demo: Demo,
  size: number = BLOCK_SHARES,
): Generator<readonly TickerColumns[], HistoryEnd, undefined> {
  const { setting, sessions, instruments } = demo;
  const state = demo.initial();
  const factors = Array.from({ length: sessions }, (_, k) => stepMarket(setting.seed, k, state.market));
  const days = Array.from({ length: sessions }, (_, k) => demoDay(k - sessions + 1));
  const sums = new IndexSums(sessions);
  const patterns: SeededPattern[] = [];
  const rows = emptyColumns(sessions);
  const row = blankRow();
  let block: TickerColumns[] = [];
  for (const [i, { ticker }] of instruments.entries()) {
    let used = 0;
    for (const [k, factor] of factors.entries()) {
      const before = state.shares.close[i]! * state.shares.shares[i]!;
      const played = stepShare(setting, state.shares, factor, i, row);
      if (played === "absent") {
        continue;
      }
      if (isOld(setting, i, k)) {
        sums.add(setting.traits.board[i]!, k, before, state.shares.shares[i]!, row);
      }
      putRow(rows, used, days[k]!, row);
      used += 1;
      const pattern = played && seededPatternOf(played, state.shares.anchor[i]!, ticker, k - sessions + 1);
      if (pattern !== null) {
        patterns.push(pattern);
      }
    }
    block.push({ ticker, columns: firstRows(rows, used) });
    if (block.length === size) {
      yield block;
      block = [];
    }
  }
  if (block.length > 0) {
    yield block;
  }
  const indices = indexRows(setting.seed, sums, state, 0, Float64Array.from(days));
  return {
    state: { ...state, session: sessions },
    indices,
    patterns: patterns.toSorted((a, b) => a.day - b.day),
  };
}
