/**
 * The driver of a real exchange: its sessions by the calendar, one connection to a vendor while one runs, prices that it does not show
 * by turns, signals moved once a second. Between sessions nothing is asked, and the object can sleep.
 */
import type { Tick } from "../../app/ports/live-upstream.ts";
import type { FeedStatus } from "../../app/ports/live.ts";
import type { FormingBook } from "../../app/ports/forming.ts";
import type { Log } from "../../app/ports/log.ts";
import type { Quote } from "../../app/ports/simulated-market.ts";
import type { IndexClose, LiveBookPort } from "../../app/ports/market-book.ts";
import { closingWindowAfter } from "../../core/calendar/closing-window.ts";
import { calendarDay, nextSession, type SessionHours } from "../../core/calendar/krx-calendar.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import type { LiveKey, LiveUpstream, QuotingBook } from "../../app/ports/live-upstream.ts";
import type { BookStorage } from "../bars/book-tables.ts";
import type { FeedPorts } from "../feed-ports.ts";
import type { MarketDriver } from "../market-driver.ts";
import { type DatedIndexPrice, datedPriceOf, type View } from "../market-view.ts";
import { DenialTable } from "./denial-table.ts";
import { FormingTurns } from "./forming-turns.ts";
import { LiveConnection } from "./live-connection.ts";
import { PriceTurns, TURN_MS } from "./price-turns.ts";
import { SessionCheck } from "./session-check.ts";
import { SessionGate } from "./session-gate.ts";
import { sessionStatus } from "./session-status.ts";
import { SessionValues } from "./session-values.ts";
import { SignalPrices } from "./signal-prices.ts";
import { planSlots, sharesIn, type SlotPlan, topicOf } from "./slots.ts";

/** A connection stands before the first trade. */
const BEFORE_OPENING_MS = 2 * 60_000;
/** By then before the opening everything is registered. */
const REGISTERED_MS = 10_000;
/** Between two steps of a session: ticks publish and move signals by themselves. */
const STEP_MS = 1_000;
const CHECK_MS = 60_000;
/** When the calendar knows no session ahead. */
const UNKNOWN_MS = 12 * 3_600_000;

/** What a session asks of the book of its exchange. */
export type SessionBook = Pick<LiveBookPort, "tick" | "indexCloses" | "summary" | "series"> &
  QuotingBook &
  Pick<FormingBook, "judgeRunning" | "gateBasis">;

export interface RealSessionDeps {
  readonly upstream: LiveUpstream;
  readonly storage: BookStorage;
  readonly ports: Pick<FeedPorts, "clock" | "random" | "formingEveryMs"> & {
    book(exchange: Exchange): SessionBook;
  };
  readonly log: Log;
  /** Who is asked for prices that no connection shows; the book where there is none. */
  readonly quoting?: QuotingBook | null;
  exchange(): Exchange;
  /** The topics that gateways want. */
  topics(): Iterable<string>;
  /** The topics whose value a tick has just changed. */
  onChange(topics: readonly string[]): void;
}

export class RealSession implements MarketDriver {
  readonly #deps: RealSessionDeps;
  readonly #connection: LiveConnection;
  readonly #turns: PriceTurns;
  readonly #signals: SignalPrices;
  readonly #check: SessionCheck;
  readonly #forming: FormingTurns;
  readonly #gate: SessionGate;
  /** Of the running session, and after its end until the next one begins. */
  #values: SessionValues | null = null;
  #plan: SlotPlan = { followed: [], polled: [], dropped: 0 };
  /** What the connection followed at the last step. */
  #followed: ReadonlySet<LiveKey> = new Set();
  #closes: readonly IndexClose[] | null = null;

