/**
 * EV1l: what a session needs of all shares at once, gathered share by share: who is eligible, the ratings (RS2) and the
 * colour of the gate (GT). What is kept of a share on a session is one number and one mark.
 */
import type { Columns } from "../core/bars/columns.ts";
import { PatternTime } from "../core/bars/pattern-time.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { IndexCode } from "../core/instrument/instrument.ts";
import type { Params } from "../core/params.ts";
import { Breadth } from "../core/scan/breadth.ts";
import { eligibilityOf, liquidityIn, liquiditySpan, type LiquiditySpan } from "../core/scan/eligibility.ts";
import { gateOn, type GateStatus } from "../core/scan/gate.ts";
import { ratings, rawStrength } from "../core/scan/relative-strength.ts";
import { isRanked } from "../core/scan/rate.ts";
import type { Listing } from "../core/scan/scan.ts";
import { trendOf } from "../core/vcp/trend-template.ts";
import { SharePast } from "./share-past.ts";

/** What the sessions of a walk are counted in and judged by. */
export interface WalkPlan {
  readonly sessions: readonly TradingDay[];
  /** Place of the first session judged. */
  readonly first: number;
  readonly spans: readonly LiquiditySpan[];
  readonly params: Params;
}

/** `first` sessions are not judged. */
export function planWalk(sessions: readonly TradingDay[], first: number, params: Params): WalkPlan {
  // A span looks back from its session, so the longest of them is all that it needs of the sessions before.
  const { valueSessions, haltSessions, zeroSessions } = params.eligibility;
  const longest = Math.max(valueSessions, haltSessions, zeroSessions);
  const spans = sessions.map((_, s) =>
    liquiditySpan(sessions.slice(Math.max(0, s + 1 - longest), s + 1), params.eligibility),
  );
  return { sessions, first, spans, params };
}

/** The whole market on every session that is judged. Shares go by their place in ticker order, sessions by theirs. */
export class CrossSection {
  readonly #plan: WalkPlan;
  readonly #shares: number;
  readonly #breadths: readonly Breadth[];
  /** By session, in it by share; `NaN` for a share that is not ranked. */
  #strengths: Float64Array;
  /** By share, in it by session; 0 for a share that has none. */
  readonly #ratings: Uint8Array;
  readonly #eligible: Uint8Array;
  readonly #bars = new PatternTime();
  readonly #past: SharePast;

  constructor(plan: WalkPlan, shares: number) {
    const judged = plan.sessions.length - plan.first;
    this.#plan = plan;
    this.#shares = shares;
    this.#breadths = Array.from({ length: judged }, () => new Breadth());
    this.#strengths = new Float64Array(judged * shares).fill(Number.NaN);
    this.#ratings = new Uint8Array(judged * shares);
    this.#eligible = new Uint8Array(judged * shares);
    this.#past = new SharePast(this.#bars);
  }

  /** Adds one share; each once, before the questions below. */
  add(share: number, listing: Listing): void {
    const { sessions, first } = this.#plan;
    this.#past.begin(listing.columns);
    for (let s = first; s < sessions.length; s++) {
      const day = sessions[s];
      // A share without a row of the session is neither eligible nor ranked.
      if (day !== undefined && this.#past.show(day)) {
        this.#addSession(share, listing, s, day);
      }
    }
  }

  #addSession(
    share: number,
    { instrument, unlisted, columns: raw }: Listing,
    s: number,
    day: TradingDay,
  ): void {
    const { first, params, spans } = this.#plan;
    const { columns, rows } = this.#past;
    const bars = this.#bars;
    const span = spans[s];
    if (bars.n < params.young.judged || span === undefined) {
      return;
    }
    const liquidity = liquidityIn(raw, rows, span);
    const eligibility = eligibilityOf(
      { instrument, unlisted, columns, rows, bars, liquidity, asOf: day },
      params,
    );
    if (isRanked({ instrument, lastDay: bars.dayAt(bars.last), eligibility }, day)) {
      this.#strengths[(s - first) * this.#shares + share] = rawStrength(bars) ?? Number.NaN;
    }
    if (eligibility.ok) {
      this.#eligible[this.#cell(share, s)] = 1;
      // The gate has no sectors, so no industry is needed.
      this.#breadths[s - first]?.add(bars, trendOf(bars, params.year), params.year, null);
    }
  }

  /** RS2 on every session, once all shares are added. */
  rate(): void {
    const { sessions, first } = this.#plan;
    for (let s = first; s < sessions.length; s++) {
      const from = (s - first) * this.#shares;
      const all = this.#strengths.subarray(from, from + this.#shares);
      const members = Array.from(all.keys()).filter((share) => !Number.isNaN(all[share]));
      const rated = ratings(Float64Array.from(members, (share) => all[share] ?? Number.NaN));
      for (const [i, share] of members.entries()) {
        this.#ratings[this.#cell(share, s)] = rated[i] ?? 0;
      }
    }
    // The largest of the tables; nothing asks for it any more.
    this.#strengths = new Float64Array(0);
  }

  /** 1..99; `null` for a share that has none. */
  ratingOf(share: number, s: number): number | null {
    const rating = this.#ratings[this.#cell(share, s)] ?? 0;
    return rating === 0 ? null : rating;
  }

  isEligible(share: number, s: number): boolean {
    return this.#eligible[this.#cell(share, s)] === 1;
  }

  /** Eligible shares in ascending order by session, those without any before the first judged. */
  eligible(): readonly Uint32Array[] {
    const shares = Array.from({ length: this.#shares }, (_, share) => share);
    return this.#plan.sessions.map((_, s) =>
      Uint32Array.from(s < this.#plan.first ? [] : shares.filter((share) => this.isEligible(share, s))),
    );
  }

  /** The gate of each session by its place. */
  gates(indices: Readonly<Partial<Record<IndexCode, Columns>>>): readonly GateStatus[] {
    const { sessions, first } = this.#plan;
    return sessions.map((day, s) => {
      const breadth = this.#breadths[s - first];
      return breadth === undefined ? "UNKNOWN" : gateOn(day, indices, breadth.shares()).status;
    });
  }

  #cell(share: number, s: number): number {
    const { sessions, first } = this.#plan;
    return share * (sessions.length - first) + s - first;
  }
}
