/**
 * DR3, DR4: what a running session has shown so far, share by share: its provisional bar with bid and ask. Ticks that are not of this
 * session, or older than what is known, are refused here and nowhere else.
 */
import type { MarketQuote } from "../../app/ports/market-sources.ts";
import type { Tick } from "../../app/ports/live-upstream.ts";
import type { TickPrice } from "../../app/ports/market-book.ts";
import type { Quote } from "../../app/ports/simulated-market.ts";
import { closingWindowAfter } from "../../core/calendar/closing-window.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import { marketPhase } from "../../core/session/market-phase.ts";
import { isLocked } from "../../core/lifecycle/session-events.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import type { DatedIndexPrice } from "../market-view.ts";

/** Prices raw in won; the bar of the session so far. */
export type SessionValue = Omit<Tick, "key" | "day" | "phase" | "isHalted">;

/** A share can be out of the plan for so long, as while a page is changed, and keep what is known of it. */
const UNCOVERED_MS = 20_000;

/** Two minutes, an end at random within half a minute, and clocks that differ. */
const INTERRUPTION_MS = 160_000;

/** Why a tick was refused. */
export type Refusal = "day" | "phase" | "halted" | "hours" | "repeated" | "older";

/** What the book has had of a share. */
interface Sent {
  readonly value: SessionValue;
  readonly high: number;
  readonly low: number;
}

export class SessionValues {
  readonly hours: SessionHours;
  readonly #values = new Map<string, SessionValue>();
  readonly #sent = new Map<string, Sent>();
  /** When each value was last seen to hold: by a trade, by an answer, or because a live connection brought no other. */
  readonly #seenAt = new Map<string, number>();
  /** Of which the vendor's last record states that they do not trade. */
  readonly #halted = new Set<string>();
  /** When a volatility interruption was last seen to go on. */
  readonly #interruptedAt = new Map<string, number>();
  /** When each key was last followed or asked for by turns. */
  readonly #coveredAt = new Map<string, number>();
  /** Since the session began. */
  admitted = 0;
  readonly refused = new Map<Refusal, number>();

  constructor(hours: SessionHours) {
    this.hours = hours;
  }

  /** `null`: admitted. */
  admit(tick: Tick): Refusal | null {
    const refusal = this.#judge(tick);
    this.#noteHalt(tick, refusal);
    this.#noteInterruption(tick, refusal);
    if (refusal === null) {
      this.admitted += 1;
      const { key, day: _day, phase: _phase, isHalted: _isHalted, ...value } = tick;
      this.#values.set(key, { ...value, base: value.base ?? this.#values.get(key)?.base ?? null });
      this.confirm([key], value.at);
    } else {
      this.refused.set(refusal, (this.refused.get(refusal) ?? 0) + 1);
    }
    return refusal;
  }

