/** The demo market as the feed drives it: the generator behind the {@link SimulatedMarket} port. */
import type { IndexColumns, SimulatedMarket, LiveSession } from "../../app/ports/simulated-market.ts";
import { assert } from "../../core/assert.ts";
import { type Columns, rowAt, viewOf } from "../../core/bars/columns.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { type Demo, type DemoSession, makeDemo } from "./demo-market.ts";
import { decodeState, type DemoState, encodeState } from "./demo-state.ts";
import { historyOf } from "./history.ts";
import { quoteAt } from "./intraday.ts";
import { makePath, type SessionPath } from "./session-path.ts";

const { grid, indices: CODES } = profileOf("DEMO");

/** The demo as the port has it. */
export function demoSource(seed: number, sessions?: number, shares?: number): SimulatedMarket {
  const demo = makeDemo(seed, {
    ...(sessions !== undefined && { sessions }),
    ...(shares !== undefined && { shares }),
  });
  return {
    source: "demo",
    instruments: demo.instruments,
    history: () => encodedHistory(demo),
    after: (bytes) => {
      const state = decodeState(bytes);
      assert(state !== null, "The demo's state cannot be read");
      return running(demo, state);
    },
  };
}

function* encodedHistory(demo: Demo): ReturnType<SimulatedMarket["history"]> {
  const { state, indices } = yield* historyOf(demo);
  return { state: encodeState(state), indices: columnsOf(indices) };
}

function columnsOf(indices: Readonly<Record<IndexCode, Columns>>): IndexColumns {
  return CODES.map((code) => ({ code, columns: indices[code] }));
}

/** Slots beyond every share, so that an index has a path of its own. */
const INDEX_SLOTS: Readonly<Record<IndexCode, number>> = { KOSPI: 100_001, KOSDAQ: 100_002 };

/** The session that follows `state`. The path of a ticker is made at its first quote and kept for the session. */
function running(demo: Demo, state: DemoState): LiveSession {
  const { session, state: end } = demo.next(state);
  const places = new Map(session.tickers.map((ticker, row) => [ticker, row]));
  const slots = new Map<string, number>(demo.instruments.map(({ ticker }, slot) => [ticker, slot]));
  const paths = new Map<string, PricePath | null>();
  const pathOf = (key: string, make: () => PricePath | null): PricePath | null => {
    const known = paths.get(key);
    const found = known === undefined ? make() : known;
    paths.set(key, found);
    return found;
  };
  return {
    day: session.day,
    rows: () =>
      session.tickers.map((ticker, row) => ({ ticker, columns: viewOf(session.columns, row, row + 1) })),
    indexRows: () => columnsOf(session.indices),
    quote: (ticker, elapsed) => {
      const row = places.get(ticker);
      const slot = slots.get(ticker);
      if (row === undefined || slot === undefined) {
        return null;
      }
      const found = pathOf(ticker, () => sharePath(demo, session, row, slot, state.shares.close[slot] ?? 0));
      return found && { ...quoteAt(found.path, elapsed), previous: found.previous };
    },
    index: (code, elapsed) => {
      const previous = state.indices[CODES.indexOf(code)] ?? 0;
      const found = pathOf(code, () => indexPath(demo, session, code, previous));
      if (found === null) {
        return { price: previous, volume: 0, previous };
      }
      const { price, volume } = quoteAt(found.path, elapsed);
      return { price, volume, previous: found.previous };
    },
    end: () => encodeState(end),
  };
}

interface PricePath {
  readonly path: SessionPath;
  readonly previous: number;
}

/** After a corporate action the change counts from the exchange's base price, not from the close before. */
function sharePath(
  demo: Demo,
  session: DemoSession,
  row: number,
  slot: number,
  close: number,
): PricePath | null {
  const bar = rowAt(session.columns, row);
  const previous = bar.base ?? (close > 0 ? close : bar.open);
  const path = makePath(demo.seed, slot, session.number, { ...bar, previous, grid });
  return path && { path, previous };
}

function indexPath(demo: Demo, session: DemoSession, code: IndexCode, previous: number): PricePath | null {
  const bar = rowAt(session.indices[code], 0);
  const path = makePath(demo.seed, INDEX_SLOTS[code], session.number, { ...bar, previous, grid: "cents" });
  return path && { path, previous };
}
