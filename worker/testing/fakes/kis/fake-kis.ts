/**
 * FK3: the REST interface of KIS in front of a simulated exchange: tokens, a rate, quotes of this moment, daily charts that are
 * revised in the night, the calendar and the master files.
 */
import type { Clock } from "../../../app/ports/clock.ts";
import { parseTradingDay, tradingDayAt } from "../../../core/calendar/trading-day.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { withDate, type VendorAnswer } from "../serve-vendor.ts";
import { kisAnswer, kisRefusal, tokenRefusal } from "./kis-answers.ts";
import { type ChartQuery, indexChart, shareChart } from "./kis-charts.ts";
import { holidayPage } from "./kis-holidays.ts";
import { masterFile } from "./kis-master.ts";
import { type Present, presentOf, quoteRow } from "./kis-quotes.ts";
import { FakeKisSocket } from "./fake-kis-socket.ts";
import { KisTokens } from "./kis-token.ts";
import { freshTraps, type KisTraps } from "./kis-traps.ts";

export interface FakeKisOptions {
  readonly exchange: SimulatedExchange;
  readonly clock: Clock;
  readonly appKey: string;
  readonly appSecret: string;
  /** Calls within any second. */
  readonly perSecond?: number;
}

const QUOTATIONS = "/uapi/domestic-stock/v1/quotations/";
const MASTERS = { "kospi_code.mst.zip": "KOSPI", "kosdaq_code.mst.zip": "KOSDAQ" } as const;
/** Of each service, the code that the header must name. */
const SERVICES: Readonly<Record<string, string>> = {
  "intstock-multprice": "FHKST11300006",
  "inquire-daily-itemchartprice": "FHKST03010100",
  "inquire-daily-indexchartprice": "FHKUP03500100",
  "chk-holiday": "CTCA0903R",
};
const MOST_CODES = 30;

interface Credentials {
  readonly appkey?: unknown;
  readonly appsecret?: unknown;
  readonly secretkey?: unknown;
  readonly token?: unknown;
}

async function readCredentials(request: Request): Promise<Credentials> {
  try {
    const body: unknown = await request.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    // A body that is no JSON holds no key, and is refused for that.
    return {};
  }
}

export class FakeKis {
  readonly tokens: KisTokens;
  readonly socket: FakeKisSocket;
  readonly traps: KisTraps = freshTraps();
  /** Requests by service, refused ones included; tokens and master files by their path. */
  readonly calls = new Map<string, number>();
  /** Calls that were refused because there were too many within a second. */
  rateRefusals = 0;
  /** Quotes of these codes are these, in place of what the exchange shows. */
  readonly shown = new Map<string, Present>();
  /** Whoever holds them is served. */
  credentials: { readonly appKey: string; readonly appSecret: string };
  readonly #options: FakeKisOptions;
  #recent: number[] = [];
  #number = 0;
  #approvals = 0;
  #present: { readonly at: number; readonly shares: ReadonlyMap<Ticker, Present> } | null = null;

  constructor(options: FakeKisOptions) {
    this.#options = options;
    this.credentials = options;
    this.tokens = new KisTokens(options.clock);
    this.socket = new FakeKisSocket(options.clock);
  }

  /** Requests for data: those for tokens and master files left out. */
  get dataCalls(): number {
    return Object.keys(SERVICES).reduce((sum, service) => sum + (this.calls.get(service) ?? 0), 0);
  }

  readonly handle = async (request: Request): Promise<VendorAnswer> =>
    withDate(await this.#answer(request), this.#options.clock.now() + 1_000 * this.traps.clockAheadS);

  async #answer(request: Request): Promise<VendorAnswer> {
    const url = new URL(request.url);
    const service = url.pathname.startsWith(QUOTATIONS)
      ? url.pathname.slice(QUOTATIONS.length)
      : url.pathname;
    this.calls.set(service, (this.calls.get(service) ?? 0) + 1);
    if (this.traps.cut || this.traps.silent) {
      return this.traps.cut ? "cut" : "silent";
    }
    if (url.pathname.startsWith("/common/master/")) {
      return this.#master(url.pathname.slice("/common/master/".length));
    }
    if (url.pathname.startsWith("/oauth2/")) {
      return this.#authorise(url.pathname, await readCredentials(request));
    }
    const answer =
      this.#refuse(request.headers, service) ?? this.#serve(service, url.searchParams, request.headers);
    this.traps.onCall?.();
    return answer;
  }