  constructor(deps: RealSessionDeps) {
    const { upstream, ports, log, storage } = deps;
    this.#deps = deps;
    const around = { clock: ports.clock, log, book: () => ports.book(deps.exchange()) };
    this.#turns = new PriceTurns({ ...around, book: () => deps.quoting ?? around.book() });
    this.#signals = new SignalPrices(around);
    this.#check = new SessionCheck(around);
    this.#gate = new SessionGate(around);
    this.#forming = new FormingTurns({ ...around, everyMs: ports.formingEveryMs });
    this.#connection = new LiveConnection({
      upstream,
      clock: ports.clock,
      log,
      random: () => ports.random(),
      denials: new DenialTable(storage),
      onTicks: (ticks) => this.#admit(ticks),
      missedNothing: () => ports.clock.now() < (this.#values?.hours.opensAt ?? 0) - REGISTERED_MS,
    });
  }

  exists(): boolean {
    return this.#deps.upstream.slots > 0;
  }

  isBegun(): boolean {
    return true;
  }

  isReady(): boolean {
    return true;
  }

  view(): View {
    const now = this.#deps.ports.clock.now();
    const values = this.#values;
    // After its end a session's prices keep its time.
    const at = values === null ? now : Math.min(now, closingWindowAfter(values.hours.closesAt).from);
    return {
      at,
      status: this.#status(now),
      quote: (ticker) => this.#quote(ticker, now),
      index: (code) => this.#index(code),
    };
  }

  #quote(ticker: string, now: number): Quote | null {
    const values = this.#values;
    const quote = values === null || this.#hasCloses(values) ? null : values.quote(ticker);
    if (quote === null || this.#hoursAt(now) === null) {
      return quote;
    }
    const interruption = values?.isInterrupted(ticker, now) === true ? { isInterrupted: true } : {};
    return {
      ...quote,
      ...interruption,
      via: this.#connection.followed.has(tickerOf(ticker)) ? "followed" : "polled",
    };
  }

  ahead(): View {
    return this.view();
  }

  async step(): Promise<void> {
    this.#closes ??= await this.#book().indexCloses();
    const now = this.#deps.ports.clock.now();
    const hours = this.#hoursAt(now);
    if (hours !== null && this.#values?.hours.day !== hours.day) {
      this.#begin(hours);
    }
    const isDue = this.#connection.pass(hours !== null);
    const values = this.#values;
    if (values === null) {
      return;
    }
    if (hours === null) {
      this.#compare(values, now);
      return;
    }
    this.#plan = planSlots(this.#deps.upstream.slots, this.#signals.tickers, sharesIn(this.#deps.topics()));
    this.#connection.want(this.#plan.followed);
    this.#turns.forget(values.cover([...this.#plan.followed, ...this.#plan.polled], now));
    // What was traded between the last turn and the registration came by neither.
    this.#turns.forget(
      [...this.#connection.followed].filter((key) => !this.#followed.has(key)).map(tickerOf),
    );
    this.#followed = this.#connection.followed;
    if (this.#connection.state.name === "live") {
      values.confirm(this.#connection.followed, now);
      void this.#gate.next(values, this.#forming.latest);
    }
    void (isDue ? this.#fill(values) : this.#turn(values, now));
    void this.#signals.send(values);
    void this.#forming.next(values);
  }

  /** The owner's commands are for a simulated market. */
  async command(): Promise<void> {
    await this.step();
  }

  stop(): void {
    this.#connection.pass(false);
  }

  async onCloses(): Promise<boolean> {
    this.#closes = await this.#book().indexCloses();
    this.#signals.forget();
    this.#gate.forget();
    return true;
  }

  restMs(): number {
    const now = this.#deps.ports.clock.now();
    if (this.#closes === null || this.#hoursAt(now) !== null) {
      return this.#connection.isReachable() ? Math.min(STEP_MS, this.#signals.dueIn(now)) : CHECK_MS;
    }
    const next = nextSession(Math.max(now, this.#values?.hours.opensAt ?? 0));
    const sleep = next === null ? UNKNOWN_MS : Math.max(STEP_MS, next.opensAt - BEFORE_OPENING_MS - now);
    return this.#values === null || this.#check.isDone(this.#values) ? sleep : Math.min(sleep, CHECK_MS);
  }

  plan(): void {
    // Time passes on the exchange whether or not anybody follows it.
  }

  /** The session that a connection should stand for at this instant; `null` outside of one. */
  #hoursAt(now: number): SessionHours | null {
    const known = calendarDay(tradingDayAt(now));
    if (known.kind !== "session" || known.day === this.#turns.closedOn) {
      return null;
    }
    const isDue = now >= known.opensAt - BEFORE_OPENING_MS && now < closingWindowAfter(known.closesAt).from;
    return isDue ? known : null;
  }

  #begin(hours: SessionHours): void {
    this.#values = new SessionValues(hours);
    this.#turns.begin();
    this.#forming.begin();
    this.#gate.begin(hours.day);
    this.#signals.forget();
  }

  #admit(ticks: readonly Tick[]): boolean {
    const values = this.#values;
    if (values === null) {
      return false;
    }
    const judged = ticks.map((tick) => ({ key: tick.key, refusal: values.admit(tick) }));
    const changed = judged.filter(({ refusal }) => refusal === null).map(({ key }) => topicOf(key));
    if (changed.length > 0) {
      this.#deps.onChange(changed);
      void this.#signals.send(values);
    }
    // A trade that an answer has brought before is one that the connection has shown.
    return changed.length > 0 || judged.some(({ refusal }) => refusal === "repeated");
  }

  async #fill(values: SessionValues): Promise<void> {
    if (await this.#turns.all(this.#plan, values)) {
      this.#connection.filled();
    }
  }

  async #turn(values: SessionValues, now: number): Promise<void> {
    if (now >= values.hours.opensAt) {
      await this.#turns.next(this.#plan, values);
    }
  }

  #compare(values: SessionValues, now: number): void {
    const isLast = now >= closingWindowAfter(values.hours.closesAt).until;
    if (values.hasAny()) {
      void this.#check.compare(values, this.#plan.followed, isLast);
    } else {
      this.#check.skip(values);
    }
  }

  #status(now: number): FeedStatus {
    const known = calendarDay(tradingDayAt(now));
    const { state, tradedAt, followed } = this.#connection;
    const { polled, dropped } = this.#plan;
    const slots = this.#deps.upstream.slots;
    const counts = { slots, followed: followed.size, polled: polled.length, dropped };
    return sessionStatus({
      exchange: this.#deps.exchange(),
      source: this.#deps.upstream.id,
      now,
      hours: known.kind === "session" && known.day !== this.#turns.closedOn ? known : null,
      isLive: state.name === "live",
      tradedAt: Math.max(tradedAt, this.#values?.hours.opensAt ?? 0),
      coverage: this.#hoursAt(now) === null ? null : { ...counts, turnSeconds: TURN_MS / 1_000 },
      forming: this.#forming.latest,
      gate: this.#gate.latest,
      machine: this.#deps.upstream.machine ?? null,
    });
  }

  /** DR12: a tick that was the last to arrive need not be the last that was traded. */
  #hasCloses({ hours }: SessionValues): boolean {
    return this.#closes?.some(({ day }) => day >= hours.day) === true;
  }

  /** The exchange's own close once it is there. */
  #index(code: IndexCode): DatedIndexPrice | null {
    const live = this.#values?.index(code) ?? null;
    const close = datedPriceOf(this.#closes?.find((one) => one.code === code));
    return live === null || (close !== null && close.day >= live.day) ? close : live;
  }

  #book(): SessionBook {
    return this.#deps.ports.book(this.#deps.exchange());
  }
}
