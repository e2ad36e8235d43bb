/**
 * KW20: the REST interface of Kiwoom in front of a simulated exchange: tokens for a registered address, a rate, quotes of this moment,
 * charts and lists part by part. Refusals have status 200.
 */
import type { Clock } from "../../../app/ports/clock.ts";
import {
  midnightOf,
  parseTradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../../core/calendar/trading-day.ts";
import type { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { type Present, presentOf } from "../kis/kis-quotes.ts";
import { withDate, type VendorAnswer } from "../serve-vendor.ts";
import { FakeKiwoomSocket } from "./fake-kiwoom-socket.ts";
import { clockOf, dateOf, kiwoomAnswer, type KiwoomCode, kiwoomRefusal } from "./kiwoom-answers.ts";
import { indexChart, type Page, shareChart, shareList } from "./kiwoom-charts.ts";
import { quoteRow } from "./kiwoom-quotes.ts";

export interface FakeKiwoomOptions {
  readonly exchange: SimulatedExchange;
  readonly clock: Clock;
  readonly appKey: string;
  readonly secretKey: string;
}

/** What a test sets; a fresh fake has none of it. */
export interface KiwoomTraps {
  /** `1634` and `1700` come by themselves. */
  denied: KiwoomCode | null;
  /** Rows of codes that were not asked, and of another venue, stand among the quotes. */
  foreignRows: boolean;
  /** The next so many calls meet a fault of the vendor. */
  failing: number;
  /** The answers' own time: the clock moves by so much during each. */
  onCall: (() => void) | null;
  /** Until 09:00 quotes show the session before, with its date. */
  yesterdayBeforeOpen: boolean;
  /** Rows of a part. */
  pageRows: number;
  /** One row comes as an object. */
  singleObject: boolean;
  /** No token is issued, as to a caller that asked too soon. */
  noToken: boolean;
  cut: boolean;
  silent: boolean;
}

/** Of each service, the path that takes it. */
const PATHS: Readonly<Record<string, string>> = {
  ka10081: "/api/dostk/chart",
  ka20006: "/api/dostk/chart",
  ka10095: "/api/dostk/stkinfo",
  ka10099: "/api/dostk/stkinfo",
};
const MOST_CODES = 100;
const PER_SECOND = 5;

/** How long a token of Kiwoom is good for. */
export const KIWOOM_TOKEN_LIFE_MS = 24 * 3_600_000;

async function readBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await request.json();
    return typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  } catch {
    // A body that is no JSON has no field, and is refused for that.
    return {};
  }
}

export class FakeKiwoom {
  readonly socket: FakeKiwoomSocket;
  readonly traps: KiwoomTraps = {
    denied: null,
    foreignRows: false,
    failing: 0,
    onCall: null,
    yesterdayBeforeOpen: true,
    pageRows: 600,
    singleObject: true,
    noToken: false,
    cut: false,
    silent: false,
  };
  /** Requests by service, refused ones included; tokens by `au10001`. */
  readonly calls = new Map<string, number>();
  rateRefusals = 0;
  readonly #options: FakeKiwoomOptions;
  /** Tokens that are good, with the instant of their end. */
  readonly #tokens = new Map<string, number>();
  #number = 0;
  #recent: number[] = [];

