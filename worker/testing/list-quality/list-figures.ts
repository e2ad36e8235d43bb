/** The figures of the lists of many evenings: how many names, what their bases look like, how long they stay. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { isPreTrigger } from "../../core/lifecycle/signal.ts";
import { quantile } from "../load/quantile.ts";
import {
  flickers,
  hasHiddenHigh,
  hasPanic,
  hasShortLastLeg,
  isPumped,
  isTradedThrough,
  pairsOf,
} from "./list-faults.ts";
import type { ListedDay, Listing } from "./listed-days.ts";

/** Something that must not be, as often as it was seen. */
export interface Count {
  readonly what: string;
  /** Ticker and day of each. */
  readonly seen: readonly string[];
}

export const FLICKER =
  "a base read otherwise than on the evening before, without a new high, a leg's low or a deeper fall";
export const TRADED_THROUGH = "READY, its pivot traded above since H_T";

const OF_LISTINGS: readonly (readonly [what: string, is: (listing: Listing) => boolean])[] = [
  ["a high more than 3 % above the base within the 60 bars left of H_1", hasHiddenHigh],
  ["a last leg of one bar", hasShortLastLeg],
  ["a pump: up more than 40 % in the ten bars to H_1", isPumped],
  ["a panic: -20 % within three bars of the base, made good within three", hasPanic],
];

/** Everything that is kept of the evenings: their bars are not. */
export class ListFigures {
  days: number = 0;
  pairs: number = 0;
  /** Open signals before their trigger or listed, and those of them that were open on the next evening. */
  waiting: number = 0;
  survived: number = 0;
  /** Listed signals, and those of them that were listed on the next evening. */
  listings: number = 0;
  relisted: number = 0;
  readonly names: number[] = [];
  readonly fresh: number[] = [];
  readonly samples = new Map<string, number[]>();
  readonly states = new Map<string, number>();
  readonly missedBy = new Map<string, number>();
  readonly endedBy = new Map<string, number>();
  readonly #seen = new Map<string, string[]>(
    [TRADED_THROUGH, ...OF_LISTINGS.map(([what]) => what), FLICKER].map((what) => [what, []]),
  );
  #before: ListedDay | null = null;

  get counts(): readonly Count[] {
    return Array.from(this.#seen, ([what, seen]) => ({ what, seen }));
  }

  add(today: ListedDay): void {
    this.days += 1;
    this.names.push(today.listed.length);
    this.fresh.push(today.detected);
    today.missedBy.forEach((rule) => {
      countIn(this.missedBy, rule);
    });
    today.endedBy.forEach((reason) => {
      countIn(this.endedBy, reason);
    });
    for (const listing of today.listed) {
      this.#describe(listing);
      for (const [what, is] of OF_LISTINGS) {
        this.#note(what, is(listing), listing);
      }
    }
    for (const listing of today.ready) {
      this.#note(TRADED_THROUGH, isTradedThrough(listing), listing);
    }
    if (this.#before !== null) {
      this.#compare(this.#before, today);
    }
    this.#before = today;
  }

  #describe({ signal }: Listing): void {
    const { base, state } = signal;
    const values: Readonly<Record<string, number>> = {
      T: base.contractions.length,
      "bars of the base": base.bars,
      "first depth, %": 100 * (base.contractions[0]?.depth ?? Number.NaN),
      "last depth, %": 100 * (base.contractions.at(-1)?.depth ?? Number.NaN),
      "distance to the pivot, %": 100 * base.distance,
    };
    for (const [name, value] of Object.entries(values)) {
      this.samples.set(name, [...(this.samples.get(name) ?? []), value]);
    }
    countIn(this.states, state);
  }

  #compare(before: ListedDay, today: ListedDay): void {
    for (const pair of pairsOf(before, today)) {
      this.pairs += 1;
      this.#note(FLICKER, flickers(pair), pair.after);
    }
    const listed = new Set(today.listed.map(({ signal }) => signal.id));
    const open = new Set(today.open.map(({ id }) => id));
    const wasListed = new Set(before.listed.map(({ signal }) => signal.id));
    const waiting = before.open.filter(
      ({ id, state, prev }) => isPreTrigger(prev ?? state) || wasListed.has(id),
    );
    this.waiting += waiting.length;
    this.survived += waiting.filter(({ id }) => open.has(id)).length;
    this.listings += wasListed.size;
    this.relisted += [...wasListed].filter((id) => listed.has(id)).length;
  }

  #note(what: string, isSeen: boolean, { signal, bars }: Listing): void {
    if (isSeen) {
      this.#seen.get(what)?.push(`${signal.ticker} ${formatTradingDay(bars.dayAt(bars.last))}`);
    }
  }
}

function countIn(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** `10 / 50 / 90 %`. */
export function spreadOf(samples: readonly number[], digits: number): string {
  return [0.1, 0.5, 0.9].map((share) => quantile(samples, share).toFixed(digits)).join(" / ");
}
