/**
 * FK2: the KRX Open API in front of a simulated exchange: six services, a key, a quota, rows the morning after, and what went
 * wrong for others: late and partial days, blocks with status 200, revised rows.
 */
import {
  tradingDayAt,
  midnightOf,
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
} from "../../../core/calendar/trading-day.ts";
import type { Clock } from "../../../app/ports/clock.ts";
import type { Board } from "../exchange/listing.ts";
import type { SessionRow, SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { withDate, type VendorAnswer } from "../serve-vendor.ts";
import { barRow, indexRows, type KrxRow, masterRow } from "./krx-rows.ts";

/** Each is applied for by itself. */
export const KRX_SERVICES = [
  "sto/stk_bydd_trd",
  "sto/ksq_bydd_trd",
  "sto/stk_isu_base_info",
  "sto/ksq_isu_base_info",
  "idx/kospi_dd_trd",
  "idx/kosdaq_dd_trd",
] as const;
export type KrxService = (typeof KRX_SERVICES)[number];

/** What the test sets; a fresh fake has none of it. */
export interface KrxTraps {
  /** Services that the key was not applied for. */
  readonly unapproved: Set<KrxService>;
  /** When a session is published, in place of 08:00 of the next one. */
  readonly publishedAt: Map<TradingDay, number>;
  /** The share of its rows with which a session comes out, until it is taken from here. */
  readonly partial: Map<TradingDay, number>;
  /** Applied to each row of a session. */
  revise: ((row: SessionRow) => SessionRow) | null;
  /** Published as soon as the session has closed, as nobody has seen it. */
  atOnce: boolean;
  /** The rows of the session before the one that was asked. */
  shiftDays: boolean;
  /** The caller is taken for a robot: HTML with status 200 for a day, and a further day for each call within. */
  blockedUntil: number;
  /** A body that is JSON and has no rows, as a gateway in trouble gives it. */
  bodyless: boolean;
  /** The next so many calls are answered with status 500. */
  failing: number;
  /** So many seconds the vendor's clock is before the exchange's, in the header `Date`. */
  clockAheadS: number;
  cut: boolean;
  silent: boolean;
}

export interface FakeKrxOptions {
  readonly exchange: SimulatedExchange;
  readonly clock: Clock;
  readonly key: string;
  /** Calls of a day in Seoul. */
  readonly quota?: number;
}

const DAY_MS = 86_400_000;
const PUBLISHED_MS = 8 * 3_600_000;
const PREFIX = "/svc/apis/";
const BLOCK_PAGE =
  "<!DOCTYPE html><html><head><title>접속 차단 안내</title></head><body>비정상적인 접근이 감지되어 접속이 제한되었습니다.</body></html>";

const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { "content-type": "application/json;charset=UTF-8" } });
const refusal = (status: number, respMsg: string): Response =>
  json({ respCode: String(status), respMsg }, status);

function boardOf(service: KrxService): Board {
  return service.includes("stk") || service.includes("kospi") ? "KOSPI" : "KOSDAQ";
}

export class FakeKrx {
  /** Whoever holds it is served. */
  key: string;
  readonly traps: KrxTraps = {
    unapproved: new Set(),
    publishedAt: new Map(),
    partial: new Map(),
    revise: null,
    atOnce: false,
    shiftDays: false,
    blockedUntil: 0,
    bodyless: false,
    failing: 0,
    clockAheadS: 0,
    cut: false,
    silent: false,
  };
  /** Requests by service, refused ones included. */
  readonly calls = new Map<string, number>();
  /** The same by service and date, `sto/stk_bydd_trd 20260914`: who asks for a date again has lost what it had. */
  readonly callsByDate = new Map<string, number>();
  readonly #options: FakeKrxOptions;
  #countedDay = 0;
  #counted = 0;

  constructor(options: FakeKrxOptions) {
    this.#options = options;
    this.key = options.key;
  }