  /** A record of the session says so, also one that brings no price; one of another day or phase says nothing of it. */
  #noteHalt({ key, isHalted }: Tick, refusal: Refusal | null): void {
    if (refusal === "halted") {
      this.#halted.add(key);
    } else if (refusal === null && !isHalted) {
      this.#halted.delete(key);
    }
  }

  /** DR18: while the market is open an indicative price states that orders of its share are gathered. A later trade ends it. */
  #noteInterruption({ key, at, phase }: Tick, refusal: Refusal | null): void {
    const before = this.#interruptedAt.get(key) ?? 0;
    if (refusal === "phase" && phase === "auction" && marketPhase(this.hours, at) === "open") {
      this.#interruptedAt.set(key, Math.max(before, at));
    } else if (refusal === "halted" || (refusal === null && at > before)) {
      this.#interruptedAt.delete(key);
    }
  }

  /** An auction whose end nobody saw is over by its own time. */
  isInterrupted(key: string, now: number): boolean {
    const at = this.#interruptedAt.get(key);
    return at !== undefined && now - at <= INTERRUPTION_MS;
  }

  #judge({ key, day, phase, isHalted, at, volume, price }: Tick): Refusal | null {
    const { hours } = this;
    if (day !== hours.day) {
      return "day";
    }
    if (phase !== "session") {
      return "phase";
    }
    if (isHalted) {
      return "halted";
    }
    if (at < hours.opensAt || at >= closingWindowAfter(hours.closesAt).from) {
      return "hours";
    }
    const known = this.#values.get(key);
    if (known === undefined || volume > known.volume) {
      return null;
    }
    if (volume < known.volume) {
      return "older";
    }
    // An index moves also where the volume of its second is the same.
    return price === known.price || at <= known.at ? "repeated" : null;
  }

  /** A quote that was asked for at `at`: it fills in what no tick has shown. One that is older than the last tick changes nothing. */
  complete(quote: MarketQuote, at: number): void {
    const { ticker, price, open, high, low, volume, base } = quote;
    const known = this.#values.get(ticker);
    const isTraded = volume > 0 && open > 0 && low > 0;
    this.confirm([ticker], at);
    if (isTraded && (known === undefined || volume > known.volume)) {
      const { bid = null, ask = null } = known ?? {};
      this.#values.set(ticker, { at, price, open, high, low, volume, base, bid, ask });
    } else if (known !== undefined && known.base === null && base !== null) {
      this.#values.set(ticker, { ...known, base });
    }
  }

  /** What is known of these keys held at `at`. */
  confirm(keys: Iterable<string>, at: number): void {
    for (const key of keys) {
      this.#seenAt.set(key, Math.max(at, this.#seenAt.get(key) ?? 0));
    }
  }

  /**
   * These keys are followed or asked for by turns at this moment. What nobody has looked after for a while is forgotten, because its
   * price would be shown as one of now. The keys that were forgotten.
   */
  cover(keys: Iterable<string>, now: number): readonly string[] {
    for (const key of keys) {
      this.#coveredAt.set(key, now);
    }
    const gone = Array.from(this.#coveredAt).flatMap(([key, at]) => (now - at > UNCOVERED_MS ? [key] : []));
    for (const key of gone) {
      this.#coveredAt.delete(key);
      this.#values.delete(key);
      this.#seenAt.delete(key);
      this.#halted.delete(key);
      this.#interruptedAt.delete(key);
    }
    return gone;
  }

  hasAny(): boolean {
    return this.#values.size > 0;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** The bar of a share so far; `null` before its first trade. */
  bar(ticker: string): SessionValue | null {
    return this.#values.get(ticker) ?? null;
  }

  /** `null` before the first trade, and while the base price is not known: no change can be counted. */
  quote(ticker: string): Quote | null {
    const value = this.#values.get(ticker);
    if (value === undefined || value.base === null) {
      return null;
    }
    const { price, base, volume, open, high, low, bid, ask } = value;
    const seenAt = this.#seenAt.get(ticker) ?? value.at;
    const halt = this.#halted.has(ticker) ? { isHalted: true } : {};
    return { price, previous: base, volume, open, high, low, bid, ask, seenAt, ...halt };
  }

  index(code: IndexCode): DatedIndexPrice | null {
    const value = this.#values.get(code);
    return value === undefined || value.base === null
      ? null
      : { price: value.price, previous: value.base, volume: value.volume, day: this.hours.day };
  }

  /** Of both markets together, a fraction; `null` while the vendor counts one of them not or nothing. */
  advancers(): number | null {
    const counts = INDEX_CODES.flatMap((code) => this.#values.get(code)?.counts ?? []);
    const up = counts.reduce((sum, one) => sum + one.up, 0);
    const all = counts.reduce((sum, one) => sum + one.up + one.flat + one.down, 0);
    return counts.length < INDEX_CODES.length || all === 0 ? null : up / all;
  }

  /**
   * What the book has not had of these shares: the session's high and low where they are new, also when the price has left them within
   * the second or while no connection stood, and then the price. A new high or low counts once.
   */
  takeNews(tickers: readonly string[]): readonly TickPrice[] {
    return tickers.flatMap((ticker) => {
      const value = this.#values.get(ticker);
      const sent = this.#sent.get(ticker);
      if (value === undefined || value === sent?.value) {
        return [];
      }
      const { price, high, low, volume, base } = value;
      this.#sent.set(ticker, { value, high, low });
      const extremes = [high > (sent?.high ?? 0) ? high : price, low < (sent?.low ?? Infinity) ? low : price];
      const known = base === null ? {} : { isLocked: isLocked(high, low, price / base - 1) };
      return [...extremes.filter((one) => one !== price), price].map((one) => ({
        ticker,
        price: one,
        volume,
        base,
        ...known,
      }));
    });
  }

  /** The book did not take what it was sent: the next time it gets all of it. */
  forgetNews(): void {
    this.#sent.clear();
  }
}
