/** KI8: the vendor's calendar, which it wants to be asked for once a day. */
import * as v from "valibot";
import type { Answer, SessionOracle, UpstreamStore } from "../../app/ports/market-sources.ts";
import {
  formatTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { DayText, listOf } from "../upstream/vendor-fields.ts";
import { failure, type KisClient, type KisQuestion } from "./kis-client.ts";

/** By which a denial is remembered. */
export const CALENDAR_SERVICE = "chk-holiday";

const QUESTION = { service: CALENDAR_SERVICE, trId: "CTCA0903R", doing: "read the calendar" } as const;

/** How far ahead is enough, and how many parts are asked for at most to come there. */
const HORIZON_DAYS = 60;
const MOST_PARTS = 6;
const STORED_AT = "kis:sessions";

const YesNo = v.pipe(
  v.picklist(["Y", "N"]),
  v.transform((text) => text === "Y"),
);
const Key = v.optional(v.pipe(v.string(), v.maxLength(200)), "");
/** Business day, transfer day and settlement day are other things: `opnd_yn` is whether the exchange opens. */
const Body = v.object({
  output: v.pipe(listOf(400), v.array(v.object({ bass_dt: DayText, opnd_yn: YesNo }))),
  ctx_area_fk: Key,
  ctx_area_nk: Key,
});

/** One sign a day, `Y` or `N`, as it was asked for on one day. */
const Stored = v.object({
  askedOn: v.pipe(v.number(), v.integer()),
  from: v.pipe(v.number(), v.integer()),
  open: v.pipe(v.string(), v.regex(/^[YN]{1,2400}$/)),
});

type StoredDays = v.InferOutput<typeof Stored>;

async function readStored(store: UpstreamStore): Promise<StoredDays | null> {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), await store.get(STORED_AT));
  return stored.success ? stored.output : null;
}

/** What the vendor's calendar, as it was last asked for, has of a day; `null` when it does not reach there. Asks nobody. */
export async function storedOpen(day: TradingDay, store: UpstreamStore): Promise<boolean | null> {
  const stored = await readStored(store);
  const sign = stored === null || day < stored.from ? undefined : stored.open[day - stored.from];
  return sign === undefined ? null : sign === "Y";
}

export class KisSessionOracle implements SessionOracle {
  readonly id = "kis";
  readonly #client: KisClient;
  readonly #surroundings: Surroundings;

  constructor(client: KisClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
  }

  async sessions(from: TradingDay): Promise<Answer<ReadonlyMap<TradingDay, boolean>>> {
    const today = tradingDayAt(this.#surroundings.clock.now());
    const stored = await this.#stored(from, today);
    if (stored !== null) {
      return { status: "ok", value: stored, at: this.#surroundings.clock.now() };
    }
    const answer = await this.#ask(from);
    if (answer.status === "ok") {
      const open = Array.from(answer.value.values(), (isOpen) => (isOpen ? "Y" : "N")).join("");
      await this.#surroundings.store.put(STORED_AT, JSON.stringify({ askedOn: today, from, open }));
    }
    return answer;
  }

  /** What was asked for today, as far as it reaches from `from` on; `null` when that is nothing. */
  async #stored(from: TradingDay, today: TradingDay): Promise<ReadonlyMap<TradingDay, boolean> | null> {
    const stored = await readStored(this.#surroundings.store);
    if (stored?.askedOn !== today || from < stored.from) {
      return null;
    }
    const open = Array.from(stored.open.slice(from - stored.from));
    return open.length === 0 ? null : new Map(open.map((sign, n) => [tradingDayOf(from + n), sign === "Y"]));
  }

  async #ask(from: TradingDay): Promise<Answer<ReadonlyMap<TradingDay, boolean>>> {
    const days = new Map<TradingDay, boolean>();
    const first = formatTradingDay(from).replaceAll("-", "");
    let query: KisQuestion["query"] = { BASS_DT: first, CTX_AREA_FK: "", CTX_AREA_NK: "" };
    for (let part = 0; part < MOST_PARTS && days.size < HORIZON_DAYS; part++) {
      const answer = await this.#client.ask({ ...QUESTION, query, continued: part > 0 });
      if (answer.status !== "ok") {
        return answer;
      }
      const parsed = v.safeParse(Body, answer.value.body);
      if (!parsed.success) {
        throw failure(QUESTION, "an answer that names no days", false);
      }
      takeDays(from, parsed.output.output, days);
      if (!answer.value.more) {
        break;
      }
      // As they came, blanks included: the vendor's own sample sends them back so.
      const { ctx_area_fk: fk, ctx_area_nk: nk } = parsed.output;
      query = { BASS_DT: first, CTX_AREA_FK: fk, CTX_AREA_NK: nk };
    }
    return { status: "ok", value: days, at: this.#surroundings.clock.now() };
  }
}

/** Adds the days of a part, which follow on without a gap; a part without a new day is a vendor that goes round. */
function takeDays(
  from: TradingDay,
  part: v.InferOutput<typeof Body>["output"],
  days: Map<TradingDay, boolean>,
): void {
  const before = days.size;
  for (const { bass_dt: day, opnd_yn: isOpen } of part) {
    if (day > from + days.size || day < from) {
      throw failure(QUESTION, `${formatTradingDay(day)} does not follow on the days before it`, false);
    }
    if (days.has(day) && days.get(day) !== isOpen) {
      throw failure(QUESTION, `${formatTradingDay(day)} is both open and closed`, false);
    }
    days.set(day, isOpen);
  }
  if (days.size === before) {
    throw failure(QUESTION, "a part without a new day", false);
  }
}
