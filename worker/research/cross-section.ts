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

/** What is kept of one share, by the place of a session from the first judged on. */
export interface ShareSessions {
  /** `NaN` where the share is not ranked. */
  readonly strengths: Float64Array;
  /** 1 where the share is eligible. */
  readonly eligible: Uint8Array;
}

/** Reads one share after another for what the sessions need of all. */
export class ShareReader {
  readonly #plan: WalkPlan;
  readonly #bars = new PatternTime();
  readonly #past: SharePast;

  constructor(plan: WalkPlan) {
    this.#plan = plan;
    this.#past = new SharePast(this.#bars);
  }

  /** Each share once. `breadths` by the place of a session from the first judged on; `into` is empty before. */
  read(listing: Listing, breadths: readonly Breadth[], into: ShareSessions): void {
    const { sessions, first } = this.#plan;
    into.strengths.fill(Number.NaN);
    this.#past.begin(listing.columns);
    for (let s = first; s < sessions.length; s++) {
      const day = sessions[s];
      // A share without a row of the session is neither eligible nor ranked.
      if (day !== undefined && this.#past.show(day)) {
        this.#readSession(listing, s, day, breadths[s - first], into);
      }
    }
  }

  #readSession(
    { instrument, unlisted, columns: raw }: Listing,
    s: number,
    day: TradingDay,
    breadth: Breadth | undefined,
    into: ShareSessions,
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
      into.strengths[s - first] = rawStrength(bars) ?? Number.NaN;
    }
    if (eligibility.ok) {
      into.eligible[s - first] = 1;
      // The gate has no sectors, so no industry is needed.
      breadth?.add(bars, trendOf(bars, params.year), params.year, null);
    }
  }
}

/** RS2 on one session: `strengths` by share, `NaN` for one that is not ranked. Ratings 1..99, 0 for none. */
export function ratingsOn(strengths: Float64Array): Uint8Array {
  const all = new Uint8Array(strengths.length);
  const members = Array.from(strengths.keys()).filter((share) => !Number.isNaN(strengths[share]));
  const rated = ratings(Float64Array.from(members, (share) => strengths[share] ?? Number.NaN));
  for (const [i, share] of members.entries()) {
    all[share] = rated[i] ?? 0;
  }
  return all;
}

/** The gate of each session by its place; `breadths` from the first judged on. */
export function gatesOf(
  { sessions, first }: Pick<WalkPlan, "sessions" | "first">,
  breadths: readonly Breadth[],
  indices: Readonly<Partial<Record<IndexCode, Columns>>>,
): readonly GateStatus[] {
  return sessions.map((day, s) => {
    const breadth = breadths[s - first];
    return breadth === undefined ? "UNKNOWN" : gateOn(day, indices, breadth.shares()).status;
  });
}

/** The whole market on every session that is judged. Shares go by their place in ticker order, sessions by theirs. */
export class CrossSection {
  readonly #plan: WalkPlan;
  readonly #shares: number;
  readonly #breadths: readonly Breadth[];
  readonly #reader: ShareReader;
  /** All three by share, in it by session. */
  #strengths: Float64Array;
  readonly #ratings: Uint8Array;
  readonly #eligible: Uint8Array;

  constructor(plan: WalkPlan, shares: number) {
    const judged = plan.sessions.length - plan.first;
    this.#plan = plan;
    this.#shares = shares;
    this.#breadths = Array.from({ length: judged }, () => new Breadth());
    this.#reader = new ShareReader(plan);
    this.#strengths = new Float64Array(judged * shares);
    this.#ratings = new Uint8Array(judged * shares);
    this.#eligible = new Uint8Array(judged * shares);
  }

  /** Adds one share; each once, before the questions below. */
  add(share: number, listing: Listing): void {
    const { sessions, first } = this.#plan;
    const [from, to] = [this.#cell(share, first), this.#cell(share, sessions.length)];
    this.#reader.read(listing, this.#breadths, {
      strengths: this.#strengths.subarray(from, to),
      eligible: this.#eligible.subarray(from, to),
    });
  }

  /** RS2 on every session, once all shares are added. */
  rate(): void {
    const { sessions, first } = this.#plan;
    const all = new Float64Array(this.#shares);
    for (let s = first; s < sessions.length; s++) {
      for (let share = 0; share < all.length; share++) {
        all[share] = this.#strengths[this.#cell(share, s)] ?? Number.NaN;
      }
      for (const [share, rating] of ratingsOn(all).entries()) {
        this.#ratings[this.#cell(share, s)] = rating;
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
    return gatesOf(this.#plan, this.#breadths, indices);
  }

  #cell(share: number, s: number): number {
    const { sessions, first } = this.#plan;
    return share * (sessions.length - first) + s - first;
  }
}
