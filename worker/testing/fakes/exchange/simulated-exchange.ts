/**
 * FK1: a whole exchange whose truth is known to the last row, for the vendors' fakes to publish from: holidays, shifted hours,
 * halts, splits, late share counts, listings and delistings, new names and codes, and an after-market that moves every price.
 */
import { assert } from "../../../core/assert.ts";
import type { Row } from "../../../core/bars/columns.ts";
import { TWO_CLOSES_SINCE } from "../../../core/bars/origin.ts";
import { calendarDay } from "../../../core/calendar/krx-calendar.ts";
import { midnightOf, type TradingDay, tradingDayOf, weekdayOf } from "../../../core/calendar/trading-day.ts";
import type { Ticker } from "../../../core/nominal.ts";
import { makeRandom } from "../../chance/random.ts";
import { type CompanyEvent, eventsOf, isHalted, isListed, noticeOf, sharesOf } from "./company-events.ts";
import { type Board, type Company, type Listing, makeCompany } from "./listing.ts";
import { walkCompany, type Walk } from "./price-walk.ts";

export interface ExchangeOptions {
  /** The first and the last calendar day that is simulated. */
  readonly first: TradingDay;
  readonly last: TradingDay;
  /** 30 to 2,700: with fewer not every kind of company and event is there. */
  readonly names: number;
  readonly seed: number;
  /** Closed, although the calendar of the core knows a session. */
  readonly decreed?: readonly TradingDay[];
  /** Standard deviation of the after-market's last price over the regular close. */
  readonly drift?: number;
}

/** Prices of the regular session, in won; all but `base` and `close` are 0 for a share that did not trade. */
export interface SessionRow {
  readonly listing: Listing;
  readonly day: TradingDay;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Won. */
  readonly value: number;
  /** After 20:00, regular and after-market together; the regular ones where there was no trade after 16:00. */
  readonly last: {
    readonly close: number;
    readonly high: number;
    readonly low: number;
    readonly volume: number;
    readonly value: number;
  };
}

/** Points; volume and value of the board's regular session. */
export interface IndexRow {
  readonly board: Board;
  readonly day: TradingDay;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

interface Life {
  readonly company: Company;
  readonly events: readonly CompanyEvent[];
  readonly walk: Walk;
}

const MINUTE_MS = 60_000;
const FIRST_INDEX: Readonly<Record<Board, number>> = { KOSPI: 2_500, KOSDAQ: 800 };
const DEFAULT_DRIFT = 0.005;

const points = (value: number): number => Math.round(value * 100) / 100;

/** 0 without a trade. The mean of four prices stands for the mean price of the day. */
function valueOf(volume: number, ...prices: readonly number[]): number {
  return Math.round((volume * prices.reduce((sum, price) => sum + price, 0)) / prices.length);
}

/** What `row` is of, as a source with regular closes has it. */
export function regularRow(row: SessionRow): Row {
  const { day, open, high, low, close, volume, value, base } = row;
  return { day, open, high, low, close, volume, value, shares: row.listing.shares, base };
}

/** What a board's index is made of, over the shares that traded; prices over the base price. Row objects of years take seconds. */
function sumSession(
  lives: readonly Life[],
  k: number,
): {
  readonly traded: number;
  readonly open: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
} {
  const sums = { traded: 0, open: 0, close: 0, volume: 0, value: 0 };
  for (const { walk } of lives) {
    const at = (field: keyof Walk): number => walk[field][k] ?? 0;
    const volume = at("volume");
    if (volume > 0) {
      sums.traded += 1;
      sums.open += at("open") / at("base");
      sums.close += at("close") / at("base");
      sums.volume += volume;
      sums.value += valueOf(volume, at("open"), at("high"), at("low"), at("close"));
    }
  }
  return sums;
}

function tickerAt(company: Company, events: readonly CompanyEvent[], session: number): Ticker {
  const recoded = events.findLast((event) => event.kind === "recode" && event.at <= session);
  return recoded?.kind === "recode" ? recoded.ticker : company.ticker;
}

export class SimulatedExchange {
  readonly options: ExchangeOptions;
  /** Oldest first. */
  readonly sessions: readonly TradingDay[];
  readonly #places: ReadonlyMap<TradingDay, number>;
  readonly #lives: readonly Life[];
  readonly #indices = new Map<Board, readonly IndexRow[]>();

