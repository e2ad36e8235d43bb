/**
 * EV1: one share from the first judged session to the last. Each session is judged on the rows up to it by the scan's own
 * reader, each listing is kept by the product's own lifecycle, and what could be bought is noted.
 */
import type { Incumbent } from "../core/vcp/base-search.ts";
import { assert } from "../core/assert.ts";
import type { Columns } from "../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../core/calendar/trading-day.ts";
import type { Market, IndexCode } from "../core/instrument/instrument.ts";
import type { Signal } from "../core/lifecycle/signal.ts";
import { type History, historyOf } from "../core/outcome/history.ts";
import { liquidityIn } from "../core/scan/eligibility.ts";
import type { GateStatus } from "../core/scan/gate.ts";
import type { PriceGrid } from "../core/bars/tick-size.ts";
import { type Listing, Reader } from "../core/scan/scan.ts";
import type { ScanResult } from "../core/scan/scan-result.ts";
import type { CrossSection, WalkPlan } from "./cross-section.ts";
import { type Cohort, enterAtOpen, type Entry, type Occasion, type Refusal, TriggerOrders } from "./entry.ts";
import { SharePast } from "./share-past.ts";
import { MEMORY_DAYS } from "../app/jobs/run-scan.ts";
import { SignalBook } from "./signal-book.ts";

const NONE: ReadonlyMap<string, Incumbent> = new Map();

/** What became of an occasion, and the place of the session that named it. */
export interface Fate {
  readonly session: number;
  readonly fate: Entry | Refusal;
}

/** What came of one share, in the order of time. */
export type ShareFates = Readonly<Record<Cohort, readonly Fate[]>>;

type TickerResult = Pick<ScanResult, "verdicts" | "incumbents">;
type OpenCohort = Exclude<Cohort, "signal_trigger">;

/** What the sessions of all shares have in common. */
export interface Surroundings {
  readonly plan: WalkPlan;
  readonly market: Pick<CrossSection, "isEligible" | "ratingOf">;
  /** By the place of a session. */
  readonly gates: readonly GateStatus[];
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  readonly grid: PriceGrid;
}

/** The place of the last session before a day, at or below `s`; the first one's without any. */
function placeBefore(sessions: readonly TradingDay[], s: number, day: number): number {
  let place = s;
  while (place > 0 && (sessions[place] ?? 0) >= day) {
    place -= 1;
  }
  return place;
}

/** The walk of one share. */
class Course {
  readonly book: SignalBook;
  readonly orders: TriggerOrders;
  /** The session of the first listing by id, in the order of {@link TriggerOrders.fates}. */
  readonly listedIn = new Map<string, number>();
  readonly open: Record<OpenCohort, Fate[]> = { signal_open: [], template_open: [], random_open: [] };
  /** Stood in the template without a base on the session before. */
  inTemplate = false;
  readonly #history: History;
  readonly #gates: readonly GateStatus[];
  readonly #params: WalkPlan["params"];
  readonly #named: Pick<Occasion, "share" | "ticker" | "market">;

