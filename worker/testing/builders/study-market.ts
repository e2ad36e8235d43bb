/** A small market with a past to study: bases that end on different days, each with an aftermath, among plain walks. */
import { assert } from "../../core/assert.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import type { Listing } from "../../core/scan/scan.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { StudyInput } from "../../research/walk-forward.ts";
import { buildBase, LAST_DAY, TEXTBOOK_BASE, weekdaysUntil } from "./base-builder.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";
import { tickerOf } from "../../core/nominal.ts";

const SESSIONS = 345;
const NONE = { value: null, shares: null, base: null };

/** Rows on `days` that go on from a close; `drift` and `spread` are fractions a day. */
function walk(from: number, days: readonly TradingDay[], drift: number, spread: number, seed: number): Row[] {
  const random = makeRandom(seed);
  const normal = makeNormal(random);
  let close = from;
  return days.map((day) => {
    const open = tickDown(close * (1 + 0.3 * spread * normal()), "krx");
    close = Math.max(1_500, tickDown(close * Math.exp(drift + spread * normal()), "krx"));
    const high = tickUp(Math.max(open, close) * (1 + 0.4 * spread * random()), "krx");
    const low = tickDown(Math.min(open, close) * (1 - 0.4 * spread * random()), "krx");
    return { day, open, high, low, close, volume: Math.ceil(500_000 * (0.5 + random())), ...NONE };
  });
}

function basedRows(i: number, days: readonly TradingDay[]): Row[] {
  const end = 288 + Math.floor(1.4 * i);
  const shape = { ...TEXTBOOK_BASE, gain: 0.5 + 0.02 * (i % 16), high: 8_000 * ((i % 16) + 2), seed: i + 1 };
  const base = buildBase(shape, days[end]);
  const close = base.at(-1)?.close ?? 0;
  return [...base, ...walk(close, days.slice(end + 1), i % 3 === 0 ? 0.006 : -0.002, 0.018, i + 100)];
}

function listingOf(ticker: string, rows: readonly Row[], market: Instrument["market"]): Listing {
  const rest = {
    kind: "common",
    notice: null,
    industry: null,
    listedOn: null,
    nameEn: null,
    listedShares: null,
  } as const;
  return {
    ticker,
    instrument: { ticker: tickerOf(ticker), name: ticker, market, ...rest },
    columns: columnsOf(rows),
  };
}

export const STUDY_SESSIONS: readonly TradingDay[] = weekdaysUntil(LAST_DAY, SESSIONS);

/** 36 shares with a base and 8 without; both indices. */
export function studyMarket(seed = 1): StudyInput {
  const days = STUDY_SESSIONS;
  const based = Array.from({ length: 36 }, (_, i) =>
    listingOf(`70${String(i).padStart(2, "0")}00`, basedRows(i, days), i % 2 === 0 ? "KOSPI" : "KOSDAQ"),
  );
  const plain = Array.from({ length: 8 }, (_, i) =>
    listingOf(`80${String(i).padStart(2, "0")}00`, walk(20_000, days, 0.0015, 0.015, i + 500), "KOSPI"),
  );
  assert(based.length + plain.length === 44, "The market has 44 shares");
  return {
    listings: [...based, ...plain],
    sessions: days,
    indices: {
      KOSPI: columnsOf(walk(2_500, days, 0.0004, 0.007, 901)),
      KOSDAQ: columnsOf(walk(8_000, days, 0.0002, 0.009, 902)),
    },
    params: PARAMS,
    seed,
  };
}
