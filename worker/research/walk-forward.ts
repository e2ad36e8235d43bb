/**
 * EV1: a market's past, judged on every session as the product would have judged it that evening, and what could have
 * been bought of it by four cohorts. Nothing later is read but the prices of the orders that stand.
 */
import { type Columns, rowsUntil } from "../core/bars/columns.ts";
import type { PriceGrid } from "../core/bars/tick-size.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { IndexCode } from "../core/instrument/instrument.ts";
import { makeChance } from "../core/outcome/chance.ts";
import type { Params } from "../core/params.ts";
import type { Listing } from "../core/scan/scan.ts";
import { CrossSection, planWalk } from "./cross-section.ts";
import type { Cohort, Entry, Refusal } from "./entry.ts";
import { type Fate, ShareWalker } from "./share-walk.ts";

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
  /** Called with the share of the study done, 0..1, some ten times a second. */
  readonly onProgress?: (done: number) => void;
}

/** What one cohort met, in the order of time. */
export type Fates = Readonly<Record<Cohort, readonly (Entry | Refusal)[]>>;

/** What the walk found, before anything is measured. */
export interface Walk {
  /** In ticker order: the place of a share here is its number elsewhere. */
  readonly shares: readonly Listing[];
  readonly fates: Fates;
  /** Shares that were eligible on each session, by their place; empty before the first one judged. */
  readonly eligible: readonly Uint32Array[];
  /** Place of the first session judged; `null` when the bars are too few for any. */
  readonly from: number | null;
}

/** Eligible names drawn a session for the baseline of random dates. */
export const DRAWN = 20;

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

/** EL2 needs the notices of each past day; the master has those of its own day, which would be knowledge of the future. */
export function withoutNotice(one: Listing): Listing {
  return { ...one, instrument: one.instrument && { ...one.instrument, notice: null } };
}

/** In ticker order, and without notices. */
function sharesOf({ listings }: StudyInput): readonly Listing[] {
  return listings.map(withoutNotice).toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1));
}

/** EV1e: the names drawn on one session among those eligible on it, a name twice perhaps; nothing where nobody is. */
export function drawOn(day: number, seed: number, eligible: ArrayLike<number>): readonly number[] {
  const random = makeChance(seed + day);
  return Array.from({ length: eligible.length === 0 ? 0 : DRAWN }, () => {
    return eligible[Math.floor(random() * eligible.length)] ?? 0;
  });
}

/** EV1e: the sessions on which each share is drawn, a share twice in one perhaps, and the place of each draw among all. */
interface Draws {
  readonly sessions: Map<number, number[]>;
  readonly places: Map<number, number[]>;
  readonly count: number;
}

/** Draws of their own each session, so that a longer study has the same ones before. */
function drawShares({ sessions, seed }: StudyInput, eligible: Walk["eligible"]): Draws {
  const draws = { sessions: new Map<number, number[]>(), places: new Map<number, number[]>(), count: 0 };
  for (const [s, shares] of eligible.entries()) {
    for (const share of drawOn(sessions[s] ?? 0, seed, shares)) {
      append(draws.sessions, share, s);
      append(draws.places, share, draws.count);
      draws.count += 1;
    }
  }
  return draws;
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** By session, shares of one session in ticker order. */
function inOrder(fates: readonly Fate[]): readonly (Entry | Refusal)[] {
  return fates.toSorted((a, b) => a.session - b.session).map(({ fate }) => fate);
}

/** The part of a study that is its walk; the rest is measuring what was found. */
export const WALKING = 0.85;
/** Looking at a share the second time, with its bases and signals, is so much dearer than the first time. */
const SECOND = 4;

/**
 * Share by share, each session judged on the rows up to it (EV1l): once for what a session needs of all shares, then
 * for the verdicts and signals of each.
 */
export function walkForward(x: StudyInput): Walk {
  const { sessions, indices, params, grid = "krx", onProgress } = x;
  const shares = sharesOf(x);
  const from = firstJudged(x);
  const plan = planWalk(sessions, from ?? sessions.length, params);
  const market = new CrossSection(plan, shares.length);
  const all = shares.length * (1 + SECOND);
  const walked = (done: number): void => onProgress?.((WALKING * done) / all);
  for (const [share, listing] of shares.entries()) {
    market.add(share, listing);
    walked(share + 1);
  }
  market.rate();
  const eligible = market.eligible();
  const draws = drawShares(x, eligible);
  const walker = new ShareWalker({ plan, market, gates: market.gates(indices), indices, grid });
  const fates: Record<Cohort, Fate[]> = {
    signal_open: [],
    signal_trigger: [],
    template_open: [],
    random_open: [],
  };
  for (const [share, listing] of shares.entries()) {
    const own = walker.walk(share, listing, draws.sessions.get(share) ?? []);
    for (const cohort of ["signal_open", "signal_trigger", "template_open"] as const) {
      fates[cohort].push(...own[cohort]);
    }
    const places = draws.places.get(share) ?? [];
    for (const [i, fate] of own.random_open.entries()) {
      fates.random_open[places[i] ?? 0] = fate;
    }
    walked(shares.length + SECOND * (share + 1));
  }
  return {
    shares,
    fates: {
      signal_open: inOrder(fates.signal_open),
      signal_trigger: inOrder(fates.signal_trigger),
      template_open: inOrder(fates.template_open),
      random_open: inOrder(fates.random_open),
    },
    eligible,
    from,
  };
}