  constructor(share: number, { ticker, instrument, columns }: Listing, { plan, gates }: Surroundings) {
    // A signal always names a market; a share that no master names has none.
    const market: Market | null = instrument?.market ?? null;
    this.#named = { share, ticker, market };
    this.#gates = gates;
    this.#params = plan.params;
    this.#history = historyOf(columns, plan.sessions);
    this.book = new SignalBook(plan.params);
    this.orders = new TriggerOrders({ [share]: this.#history });
  }

  enterSignal(signal: Signal, session: number): void {
    this.#enter("signal_open", this.#signalOccasion("signal_open", signal, session), signal.base.risk);
  }

  placeOrder(signal: Signal, session: number): void {
    this.orders.place(signal, this.#signalOccasion("signal_trigger", signal, session));
    if (!this.listedIn.has(signal.id)) {
      this.listedIn.set(signal.id, session);
    }
  }

  /** Without a base there is no plan: the largest risk that a plan may take. */
  enterBaseline(cohort: "template_open" | "random_open", session: number): void {
    const occasion = { signalId: null, grade: null, contractions: null, ...this.#on(cohort, session) };
    this.#enter(cohort, occasion, this.#params.plan.maxRisk);
  }

  get fates(): ShareFates {
    const listedIn = [...this.listedIn.values()];
    const orders = Array.from(this.orders.fates, (fate, i) => ({ session: listedIn[i] ?? 0, fate }));
    return { ...this.open, signal_trigger: orders };
  }

  #on<C extends Cohort>(
    cohort: C,
    session: number,
  ): { readonly cohort: C } & Pick<Occasion, "share" | "ticker" | "market" | "session" | "gate"> {
    const gate = this.#gates[session];
    assert(gate !== undefined, `Session ${session} has no gate`);
    return { cohort, ...this.#named, session, gate };
  }

  #signalOccasion(cohort: Cohort, { id, grade, base }: Signal, session: number): Occasion {
    const contractions = base.contractions.length;
    return { ...this.#on(cohort, session), signalId: id, grade, contractions };
  }

  #enter(cohort: OpenCohort, occasion: Occasion, risk: number): void {
    this.open[cohort].push({ session: occasion.session, fate: enterAtOpen(occasion, this.#history, risk) });
  }
}

/** Walks one share after another. Buffers are reused from share to share. */
export class ShareWalker {
  readonly #x: Surroundings;
  readonly #reader: Reader;
  readonly #past: SharePast;
  /** What the reader is asked to recall (LCI3). */
  readonly #asked = new Map<string, Incumbent>();

  constructor(x: Surroundings) {
    const { plan, indices, grid } = x;
    const { sessions, params } = plan;
    const input = { listings: [], sessions, indices, params, asOf: null, grid, incumbents: this.#asked };
    this.#x = x;
    this.#reader = new Reader(input, sessions, sessions.at(-1) ?? tradingDayOf(0));
    this.#past = new SharePast(this.#reader.bars);
  }

  /** `drawn`: sessions on which the share is drawn by lot, ascending; a share can be drawn twice in one. */
  walk(share: number, listing: Listing, drawn: readonly number[]): ShareFates {
    const { sessions, first } = this.#x.plan;
    const course = new Course(share, listing, this.#x);
    this.#past.begin(listing.columns);
    for (let s = first; s < sessions.length; s++) {
      course.orders.fill(s);
      this.#step(share, listing, s, course);
    }
    for (const session of drawn) {
      course.enterBaseline("random_open", session);
    }
    return course.fates;
  }

  #step(share: number, listing: Listing, s: number, course: Course): void {
    const day = this.#x.plan.sessions[s];
    assert(day !== undefined, `Session ${s} is not among those studied`);
    this.#past.show(day);
    const eligible = this.#x.market.isEligible(share, s);
    const isOpen = course.book.isOpen;
    if (!eligible && !isOpen) {
      course.inTemplate = false;
      return;
    }
    const result = this.#judge(share, listing, s, day, isOpen ? course.book.incumbents : NONE);
    const [verdict] = result.verdicts;
    assert(verdict, `${listing.ticker} has no verdict`);
    // As the product settles: only who is listed, or was, has anything to settle.
    if (verdict.detected || isOpen) {
      this.#settle({ asOf: day, ...result }, s, course);
    }
    // The first session of each stay: all eight conditions hold and no base stands.
    const inTemplate = eligible && verdict.passed === 8 && !verdict.valid;
    if (inTemplate && !course.inTemplate) {
      course.enterBaseline("template_open", s);
    }
    course.inTemplate = inTemplate;
  }

  /** With the sessions and rows that are asked for: settling looks at all that it is given. */
  #settle(result: TickerResult & { readonly asOf: TradingDay }, s: number, course: Course): void {
    const { sessions, params } = this.#x.plan;
    const { asOf } = result;
    const since = course.book.since(asOf);
    const rows = this.#past.recent(
      sessions[placeBefore(sessions, s, since)] ?? since,
      params.life.volumeBars + 1,
    );
    const remembered = sessions.slice(placeBefore(sessions, s, Math.min(since, asOf - MEMORY_DAYS)), s + 1);
    const { born, touched } = course.book.settle(result, remembered, () => rows);
    for (const signal of born) {
      course.enterSignal(signal, s);
    }
    for (const signal of touched) {
      course.placeOrder(signal, s);
    }
  }

  #judge(
    share: number,
    listing: Listing,
    s: number,
    day: TradingDay,
    incumbents: ReadonlyMap<string, Incumbent>,
  ): TickerResult {
    const { plan, market } = this.#x;
    const { columns, rows } = this.#past;
    const span = plan.spans[s];
    assert(span, `Session ${s} has no span`);
    this.#reader.incumbents.clear();
    this.#asked.clear();
    for (const [ticker, asked] of incumbents) {
      this.#asked.set(ticker, asked);
    }
    const liquidity = liquidityIn(listing.columns, rows, span);
    const finding = this.#reader.judge(listing, { day, columns, rows, liquidity });
    return this.#reader.conclude([finding], [market.ratingOf(share, s)], day);
  }
}
