/**
 * The demo market: about 2,700 shares that do not exist, in sessions without end. Everything follows from the seed: no clock,
 * no chance, no network. A session is a function of the state before it.
 */
import type { Columns } from "../../core/bars/columns.ts";
import type { IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { schedulesOf } from "./scenario/schedule.ts";
import { demoDay } from "./demo-days.ts";
import { copyState, type DemoState, SHAPES } from "./demo-state.ts";
import { blankRow } from "./draft-row.ts";
import { firstState } from "./first-state.ts";
import { indexRows } from "./index-rows.ts";
import { IndexSums } from "./index-sums.ts";
import { demoTicker, instrumentsOf, listingSessions } from "./instruments.ts";
import { stepMarket } from "./market-factors.ts";
import { type SeededPattern, seededPatternOf } from "./scenario/seeded-patterns.ts";
import { scenariosOf } from "./scenario/scenarios.ts";
import { emptyColumns, firstRows, putRow } from "./row-columns.ts";
import { isOld, joinShapes, type Setting, stepShare } from "./share-step.ts";
import { slotsOf, traitsOf } from "./traits.ts";

const HISTORY_SESSIONS = 400;
const DEMO_SHARES = 2_700;

/** One session of the whole market: row i of `columns` belongs to `tickers[i]`; shares without a row are left out. */
export interface DemoSession {
  /** Counts from the first session of history, which is 0. */
  readonly number: number;
  readonly day: TradingDay;
  readonly tickers: readonly string[];
  readonly columns: Columns;
  /** One row each. */
  readonly indices: Readonly<Record<IndexCode, Columns>>;
  readonly patterns: readonly SeededPattern[];
}

export interface Demo {
  readonly seed: number;
  /** Sessions of history. */
  readonly sessions: number;
  readonly instruments: readonly Instrument[];
  readonly setting: Setting;
  /** Before the first session of history. */
  initial(): DemoState;
  /** The session after `state`; `state` stays as it is. */
  next(state: DemoState): { readonly state: DemoState; readonly session: DemoSession };
}

/** Smaller for tests; absent is what ships. */
export interface DemoSize {
  readonly shares?: number;
  readonly sessions?: number;
}

/** Equal seeds and sizes give equal markets. Below about 1,100 shares a session does not always complete a scenario. */
export function makeDemo(seed: number, size: DemoSize = {}): Demo {
  const { shares = DEMO_SHARES, sessions = HISTORY_SESSIONS } = size;
  const slots = slotsOf(seed, shares);
  const traits = traitsOf(seed, slots);
  const listed = listingSessions(seed, slots, sessions);
  const instruments = instrumentsOf(seed, sessions, { slots, traits, listed });
  const barred = (i: number): boolean => (listed[i] ?? 0) > 0 || instruments[i]?.notice !== null;
  const scenarios = scenariosOf(seed, schedulesOf(seed, slots, traits, barred));
  const setting = { seed, traits, listed, scenarios };
  return {
    seed,
    sessions,
    instruments,
    setting,
    initial: () => firstState(setting),
    next: (state) => nextSession(setting, sessions, state),
  };
}

function nextSession(
  setting: Setting,
  sessions: number,
  start: DemoState,
): { readonly state: DemoState; readonly session: DemoSession } {
  const state = copyState(start);
  const number = start.session;
  if (start.shapes < SHAPES) {
    joinShapes(setting, state.shares, number);
  }
  const after = number - sessions + 1;
  const day = demoDay(after);
  const count = state.shares.close.length;
  const factors = stepMarket(setting.seed, number, state.market);
  const sums = new IndexSums(1);
  const rows = emptyColumns(count);
  const row = blankRow();
  const tickers: string[] = [];
  const patterns: SeededPattern[] = [];
  for (let i = 0; i < count; i++) {
    const before = state.shares.close[i]! * state.shares.shares[i]!;
    const played = stepShare(setting, state.shares, factors, i, row);
    if (played === "absent") {
      continue;
    }
    if (isOld(setting, i, number)) {
      sums.add(setting.traits.board[i]!, 0, before, state.shares.shares[i]!, row);
    }
    putRow(rows, tickers.length, day, row);
    tickers.push(demoTicker(i));
    const pattern = played && seededPatternOf(played, state.shares.anchor[i]!, demoTicker(i), after);
    if (pattern !== null) {
      patterns.push(pattern);
    }
  }
  const indices = indexRows(setting.seed, sums, state, number, Float64Array.of(day));
  const done = { number, day, tickers, columns: firstRows(rows, tickers.length), indices, patterns };
  return { state: { ...state, shapes: SHAPES, session: number + 1 }, session: done };
}
