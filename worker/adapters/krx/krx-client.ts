/** KX1, KX2: one service of the KRX Open API on one day, as rows of texts or as the reason why there are none. */
import * as v from "valibot";
import { type Answer, BudgetSpent } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { calendarDay, nextSession } from "../../core/calendar/krx-calendar.ts";
import { DAY_MS, formatTradingDay, midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { type Denied, Denials } from "../upstream/denials.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor, TRIES_ON_PURPOSE, type VendorReply } from "../upstream/vendor-call.ts";

/** Where the service is, and the owner's key to it. */
export interface KrxAccess {
  /** `https://data-dbg.krx.co.kr`, without a slash at the end. */
  readonly base: string;
  readonly key: string;
}

/** Paths of the services; the owner applies for each by itself. */
export type KrxService =
  | "sto/stk_bydd_trd"
  | "sto/ksq_bydd_trd"
  | "sto/knx_bydd_trd"
  | "sto/stk_isu_base_info"
  | "sto/ksq_isu_base_info"
  | "idx/kospi_dd_trd"
  | "idx/kosdaq_dd_trd";

/** A row as it comes: texts alone, at most 200 characters in each of at most 40 fields. */
const KrxRow = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(200))),
  v.maxEntries(40),
);
export type KrxRow = v.InferOutput<typeof KrxRow>;

const Rows = v.object({ OutBlock_1: v.pipe(v.array(KrxRow), v.maxLength(10_000)) });
const Refusal = v.object({ respMsg: v.string() });

/** A board of 2,000 rows has about 0.8 MB. */
const MAX_BYTES = 8_000_000;
/** Objects and arrays in it, one a row: parsed, each takes fifty bytes however short its text is. */
const MOST_BRACKETS = 20_000;
const [OBJECT, ARRAY] = [0x7b, 0x5b];
/** What is read of a text that is not to be parsed: whether it is a page. */
const HEAD = 1_000;
const MINUTE_MS = 60_000;
/** A session comes out at 08:00 of the next one, and is asked for every ten minutes from five minutes later on. */
const PUBLISHED_MS = (8 * 60 + 5) * MINUTE_MS;
const RETRY_MS = 10 * MINUTE_MS;

const APPLY =
  "at https://openapi.krx.co.kr apply for each of the six services: daily trading and basic information of KOSPI and KOSDAQ shares, daily trading of the KOSPI and the KOSDAQ indices";

type Reply = Answer<readonly KrxRow[]>;

/** As far as it may be parsed. */
function textOf(bytes: Uint8Array): string {
  let brackets = 0;
  for (const byte of bytes) {
    brackets += byte === OBJECT || byte === ARRAY ? 1 : 0;
  }
  return new TextDecoder().decode(brackets > MOST_BRACKETS ? bytes.subarray(0, HEAD) : bytes);
}

export class KrxClient {
  readonly #access: KrxAccess;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;
  readonly #onPurpose: boolean;

  /** `onPurpose`: asks also where a denial is remembered, and forgets it when it is served (UP6). */
  constructor(access: KrxAccess, surroundings: Surroundings, onPurpose = false) {
    this.#access = access;
    this.#surroundings = surroundings;
    this.#denials = new Denials("krx", access.key, surroundings, onPurpose);
    this.#onPurpose = onPurpose;
  }

  /** Rows of that day in the order of the vendor, never none of them; whose day they are is for the reader of the rows to judge. */
  async rows(service: KrxService, day: TradingDay): Promise<Reply> {
    if (calendarDay(day).kind === "weekend") {
      return { status: "closed" };
    }
    const denied = await this.#denials.standing(service);
    if (denied !== null) {
      return denied;
    }
    let reply: VendorReply;
    try {
      reply = await callVendor(
        {
          vendor: "krx",
          doing: `answer ${service} of ${formatTradingDay(day)}`,
          request: () => this.#request(service, day),
          maxBytes: MAX_BYTES,
          ...(this.#onPurpose && { tries: TRIES_ON_PURPOSE }),
        },
        this.#surroundings,
      );
    } catch (error) {
      if (error instanceof BudgetSpent) {
        return {
          status: "denied",
          why: "quota",
          subject: "the 10,000 calls of today; they count anew at midnight in Seoul",
        };
      }
      throw error;
    }
    const text = textOf(reply.bytes);
    const refusal = await this.#refusalOf(service, reply.status, text);
    if (refusal !== null) {
      return refusal;
    }
    const rows = this.#read(service, day, reply.status, text);
    await this.#denials.served();
    await this.#denials.lift(service);
    return rows;
  }

  /** The owner asks to try again what was refused. */
  async forgetDenials(services: readonly KrxService[]): Promise<void> {
    await this.#denials.forget(services);
  }

  #request(service: KrxService, day: TradingDay): Request {
    const url = new URL(`${this.#access.base}/svc/apis/${service}`);
    url.searchParams.set("basDd", formatTradingDay(day).replaceAll("-", ""));
    return new Request(url, { headers: { AUTH_KEY: this.#access.key, accept: "application/json" } });
  }

  async #refusalOf(service: KrxService, status: number, text: string): Promise<Denied | null> {
    if (status === 401) {
      const body = v.safeParse(v.pipe(v.string(), v.parseJson(), Refusal), text);
      return body.success && body.output.respMsg.includes("API Call")
        ? this.#denials.note(service, "service_not_approved", `${service}; ${APPLY}`)
        : this.#denials.note(
            null,
            "bad_key",
            "KRX_AUTH_KEY; a key is good for a year, renew it or set another",
          );
    }
    if (status === 429) {
      return this.#denials.note(null, "quota", "the vendor's own count of today's calls");
    }
    // Whoever is taken for a robot gets a page, also with status 200, and asking on prolongs it.
    return status === 403 || text.trimStart().startsWith("<")
      ? this.#denials.note(null, "blocked", "this address, for a day from now; nothing is asked until then")
      : null;
  }

  #read(service: KrxService, day: TradingDay, status: number, text: string): Reply {
    const rows = v.safeParse(v.pipe(v.string(), v.parseJson(), Rows), text);
    if (status !== 200 || !rows.success) {
      throw new NeighbourError(
        `KRX failed to answer ${service} of ${formatTradingDay(day)}: ${
          status === 200 ? "no rows of its documented form" : `status ${status}; see KRX_BASE`
        }`,
        { neighbour: "KRX", retryable: status === 200 },
      );
    }
    const at = this.#surroundings.clock.now();
    return rows.output.OutBlock_1.length === 0
      ? emptyOf(day, at)
      : { status: "ok", value: rows.output.OutBlock_1, at };
  }
}

/** KX7: what no rows mean depends on the calendar alone: a holiday and a day that is not published look the same. */
function emptyOf(day: TradingDay, now: number): Extract<Reply, { status: "closed" | "not_ready" }> {
  if (calendarDay(day).kind === "holiday") {
    return { status: "closed" };
  }
  const next = nextSession(midnightOf(day) + DAY_MS);
  const published = next === null ? now : midnightOf(next.day) + PUBLISHED_MS;
  return { status: "not_ready", retryAt: Math.max(published, now + RETRY_MS) };
}
