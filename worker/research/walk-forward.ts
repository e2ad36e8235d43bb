/**
 * EV1: the past session by session. Each is judged by the product's own scan on the rows up to it, each listing is
 * kept by the product's own lifecycle, and what could be bought is noted for four cohorts. Nothing later is read but
 * the prices of the orders that stand.
 */
import { assert } from "../core/assert.ts";
import { type Columns, rowsUntil } from "../core/bars/columns.ts";
import { makeChance } from "../core/outcome/chance.ts";
import type { IndexCode } from "../core/instrument/instrument.ts";
import { type History, historyOf } from "../core/outcome/history.ts";
import type { Params } from "../core/params.ts";
import { type Listing, scan } from "../core/scan/scan.ts";
import type { Signal } from "../core/lifecycle/signal.ts";
import type { PriceGrid } from "../core/bars/tick-size.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { Verdict } from "../core/vcp/verdict.ts";
import { type Cohort, enterAtOpen, type Entry, type Occasion, type Refusal, TriggerOrders } from "./entry.ts";
import { SignalBook } from "./signal-book.ts";

/** A whole market with its past. */
export interface StudyInput {
  readonly listings: readonly Listing[];
  /** Ascending sessions of the exchange (SE1). */
  readonly sessions: readonly TradingDay[];
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  readonly params: Params;
  readonly seed: number;
  readonly grid?: PriceGrid;
  /** The bars are of no exchange, whatever their tickers look like (EV1j). */
  readonly madeUp?: boolean;
  /** Called after each session with the sessions judged and how many there are. */
  readonly onSession?: (judged: number, of: number) => void;
}

/** What one cohort met, in the order of time. */
export type Fates = Readonly<Record<Cohort, readonly (Entry | Refusal)[]>>;

/** What the walk found, before anything is measured. */
export interface Walk {
  readonly histories: readonly History[];
  readonly fates: Fates;
  /** Shares that were eligible on each session, by their place; empty before the first one judged. */
  readonly eligible: readonly (readonly number[])[];
  /** Place of the first session judged; `null` when the bars are too few for any. */
  readonly from: number | null;
}

/** Eligible names drawn a session for the baseline of random dates. */
const DRAWN = 20;

/**
 * The first session on which half of the shares that traded have the 253 bars of a rating: before it, strength would
 * be a rank among the few old names. Halted rows count here; the scan itself does not count them.
 */
function firstJudged({ listings, sessions, params }: StudyInput): number | null {
  for (const [s, day] of sessions.entries()) {
    const here = listings.filter(({ columns }) => columns.day[rowsUntil(columns, day) - 1] === day);
    const grown = here.filter(({ columns }) => rowsUntil(columns, day) > params.year);
    if (grown.length > 0 && 2 * grown.length >= here.length) {
      return s;
    }
  }
  return null;
}

