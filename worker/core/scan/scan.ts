/**
 * SN: one pass over a market, verdicts out. Pure: the same listings, indices, parameters and as-of day give the same
 * result in the same order. One ticker is in memory at a time; what is kept of it is its half-finished verdict,
 * because relative strength is known only when all have been read.
 */
import { tickerOf } from "../nominal.ts";
import { adjust } from "../bars/adjust.ts";
import { asOf as untilDay, type Columns } from "../bars/columns.ts";
import { baseOf } from "../vcp/base.ts";
import { BaseSearch, type Incumbent } from "../vcp/base-search.ts";
import { Breadth } from "./breadth.ts";
import type { BaseReading } from "../vcp/base-reading.ts";
import { eligibilityOf, type Liquidity, liquidityOf } from "./eligibility.ts";
import { gateOn } from "./gate.ts";
import type { IndexCode, Instrument } from "../instrument/instrument.ts";
import type { Params } from "../params.ts";
import { PatternTime } from "../bars/pattern-time.ts";
import { isRanked, rate } from "./rate.ts";
import { IndexLine, rawStrength, type StrengthLine, strengthLine } from "./relative-strength.ts";
import { funnelOf, rejectsOf } from "./funnel.ts";
import { nearMissOf, ownMiss } from "./near-miss.ts";
import type { ScanResult } from "./scan-result.ts";
import { baseTerms } from "../vcp/score.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import { firstUnmetShareRule } from "../vcp/share-rules.ts";
import { passedOf, type Trend, trendOf, trendTemplate } from "../vcp/trend-template.ts";
import type { Flag } from "../vcp/verdict.ts";
import { conclude, type Finding } from "./conclude.ts";
import type { PriceGrid } from "../bars/tick-size.ts";

/** One ticker's raw rows; `instrument` is `null` when no master names it: without any master it counts as a common share. */
export interface Listing {
  readonly ticker: string;
  readonly instrument: Instrument | null;
  /** EL5: a master exists, and it does not have the ticker. */
  readonly unlisted?: boolean;
  readonly columns: Columns;
}

/** All that a scan reads: it asks no clock and no store. */
export interface ScanInput {
  readonly listings: Iterable<Listing>;
  /** Ascending sessions of the exchange (SE1). */
  readonly sessions: readonly TradingDay[];
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  readonly params: Params;
  /** The session to judge; `null`: the last one. A day between sessions means the session before it. */
  readonly asOf: TradingDay | null;
  readonly grid?: PriceGrid;
  /** LCI3: by ticker what its open signal before the trigger stands on. */
  readonly incumbents?: ReadonlyMap<string, Incumbent>;
  /** Called after each ticker with the number read so far. */
  readonly onRead?: (read: number) => void;
}

/**
 * One verdict a ticker, with funnel, rejects and gate; `null` when there is no session on or before the as-of day.
 *
 * @example
 * const listings = [{ ticker: "005930", instrument: null, columns }];
 * const result = scan({ listings, sessions, indices: {}, params: PARAMS, asOf: null });
 * const [verdict] = result?.verdicts ?? [];
 * verdict?.base?.footprint ?? verdict?.nearMiss?.rule; // "40W 31/3 4T", or the first unmet rule
 */
export function scan(input: ScanInput): ScanResult | null {
  const sessions = input.asOf === null ? input.sessions : until(input.sessions, input.asOf);
  const day = sessions.at(-1);
  if (day === undefined) {
    return null;
  }
  const reader = new Reader(input, sessions, day);
  const findings: Finding[] = [];
  for (const listing of input.listings) {
    findings.push(reader.read(listing));
    input.onRead?.(findings.length);
  }
  findings.sort((a, b) => (a.ticker < b.ticker ? -1 : 1));
  const { verdicts, incumbents } = reader.conclude(findings, rate(findings), day);
  return {
    asOf: day,
    paramsVersion: input.params.version,
    funnel: funnelOf(verdicts),
    rejects: rejectsOf(verdicts),
    verdicts,
    incumbents,
    gate: gateOn(day, input.indices, reader.breadth.shares()),
  };
}

function until(sessions: readonly TradingDay[], day: TradingDay): readonly TradingDay[] {
  const after = sessions.findIndex((session) => session > day);
  return after < 0 ? sessions : sessions.slice(0, after);
}

/** What is known of a ticker with too few bars to judge (BR5). */
const UNJUDGED = {
  rsRaw: null,
  ranked: false,
  line: null,
  trend: null,
  base: null,
  terms: null,
  nearMiss: null,
  flags: [],
} as const;

/** A ticker's rows as one session knows them. */
export interface KnownRows {
  readonly day: TradingDay;
  /** In the shares of the last known row, or of a later one of the same shares. */
  readonly columns: Columns;
  /** How many of the rows are known; all of them without it. */
  readonly rows?: number;
  readonly liquidity: Liquidity;
}

/** Everything about a ticker that does not need the others. Buffers are reused from ticker to ticker. */
export class Reader {
  readonly breadth: Breadth = new Breadth();
  /** LCI3: tickers with a signal before its trigger, by the reading of that signal's own base. */
  readonly incumbents: Map<string, Finding> = new Map();
  /** The bars that {@link judge} judges: those of the ticker up to the session, and no later one. */
  readonly bars: PatternTime = new PatternTime();
  readonly #search: BaseSearch;
  readonly #lines: Readonly<Partial<Record<IndexCode, IndexLine>>>;
  readonly #input: ScanInput;
  readonly #sessions: readonly TradingDay[];
  readonly #day: TradingDay;