  get callsInAll(): number {
    return [...this.calls.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The most often that bars or an index were asked of one date; a master is no part of a date. */
  get mostOfOneDate(): number {
    const counts = Array.from(this.callsByDate, ([dated, count]) =>
      dated.includes("base_info") ? 0 : count,
    );
    return Math.max(0, ...counts);
  }

  /** Requests for masters. */
  get mastersAsked(): number {
    return KRX_SERVICES.filter((service) => service.endsWith("base_info")).reduce(
      (sum, service) => sum + (this.calls.get(service) ?? 0),
      0,
    );
  }

  /** Calls of this day that the vendor has counted against the key. */
  useQuota(calls: number): void {
    this.#countToday();
    this.#counted += calls;
  }

  #countToday(): number {
    const today = tradingDayAt(this.#options.clock.now());
    if (today !== this.#countedDay) {
      this.#countedDay = today;
      this.#counted = 0;
    }
    return this.#counted;
  }

  readonly handle = (request: Request): VendorAnswer =>
    withDate(this.#answer(request), this.#options.clock.now() + 1_000 * this.traps.clockAheadS);

  #answer(request: Request): VendorAnswer {
    const url = new URL(request.url);
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : null;
    const service = KRX_SERVICES.find((one) => one === path);
    this.#count(path ?? url.pathname, url.searchParams.get("basDd"));
    return (
      this.#trouble() ??
      this.#refuse(request.headers.get("AUTH_KEY"), service) ??
      json({ OutBlock_1: service === undefined ? [] : this.#rows(service, url.searchParams.get("basDd")) })
    );
  }

  #count(path: string, date: string | null): void {
    this.calls.set(path, (this.calls.get(path) ?? 0) + 1);
    const dated = `${path} ${date ?? ""}`;
    this.callsByDate.set(dated, (this.callsByDate.get(dated) ?? 0) + 1);
  }

  /** Dates that a service was asked of, as the caller wrote them, with how often. */
  datesOf(service: KrxService): ReadonlyMap<string, number> {
    return new Map(
      Array.from(this.callsByDate).flatMap(([dated, count]) =>
        dated.startsWith(`${service} `) ? [[dated.slice(service.length + 1), count] as const] : [],
      ),
    );
  }

  #trouble(): VendorAnswer | null {
    const { traps } = this;
    if (traps.cut || traps.silent) {
      return traps.cut ? "cut" : "silent";
    }
    const now = this.#options.clock.now();
    if (now < traps.blockedUntil) {
      traps.blockedUntil = now + DAY_MS;
      return new Response(BLOCK_PAGE, { headers: { "content-type": "text/html; charset=utf-8" } });
    }
    if (traps.failing > 0) {
      traps.failing -= 1;
      return new Response("<html>Internal Server Error</html>", { status: 500 });
    }
    return traps.bodyless ? json({ respMsg: "Service Temporarily Unavailable" }) : null;
  }

  #refuse(key: string | null, service: KrxService | undefined): Response | null {
    if (key !== this.key) {
      return refusal(401, "Unauthorized Key");
    }
    if (service === undefined) {
      return refusal(404, "Not Found");
    }
    if (this.traps.unapproved.has(service)) {
      return refusal(401, "Unauthorized API Call");
    }
    if (this.#countToday() >= (this.#options.quota ?? 10_000)) {
      // No text of this refusal is published: the status is the one that it can hardly miss.
      return refusal(429, "Too Many Requests");
    }
    this.#counted += 1;
    return null;
  }

  #rows(service: KrxService, asked: string | null): readonly KrxRow[] {
    const { exchange } = this.#options;
    const parsed = parseTradingDay(asked ?? "");
    if (parsed === null) {
      return [];
    }
    const isMaster = service.endsWith("base_info");
    // The master of a day without a session is that of the session before; bars and indices of one are empty.
    const day = isMaster ? exchange.sessionUpTo(parsed) : this.#dayOf(parsed);
    if (day === null || !this.isPublished(day)) {
      return [];
    }
    const board = boardOf(service);
    if (service.startsWith("idx/")) {
      const row = exchange.index(day, board);
      return row === null ? [] : indexRows(row);
    }
    const rows = exchange.rows(day, board);
    return isMaster
      ? rows.map(({ listing }) => masterRow(listing, tradingDayOf))
      : this.#part(day, rows).map((row) => barRow(this.traps.revise?.(row) ?? row));
  }

  #dayOf(asked: TradingDay): TradingDay | null {
    return this.traps.shiftDays ? this.#options.exchange.sessionUpTo(tradingDayOf(asked - 1)) : asked;
  }

  #part(day: TradingDay, rows: readonly SessionRow[]): readonly SessionRow[] {
    const share = this.traps.partial.get(day);
    return share === undefined ? rows : rows.slice(0, Math.floor(share * rows.length));
  }

  /** From 08:00 of the next session on, unless a trap names another time. */
  isPublished(day: TradingDay): boolean {
    const { exchange, clock } = this.#options;
    const ordinary = this.traps.atOnce
      ? (exchange.hoursOf(day)?.closesAt ?? 0)
      : midnightOf(exchange.nextSession(day)) + PUBLISHED_MS;
    return clock.now() >= (this.traps.publishedAt.get(day) ?? ordinary);
  }

  /** From now on HTML with status 200, as a caller that is taken for a robot gets it. */
  block(): void {
    this.traps.blockedUntil = this.#options.clock.now() + DAY_MS;
  }
}