class Walker {
  readonly #x: StudyInput;
  readonly #listings: readonly Listing[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #book: SignalBook;
  readonly #orders: TriggerOrders;
  readonly #open: Record<"signal_open" | "template_open" | "random_open", (Entry | Refusal)[]> = {
    signal_open: [],
    template_open: [],
    random_open: [],
  };
  /** Tickers that stood in the template without a base on the session before. */
  #templates: ReadonlySet<string> = new Set();
  readonly histories: readonly History[];

  constructor(x: StudyInput) {
    this.#x = x;
    // EL2 needs the notices of each past day; the file has those of its own day, which would be knowledge of the future.
    this.#listings = x.listings
      .map((one) => ({ ...one, instrument: one.instrument && { ...one.instrument, notice: null } }))
      .toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));
    this.#places = new Map(this.#listings.map(({ ticker }, place) => [ticker, place]));
    this.histories = this.#listings.map(({ columns }) => historyOf(columns, x.sessions));
    this.#book = new SignalBook((ticker) => this.#listings[this.#placeOf(ticker)]?.columns ?? null, x.params);
    this.#orders = new TriggerOrders(this.histories);
  }

  get fates(): Fates {
    return { ...this.#open, signal_trigger: [...this.#orders.fates] };
  }

  /** Judges one session; the eligible shares by their place. */
  step(session: number): readonly number[] {
    const { sessions, indices, params, grid = "krx" } = this.#x;
    const until = sessions.slice(0, session + 1);
    this.#orders.fill(session);
    const day = until.at(-1) ?? null;
    const result = scan({
      listings: this.#listings,
      sessions: until,
      indices,
      params,
      asOf: day,
      grid,
      incumbents: this.#book.incumbents,
    });
    assert(result !== null && day !== null, "A session is judged");
    const gate = result.gate.status;
    const { born, touched } = this.#book.settle(result, until);
    for (const signal of born) {
      const occasion = this.#signalOccasion("signal_open", signal, session, gate);
      this.#enter("signal_open", occasion, signal.base.risk);
    }
    for (const signal of touched) {
      this.#orders.place(signal, this.#signalOccasion("signal_trigger", signal, session, gate));
    }
    const eligible = result.verdicts.filter((verdict) => verdict.eligibility.ok);
    this.#enterTemplates(eligible, session, gate);
    this.#enterRandom(eligible, session, gate);
    return eligible.map(({ ticker }) => this.#placeOf(ticker));
  }

  /** The first session of each stay: all eight conditions hold and no base stands. */
  #enterTemplates(eligible: readonly Verdict[], session: number, gate: Occasion["gate"]): void {
    const standing = eligible.filter(({ passed, valid }) => passed === 8 && !valid);
    for (const verdict of standing.filter(({ ticker }) => !this.#templates.has(ticker))) {
      this.#enterBaseline("template_open", verdict, session, gate);
    }
    this.#templates = new Set(standing.map(({ ticker }) => ticker));
  }

  /** Draws of their own each session, so that a longer study has the same ones before. */
  #enterRandom(eligible: readonly Verdict[], session: number, gate: Occasion["gate"]): void {
    const random = makeChance(this.#x.seed + (this.#x.sessions[session] ?? 0));
    for (let i = 0; i < DRAWN; i++) {
      const verdict = eligible[Math.floor(random() * eligible.length)];
      if (verdict !== undefined) {
        this.#enterBaseline("random_open", verdict, session, gate);
      }
    }
  }

  #enterBaseline(
    cohort: "template_open" | "random_open",
    { ticker, market }: Verdict,
    session: number,
    gate: Occasion["gate"],
  ): void {
    const share = this.#placeOf(ticker);
    const named = { cohort, share, ticker, market, session, gate };
    const occasion = { ...named, signalId: null, grade: null, contractions: null };
    // Without a base there is no plan: the largest risk that a plan may take.
    this.#enter(cohort, occasion, this.#x.params.plan.maxRisk);
  }

  #signalOccasion(cohort: Cohort, signal: Signal, session: number, gate: Occasion["gate"]): Occasion {
    const { ticker, grade, id } = signal;
    const contractions = signal.base.contractions.length;
    const share = this.#placeOf(ticker);
    // A signal always names a market; a share that no master names has none.
    const market = this.#listings[share]?.instrument?.market ?? null;
    return { cohort, share, ticker, market, session, signalId: id, grade, contractions, gate };
  }

  #enter(cohort: "signal_open" | "template_open" | "random_open", occasion: Occasion, risk: number): void {
    const history = this.histories[occasion.share];
    assert(history, `${occasion.ticker} has no history`);
    this.#open[cohort].push(enterAtOpen(occasion, history, risk));
  }

  #placeOf(ticker: string): number {
    const place = this.#places.get(ticker);
    assert(place !== undefined, `${ticker} is not among the study's shares`);
    return place;
  }
}

/** Session by session, each judged on the rows up to it. */
export function walkForward(x: StudyInput): Walk {
  const walker = new Walker(x);
  const from = firstJudged(x);
  const eligible: (readonly number[])[] = x.sessions.map(() => []);
  const first = from ?? x.sessions.length;
  for (let session = first; session < x.sessions.length; session++) {
    eligible[session] = walker.step(session);
    x.onSession?.(session - first + 1, x.sessions.length - first);
  }
  return { histories: walker.histories, fates: walker.fates, eligible, from };
}