  constructor(options: ExchangeOptions) {
    assert(options.names >= 30 && options.names <= 2_700, "An exchange has 30 to 2,700 names");
    this.options = options;
    const days = Array.from({ length: options.last - options.first + 1 }, (_, n) =>
      tradingDayOf(options.first + n),
    );
    this.sessions = days.filter((day) => this.isOpen(day));
    assert(this.sessions.length >= 12, "Events need 12 sessions at least");
    this.#places = new Map(this.sessions.map((day, n) => [day, n]));
    const { names, seed, drift = DEFAULT_DRIFT } = options;
    this.#lives = Array.from({ length: names }, (_, index) => {
      const company = makeCompany(index, makeRandom(seed * 104_729 + index));
      const events = eventsOf(index, this.sessions.length);
      return { company, events, walk: walkCompany(company, events, this.sessions, { seed, drift }) };
    });
  }

  /** Also for days outside of the simulated ones, by the calendar of the core. */
  isOpen(day: TradingDay): boolean {
    const known = calendarDay(day);
    const isSession = known.kind === "session" || (known.kind === "unknown" && weekdayOf(day) % 6 !== 0);
    return isSession && this.options.decreed?.includes(day) !== true;
  }

  /** When the regular session opens and closes, in milliseconds since the epoch; `null` without a session. */
  hoursOf(day: TradingDay): { readonly opensAt: number; readonly closesAt: number } | null {
    const known = calendarDay(day);
    return this.isOpen(day) && known.kind === "session" ? known : null;
  }

  nextSession(day: TradingDay): TradingDay {
    let next = tradingDayOf(day + 1);
    while (!this.isOpen(next)) {
      next = tradingDayOf(next + 1);
    }
    return next;
  }

  /** The last simulated session on or before a day; `null` before the first. */
  sessionUpTo(day: TradingDay): TradingDay | null {
    return this.sessions.findLast((session) => session <= day) ?? null;
  }

  /** The company's events, by the ticker that it began with: what a book must find, and nothing else. */
  events(): readonly { readonly company: Company; readonly event: CompanyEvent; readonly day: TradingDay }[] {
    return this.#lives.flatMap(({ company, events }) =>
      events.flatMap((event) => {
        const day = this.sessions[event.at];
        return day === undefined ? [] : [{ company, event, day }];
      }),
    );
  }

  /** What is listed in a session, and the rows of it; empty for a day without one. */
  rows(day: TradingDay, board?: Board): readonly SessionRow[] {
    const k = this.#places.get(day);
    return k === undefined
      ? []
      : this.#lives
          .filter(({ company, events }) => (board ?? company.board) === company.board && isListed(events, k))
          .map((life) => this.#rowOf(life, k, day));
  }

  /** The row of one ticker; `null` when it is not listed in that session. */
  rowOf(day: TradingDay, ticker: string): SessionRow | null {
    const k = this.#places.get(day);
    const life = this.#lives.find(
      (one) => k !== undefined && isListed(one.events, k) && tickerAt(one.company, one.events, k) === ticker,
    );
    return k === undefined || life === undefined ? null : this.#rowOf(life, k, day);
  }

  #rowOf({ company, events, walk }: Life, k: number, day: TradingDay): SessionRow {
    const at = (field: keyof Walk): number => walk[field][k] ?? 0;
    const [open, high, low, close, volume] = [at("open"), at("high"), at("low"), at("close"), at("volume")];
    const value = valueOf(volume, open, high, low, close);
    const after = at("afterVolume");
    return {
      listing: this.#listingOf({ company, events, walk }, k),
      day,
      base: at("base"),
      open,
      high,
      low,
      close,
      volume,
      value,
      last: {
        close: at("lastClose"),
        high: at("lastHigh"),
        low: at("lastLow"),
        volume: volume + after,
        value: value + valueOf(after, close, at("lastClose")),
      },
    };
  }

  #listingOf({ company, events }: Life, k: number): Listing {
    const renamed = events.findLast((event) => event.kind === "rename" && event.at <= k);
    const listing = events.find((event) => event.kind === "listing");
    return {
      company,
      ticker: tickerAt(company, events, k),
      name: renamed?.kind === "rename" ? renamed.name : company.name,
      nameEn: renamed?.kind === "rename" ? renamed.nameEn : company.nameEn,
      listedOn: this.sessions[listing?.at ?? -1] ?? this.options.first - 1_000 - company.index,
      shares: sharesOf(company.shares, events, k),
      notice: noticeOf(events, k),
      isHalted: company.isSuspended || isHalted(events, k),
    };
  }

  /** `null` for a day without a session. */
  index(day: TradingDay, board: Board): IndexRow | null {
    const k = this.#places.get(day);
    return k === undefined ? null : (this.#indexOf(board)[k] ?? null);
  }

  #indexOf(board: Board): readonly IndexRow[] {
    const known = this.#indices.get(board);
    if (known !== undefined) {
      return known;
    }
    let base = FIRST_INDEX[board];
    const lives = this.#lives.filter(({ company }) => company.board === board);
    const rows = this.sessions.map((day, k): IndexRow => {
      const sums = sumSession(lives, k);
      const before = base;
      const open = points(before * (sums.open / sums.traded));
      const close = points(before * (sums.close / sums.traded));
      base = close;
      return {
        board,
        day,
        base: before,
        open,
        high: points(Math.max(open, close) * 1.003),
        low: points(Math.min(open, close) * 0.997),
        close,
        volume: sums.volume,
        value: sums.value,
      };
    });
    this.#indices.set(board, rows);
    return rows;
  }

  /** When the after-market of a session runs, in milliseconds since the epoch; `null` before there was one. */
  afterMarketOf(day: TradingDay): { readonly from: number; readonly until: number } | null {
    const hours = this.hoursOf(day);
    return hours === null || day < TWO_CLOSES_SINCE
      ? null
      : { from: hours.closesAt + 30 * MINUTE_MS, until: midnightOf(day) + 20 * 60 * MINUTE_MS };
  }
}