  #authorise(path: string, body: Credentials): Response {
    const { appKey, appSecret } = this.credentials;
    if (body.appkey !== appKey) {
      return tokenRefusal("EGW00103");
    }
    const secret = path === "/oauth2/Approval" ? body.secretkey : body.appsecret;
    if (secret !== appSecret) {
      return tokenRefusal("EGW00105");
    }
    switch (path) {
      case "/oauth2/tokenP": {
        return this.tokens.issue();
      }
      case "/oauth2/revokeP": {
        this.tokens.revoke(String(body.token));
        return Response.json({ code: 200, message: "접근토큰 폐기에 성공하였습니다" });
      }
      case "/oauth2/Approval": {
        this.#approvals += 1;
        const key = `fake-approval-${this.#approvals}`;
        this.socket.approve(key);
        return Response.json({ approval_key: key });
      }
      default: {
        return new Response("Not Found", { status: 404 });
      }
    }
  }

  #refuse(headers: Headers, service: string): Response | null {
    if (this.traps.failing > 0) {
      this.traps.failing -= 1;
      return kisRefusal("OPSQ0008", 500);
    }
    const isTooOften = this.#countCall();
    if (isTooOften) {
      this.rateRefusals += 1;
      return kisRefusal("EGW00201", this.rateRefusals % 2 === 0 ? 200 : 500);
    }
    if (headers.get("appkey") !== this.credentials.appKey) {
      return kisRefusal("EGW00103", 500);
    }
    if (headers.get("appsecret") !== this.credentials.appSecret) {
      return kisRefusal("EGW00105", 500);
    }
    const token = this.tokens.refusalOf(headers.get("authorization"));
    if (token !== null) {
      return kisRefusal(token, 500);
    }
    if (this.traps.denied !== null) {
      return kisRefusal(this.traps.denied, 500);
    }
    const expected = SERVICES[service];
    return expected === undefined || headers.get("tr_id") !== expected || headers.get("custtype") !== "P"
      ? kisRefusal("OPSQ0002", 200)
      : null;
  }

  /** Whether this call is one too many, or one that the vendor refuses below its limit. */
  #countCall(): boolean {
    const now = this.#options.clock.now();
    this.#number += 1;
    this.#recent = this.#recent.filter((at) => now - at < 1_000);
    if (this.#recent.length >= (this.#options.perSecond ?? 18)) {
      return true;
    }
    this.#recent.push(now);
    return this.traps.refuseEvery > 0 && this.#number % this.traps.refuseEvery === 0;
  }

  #serve(service: string, query: URLSearchParams, headers: Headers): Response {
    switch (service) {
      case "intstock-multprice": {
        return this.#quotes(query);
      }
      case "chk-holiday": {
        return holidayPage(this.#options.exchange, query, headers.get("tr_cont"));
      }
      default: {
        return this.#chart(service, query);
      }
    }
  }

  #shares(): ReadonlyMap<Ticker, Present> {
    const now = this.#options.clock.now();
    if (this.#present?.at !== now) {
      this.#present = { at: now, shares: presentOf(this.#options.exchange, now, this.traps) };
    }
    return this.#present.shares;
  }

  #quotes(query: URLSearchParams): Response {
    const codes: string[] = [];
    for (let n = 1; n <= MOST_CODES; n++) {
      const code = query.get(`FID_INPUT_ISCD_${n}`) ?? "";
      if (code !== "" && query.get(`FID_COND_MRKT_DIV_CODE_${n}`) !== "J") {
        return kisRefusal("OPSQ2001", 200);
      }
      codes.push(code);
    }
    const shares = new Map<string, Present>([...this.#shares(), ...this.shown]);
    const rows = codes.flatMap((code) => {
      const present = shares.get(code);
      return present === undefined ? [] : [quoteRow(code, present)];
    });
    const all = this.traps.foreignRows ? [...this.#foreignRows(codes, shares), ...rows] : rows;
    return kisAnswer({ output: all.length === 1 && this.traps.singleObject ? all[0] : all });
  }

  /** A code that was not asked, and one of another venue under the code of an asked share. */
  #foreignRows(
    codes: readonly string[],
    shares: ReadonlyMap<string, Present>,
  ): readonly Readonly<Record<string, string>>[] {
    const [other] = [...shares].filter(([code]) => !codes.includes(code));
    const [asked] = codes.flatMap((code) => {
      const present = shares.get(code);
      return present === undefined ? [] : [{ code, present }];
    });
    return [
      ...(other === undefined ? [] : [quoteRow(other[0], other[1])]),
      ...(asked === undefined
        ? []
        : [quoteRow(`${asked.code}_NX`, { ...asked.present, price: asked.present.price + 1_000 })]),
    ];
  }

  #chart(service: string, query: URLSearchParams): Response {
    const { exchange, clock } = this.#options;
    const isIndex = service === "inquire-daily-indexchartprice";
    const [from, to] = [
      parseTradingDay(query.get("FID_INPUT_DATE_1") ?? ""),
      parseTradingDay(query.get("FID_INPUT_DATE_2") ?? ""),
    ];
    if (query.get("FID_COND_MRKT_DIV_CODE") !== (isIndex ? "U" : "J")) {
      return kisRefusal("OPSQ2001", 200);
    }
    if (from === null || to === null || query.get("FID_PERIOD_DIV_CODE") !== "D") {
      return kisAnswer({ output1: {}, output2: [] });
    }
    const asked: ChartQuery = {
      code: query.get("FID_INPUT_ISCD") ?? "",
      from,
      to,
      adjusted: query.get("FID_ORG_ADJ_PRC") !== "1",
    };
    const rows = isIndex
      ? indexChart(exchange, asked, clock.now())
      : shareChart(exchange, asked, clock.now(), this.traps);
    return kisAnswer({ output1: {}, output2: rows });
  }

  #master(file: string): Response {
    const { exchange, clock } = this.#options;
    const board = Object.entries(MASTERS).find(([name]) => name === file)?.[1];
    const day = exchange.sessionUpTo(tradingDayAt(clock.now()));
    if (board === undefined || day === null) {
      return new Response("Not Found", { status: 404 });
    }
    return new Response(new Blob([Uint8Array.from(masterFile(board, exchange.rows(day, board)))]), {
      headers: { "content-type": "application/zip" },
    });
  }
}
