/** A market of many shares that never existed, with all that keeps a share off the list: for whole scans. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import type {
  IndexCode,
  Instrument,
  InstrumentKind,
  Market,
  Notice,
} from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import type { ScanInput } from "../../core/scan/scan.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { buildBase, LAST_DAY, TEXTBOOK_BASE, weekdaysUntil } from "../builders/base-builder.ts";
import type { NaiveListing } from "./naive-verdict.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";
import { tickerOf } from "../../core/nominal.ts";

export interface Universe {
  readonly listings: readonly NaiveListing[];
  readonly sessions: readonly TradingDay[];
  readonly indices: Readonly<Partial<Record<IndexCode, readonly Row[]>>>;
}

/** Index and length are those of the sessions, so that every universe holds young shares and full histories. */
const SESSIONS = 420;

function pick<T>(random: () => number, often: T, rare: readonly T[], share: number): T {
  return random() < share ? (rare[Math.floor(random() * rare.length)] ?? often) : often;
}

function instrumentOf(ticker: string, random: () => number): Instrument {
  const industry = `업종 ${Math.floor(random() * 4)}`;
  return {
    ticker: tickerOf(ticker),
    name: `회사 ${ticker}`,
    market: pick<Market>(random, random() < 0.5 ? "KOSPI" : "KOSDAQ", ["KONEX"], 0.04),
    kind: pick<InstrumentKind>(random, "common", ["preferred", "spac", "reit", "fund"], 0.08),
    notice: pick<Notice | null>(random, null, ["administration", "caution", "liquidation"], 0.08),
    industry: pick<string | null>(random, industry, [null], 0.1),
    listedOn: null,
    nameEn: null,
    listedShares: null,
  };
}

/** A walk over the last of the days, with halts, days without a row, and now and then a move that no limit allows. */
function walkRows(days: readonly TradingDay[], random: () => number): Row[] {
  const normal = makeNormal(random);
  const spread = 0.01 + 0.025 * random();
  const drift = 0.003 * (random() - 0.4);
  const [halting, missing] = [pick(random, 0, [0.02, 0.06, 0.3], 0.3), random() < 0.2 ? 0.08 : 0];
  const withValue = random() < 0.3;
  let close: number = tickDown(600 * 100 ** random(), "krx");
  const volume = 10 ** (8.5 + 2.5 * random()) / close;
  const first = days.length - pick(random, days.length, [40, 59, 60, 119, 130, 251, 252, 253], 0.3);
  return days.slice(first).flatMap((day) => {
    if (random() < missing) {
      return [];
    }
    const rest = { shares: null, base: null };
    if (random() < halting) {
      return [{ day, open: 0, high: 0, low: 0, close, volume: 0, value: withValue ? 0 : null, ...rest }];
    }
    const jump = random() < 0.000_3 ? 0.4 : 0;
    const open = close;
    close = Math.max(100, tickDown(close * Math.exp(drift + spread * normal() + jump), "krx"));
    const high = tickUp(Math.max(open, close) * (1 + 0.4 * spread * random()), "krx");
    const low = tickDown(Math.min(open, close) * (1 - 0.4 * spread * random()), "krx");
    const traded = Math.ceil(volume * (0.4 + random()));
    return [
      { day, open, high, low, close, volume: traded, value: withValue ? traded * open : null, ...rest },
    ];
  });
}

function indexRows(days: readonly TradingDay[], start: number, random: () => number): Row[] {
  const normal = makeNormal(random);
  let close = start;
  return days.map((day) => {
    const open = close;
    close *= Math.exp(0.000_3 + 0.009 * normal());
    const [high, low] = [Math.max(open, close) * 1.002, Math.min(open, close) * 0.998];
    const volume = Math.ceil(4e8 * (0.7 + 0.6 * random()));
    return { day, open, high, low, close, volume, value: null, shares: null, base: null };
  });
}

/** Every eighth share has a base; every eleventh the closes of the one before it, so that ratings tie. */
export function randomUniverse(seed: number, shares: number): Universe {
  const random = makeRandom(seed);
  const sessions = weekdaysUntil(LAST_DAY, SESSIONS);
  const listings: NaiveListing[] = [];
  for (let i = 0; i < shares; i++) {
    const ticker = `8${String(i).padStart(4, "0")}0`;
    const instrument = random() < 0.1 ? null : instrumentOf(ticker, random);
    const gain = 0.4 + 0.8 * random();
    const high = 3_000 * 60 ** random();
    const based = { ...TEXTBOOK_BASE, gain, high, seed: seed + i, last: -0.1 * random() };
    const walked = i % 8 === 0 ? buildBase(based) : walkRows(sessions, random);
    const rows = i % 11 === 10 ? (listings.at(-1)?.rows ?? walked) : walked;
    listings.push({ ticker, instrument, unlisted: instrument === null && i % 2 === 0, rows });
  }
  // One index lacks a few days, as real files do.
  const holes = indexRows(sessions, 800, random).filter(() => random() > 0.01);
  return { listings, sessions, indices: { KOSPI: indexRows(sessions, 2_500, random), KOSDAQ: holes } };
}

/** The universe as `scan` takes it. */
export function scanInput({ listings, sessions, indices }: Universe, asOf: TradingDay | null): ScanInput {
  return {
    listings: listings.map((one) => ({ ...one, columns: columnsOf(one.rows) })),
    sessions,
    indices: {
      ...(indices.KOSPI && { KOSPI: columnsOf(indices.KOSPI) }),
      ...(indices.KOSDAQ && { KOSDAQ: columnsOf(indices.KOSDAQ) }),
    },
    params: PARAMS,
    asOf,
  };
}