  constructor(input: ScanInput, sessions: readonly TradingDay[], day: TradingDay) {
    this.#input = input;
    this.#sessions = sessions;
    this.#day = day;
    this.#search = new BaseSearch(this.bars, input.params);
    const { KOSPI, KOSDAQ } = input.indices;
    this.#lines = {
      ...(KOSPI && { KOSPI: new IndexLine(KOSPI) }),
      ...(KOSDAQ && { KOSDAQ: new IndexLine(KOSDAQ) }),
    };
  }

  /** Loads the rows of a listing up to the session, and judges them. */
  read(listing: Listing): Finding {
    const { params } = this.#input;
    const { columns: raw } = listing;
    const rows = untilDay(raw, this.#day);
    const { columns } = adjust(rows);
    this.bars.load(columns);
    const liquidity = liquidityOf(rows, this.#sessions, params.eligibility);
    return this.judge(listing, { day: this.#day, columns, liquidity });
  }

  /** Judges the bars that are loaded: a walk over many sessions loads them once and shows one more each session. */
  judge({ ticker: code, instrument, unlisted }: Omit<Listing, "columns">, known: KnownRows): Finding {
    const ticker = tickerOf(code);
    const { params, grid = "krx" } = this.#input;
    const { bars } = this;
    const { day, liquidity } = known;
    const eligibility = eligibilityOf({ instrument, unlisted, bars, asOf: day, ...known }, params);
    const share = {
      ticker,
      instrument,
      lastDay: bars.n === 0 ? null : bars.dayAt(bars.last),
      close: bars.n === 0 ? null : (bars.close[bars.last] ?? null),
      bars: bars.n,
      eligibility,
      leaderValue: liquidity.medianValue >= params.eligibility.leaderValue,
    };
    if (bars.n < params.young.judged) {
      return { ...share, ...UNJUDGED };
    }
    const trend = trendOf(bars, params.year);
    const line = strengthLine(bars, this.#indexOf(instrument), params.year);
    if (eligibility.ok) {
      this.breadth.add(bars, trend, params.year, instrument);
    }
    const leads = mayLead(trend, bars.n, params);
    const reading = leads ? this.#search.best() : null;
    const nearMiss = leads && reading === null ? nearMissOf(this.#search, grid, params) : null;
    const written = writeDown(reading, { bars: bars.n, line, grid, params });
    // Field by field: spreading one object into another costs more than all its fields.
    const finding: Finding = {
      ticker,
      instrument,
      lastDay: share.lastDay,
      close: share.close,
      bars: bars.n,
      eligibility,
      leaderValue: share.leaderValue,
      rsRaw: rawStrength(bars),
      ranked: isRanked(share, day),
      line,
      trend,
      base: written.base,
      terms: written.terms,
      nearMiss,
      flags: written.flags,
    };
    this.#recall(finding);
    return finding;
  }

  /** The verdicts of findings with their ratings, and those on the patterns of the signals that were recalled with them. */
  conclude(
    findings: readonly Finding[],
    rated: readonly (number | null)[],
    day: TradingDay,
  ): Pick<ScanResult, "verdicts" | "incumbents"> {
    const { params } = this.#input;
    const verdicts = findings.map((finding, i) => conclude(finding, rated[i] ?? null, day, params));
    const incumbents = verdicts.flatMap(({ ticker, rs }) => {
      const finding = this.incumbents.get(ticker);
      return finding === undefined ? [] : [[ticker, conclude(finding, rs, day, params, "keep")] as const];
    });
    return { verdicts, incumbents: new Map(incumbents) };
  }

  /** LCI3: the pattern that the ticker's signal stands on, as long as it stands. */
  #recall(finding: Finding): void {
    const { params, grid = "krx", incumbents } = this.#input;
    const incumbent = incumbents?.get(finding.ticker);
    if (incumbent === undefined) {
      return;
    }
    const reading = this.#search.incumbent(incumbent);
    const nearMiss = reading === null ? ownMiss(this.#search.readingOf(incumbent), grid, params) : null;
    const written = writeDown(reading, { bars: finding.bars, line: finding.line, grid, params });
    this.incumbents.set(finding.ticker, { ...finding, ...written, nearMiss });
  }

  /** RS3: the index of the share's own market; an unknown market and one without an index here have none. */
  #indexOf(instrument: Instrument | null): IndexLine | null {
    const market = instrument?.market;
    return market === "KOSPI" || market === "KOSDAQ" ? (this.#lines[market] ?? null) : null;
  }
}

interface Surroundings {
  readonly bars: number;
  readonly line: StrengthLine | null;
  readonly grid: PriceGrid;
  readonly params: Params;
}

/** What a finding keeps of the reading, which is pointed elsewhere next. */
function writeDown(
  reading: BaseReading | null,
  { bars, line, grid, params }: Surroundings,
): Pick<Finding, "base" | "terms" | "flags"> {
  const written = reading && baseOf(reading, grid, params);
  const flags: Flag[] = bars < params.young.full ? ["young"] : [];
  if (written !== null) {
    flags.push(...written.flags);
  }
  if (line?.newHigh) {
    flags.push("rs_line_high");
  }
  if (line?.leads) {
    flags.push("rs_line_leads");
  }
  return { base: written?.base ?? null, terms: reading && baseTerms(reading, params), flags };
}

/** Whether any rating could list the share: three of four are refused here, before a base is looked for. */
function mayLead(trend: Trend, bars: number, params: Params): boolean {
  const judged = bars >= params.young.full;
  // With the best rating the one rule that needs it holds.
  const passed = judged ? passedOf(trendTemplate(trend, 99, true, params)) : null;
  return firstUnmetShareRule({ trend, passed, rs: null }, "keep", params) === null;
}
