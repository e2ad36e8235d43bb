/**
 * EV1l: the walk of a study as it is defined, a scan of the whole market for each session on the rows up to it. What the
 * study does share by share has to give the same.
 */
import { assert } from "../../core/assert.ts";
import { makeChance } from "../../core/outcome/chance.ts";
import { type History, historyOf } from "../../core/outcome/history.ts";
import { type Listing, scan } from "../../core/scan/scan.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import {
  type Cohort,
  enterAtOpen,
  type Entry,
  type Occasion,
  type Refusal,
  TriggerOrders,
} from "../../research/entry.ts";
import { SignalBook } from "../../research/signal-book.ts";
import { DRAWN, type Fates, type StudyInput, type Walk } from "../../research/walk-forward.ts";

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
  readonly #histories: readonly History[];

  constructor(x: StudyInput, listings: readonly Listing[]) {
    this.#x = x;
    this.#listings = listings;
    this.#places = new Map(this.#listings.map(({ ticker }, place) => [ticker, place]));
    this.#histories = this.#listings.map(({ columns }) => historyOf(columns, x.sessions));
    this.#book = new SignalBook(x.params);
    this.#orders = new TriggerOrders(this.#histories);
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
    const { born, touched } = this.#book.settle(
      result,
      until,
      (ticker) => this.#listings[this.#placeOf(ticker)]?.columns ?? null,
    );
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
    const history = this.#histories[occasion.share];
    assert(history, `${occasion.ticker} has no history`);
    this.#open[cohort].push(enterAtOpen(occasion, history, risk));
  }

  #placeOf(ticker: string): number {
    const place = this.#places.get(ticker);
    assert(place !== undefined, `${ticker} is not among the study's shares`);
    return place;
  }
}

/** `shares` and the first session judged are those of the walk that is checked. */
export function dailyWalk(x: StudyInput, { shares, from }: Pick<Walk, "shares" | "from">): Walk {
  const walker = new Walker(x, shares);
  const first = from ?? x.sessions.length;
  const eligible = x.sessions.map((_, session) =>
    Uint32Array.from(session < first ? [] : walker.step(session)),
  );
  return { shares, fates: walker.fates, eligible, from };
}