  constructor(options: FakeKiwoomOptions) {
    this.#options = options;
    this.socket = new FakeKiwoomSocket(options.clock, (token) => this.#isGood(token));
  }

  /** Requests for data. */
  get dataCalls(): number {
    return Object.keys(PATHS).reduce((sum, service) => sum + (this.calls.get(service) ?? 0), 0);
  }

  /** The tokens that were issued are none any more, before their time. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  readonly handle = async (request: Request): Promise<VendorAnswer> =>
    withDate(await this.#answer(request), this.#options.clock.now());

  #isGood(token: string): boolean {
    return (this.#tokens.get(token) ?? 0) > this.#options.clock.now();
  }

  async #answer(request: Request): Promise<VendorAnswer> {
    const { pathname } = new URL(request.url);
    const isToken = pathname === "/oauth2/token";
    const service = isToken ? "au10001" : (request.headers.get("api-id") ?? "");
    this.calls.set(service, (this.calls.get(service) ?? 0) + 1);
    if (this.traps.cut || this.traps.silent) {
      return this.traps.cut ? "cut" : "silent";
    }
    const body = await readBody(request);
    if (isToken) {
      return this.#issue(body);
    }
    const answer =
      this.#refuse(request.headers, pathname, service) ?? this.#serve(service, body, request.headers);
    this.traps.onCall?.();
    return answer;
  }

  #issue({ grant_type: grant, appkey, secretkey }: Readonly<Record<string, unknown>>): Response {
    const { appKey, secretKey, clock } = this.#options;
    if (grant !== "client_credentials" || appkey !== appKey || secretkey !== secretKey) {
      return kiwoomRefusal("8001");
    }
    if (this.traps.denied === "8050") {
      return kiwoomRefusal("8050");
    }
    if (this.traps.noToken) {
      return kiwoomRefusal("1700");
    }
    this.#number += 1;
    const until = clock.now() + KIWOOM_TOKEN_LIFE_MS;
    const token = `fake-kiwoom-token-${this.#number}`;
    this.#tokens.set(token, until);
    return kiwoomAnswer("au10001", {
      expires_dt: dateOf(until) + clockOf(until),
      token_type: "bearer",
      token,
    });
  }

  #refuse(headers: Headers, path: string, service: string): Response | null {
    if (this.traps.failing > 0) {
      this.traps.failing -= 1;
      return kiwoomRefusal("1999");
    }
    const now = this.#options.clock.now();
    this.#recent = this.#recent.filter((at) => now - at < 1_000);
    if (this.#recent.length >= PER_SECOND) {
      this.rateRefusals += 1;
      return kiwoomRefusal("1700", this.rateRefusals % 2 === 0 ? 200 : 429);
    }
    this.#recent.push(now);
    if (!this.#isGood(headers.get("authorization")?.replace(/^Bearer /, "") ?? "")) {
      return kiwoomRefusal("8005");
    }
    if (this.traps.denied !== null) {
      return kiwoomRefusal(this.traps.denied);
    }
    return PATHS[service] === path ? null : kiwoomRefusal("1504");
  }

  #serve(service: string, body: Readonly<Record<string, unknown>>, headers: Headers): Response {
    const { exchange, clock } = this.#options;
    const now = clock.now();
    const text = (name: string): string => (typeof body[name] === "string" ? body[name] : "");
    const key = headers.get("cont-yn") === "Y" ? (headers.get("next-key") ?? "") : "";
    const size = this.traps.pageRows;
    const until = parseTradingDay(text("base_dt")) ?? tradingDayAt(now);
    switch (service) {
      case "ka10095": {
        return this.#quotes(text("stk_cd").split("|"));
      }
      case "ka10099": {
        return this.#page(
          service,
          "list",
          {},
          shareList(exchange, { board: text("mrkt_tp"), key, size }, now),
        );
      }
      case "ka20006": {
        const code = text("inds_cd");
        const page = indexChart(exchange, { code, until, adjusted: false, key, size }, now);
        return this.#page(service, "inds_dt_pole_qry", { inds_cd: code }, page);
      }
      default: {
        const [code, adjusted] = [text("stk_cd"), text("upd_stkpc_tp") !== "0"];
        const page = shareChart(exchange, { code, until, adjusted, key, size }, now);
        return this.#page(service, "stk_dt_pole_chart_qry", { stk_cd: code }, page);
      }
    }
  }

  #page(service: string, name: string, rest: object, page: Page | null): Response {
    return page === null
      ? kiwoomRefusal("1901")
      : kiwoomAnswer(service, { ...rest, [name]: page.rows }, page.next);
  }

  #quotes(codes: readonly string[]): Response {
    if (codes.length > MOST_CODES) {
      return kiwoomRefusal("1634");
    }
    const { exchange, clock } = this.#options;
    const now = clock.now();
    const shares = new Map<string, Present>(
      presentOf(exchange, now, { yesterdayBeforeOpen: this.traps.yesterdayBeforeOpen, indicative: true }),
    );
    const today = tradingDayAt(now);
    const hours = exchange.hoursOf(today);
    const isRunning = hours !== null && now >= hours.opensAt;
    const shown = isRunning ? today : (exchange.sessionUpTo(tradingDayOf(today - 1)) ?? today);
    const at = isRunning ? now : midnightOf(shown) + 15.5 * 3_600_000;
    const rowOf = (code: string): readonly Readonly<Record<string, string>>[] => {
      const present = shares.get(code);
      return present === undefined ? [] : [quoteRow(code, present, at)];
    };
    const [other] = Array.from(shares.keys()).filter((code) => !codes.includes(code));
    const foreign = this.traps.foreignRows
      ? [
          ...(other === undefined ? [] : rowOf(other)),
          ...codes
            .slice(0, 1)
            .flatMap((code) => rowOf(code).map((row) => ({ ...row, stk_cd: `${code}_NX`, cur_prc: "+1" }))),
        ]
      : [];
    const rows = [...foreign, ...codes.flatMap(rowOf)];
    const isAlone = rows.length === 1 && this.traps.singleObject;
    return kiwoomAnswer("ka10095", { atn_stk_infr: isAlone ? rows[0] : rows });
  }
}
