/** KW8: the vendor's list of each board as the master of the present: both boards, or none. */
import * as v from "valibot";
import type { Answer, MasterLine, MasterSource } from "../../app/ports/market-sources.ts";
import { type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { InstrumentKind, Notice } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import { signOfKind } from "../csv/exchange-terms.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { DayText, listOf, sift, TickerText } from "../upstream/vendor-fields.ts";
import { MaybeSize } from "./fields.ts";
import { failure, type KiwoomClient } from "./kiwoom-client.ts";

/** By which a denial is remembered. */
export const LIST_SERVICE = "ka10099";

type Board = "KOSPI" | "KOSDAQ";
/** As the question names a board, and each line of the answer: the list of KOSPI also has funds and notes, under codes of their own. */
const BOARDS: readonly (readonly [board: Board, code: string])[] = [
  ["KOSPI", "0"],
  ["KOSDAQ", "10"],
];
const REIT_CODE = "6";
const HOUR_MS = 3_600_000;
const MOST_PARTS = 20;
/** Of one part: the exchange lists some 2,700 shares on both boards. */
const MOST_LINES = 10_000;
/** One line in a hundred may be unreadable; from then on the service has another form. */
const UNREADABLE_SHARE = 0.01;

const Word = v.optional(v.fallback(v.pipe(v.string(), v.maxLength(500), v.trim()), ""), "");

const Line = v.object({
  code: v.pipe(v.string(), v.maxLength(12), v.trim()),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  marketCode: v.pipe(v.string(), v.maxLength(4), v.trim()),
  listCount: MaybeSize,
  regDay: v.optional(v.fallback(v.nullable(DayText), null), null),
  state: Word,
  upName: Word,
  companyClassName: Word,
  orderWarning: Word,
});
type ListLine = v.InferOutput<typeof Line>;

const Body = v.object({ list: listOf(MOST_LINES) });

/** The order warning 2 is the sale before the end of a listing. Margin tiers stand in the state too, and are no notice. */
function noticeOf({ state, orderWarning }: ListLine): Notice | null {
  const states = state.split("|").map((one) => one.trim());
  if (orderWarning === "2" || states.includes("정리매매")) {
    return "liquidation";
  }
  if (states.includes("관리종목")) {
    return "administration";
  }
  return states.includes("투자주의환기종목") ? "caution" : null;
}

function kindOf({ marketCode, name, companyClassName }: ListLine, ticker: Ticker): InstrumentKind {
  return marketCode === REIT_CODE
    ? "reit"
    : (signOfKind(ticker, { name, department: companyClassName }) ?? "common");
}

function lineOf(line: ListLine, ticker: Ticker, market: Board): MasterLine {
  return {
    ticker,
    name: line.name,
    market,
    kind: kindOf(line, ticker),
    notice: noticeOf(line),
    listedOn: line.regDay,
    listedShares: line.listCount === 0 ? null : line.listCount,
    ...(line.upName !== "" && { industry: line.upName }),
  };
}

export class KiwoomShareList implements MasterSource {
  readonly id = "kiwoom";
  readonly #client: KiwoomClient;
  readonly #surroundings: Surroundings;

  constructor(client: KiwoomClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
  }

  async instruments(day: TradingDay): Promise<Answer<readonly MasterLine[]>> {
    const { clock, log } = this.#surroundings;
    const today = tradingDayAt(clock.now());
    if (day !== today) {
      return { status: "not_ready", retryAt: clock.now() + HOUR_MS };
    }
    const lines = new Map<Ticker, MasterLine>();
    let refused = 0;
    for (const [board, code] of BOARDS) {
      const answer = await this.#board(board, code, lines);
      if (answer.status !== "ok") {
        return answer;
      }
      refused += answer.value;
    }
    if (refused > 0) {
      log.write("warn", "kiwoom_lines_refused", { lines: lines.size, refused });
    }
    return { status: "ok", value: [...lines.values()], at: clock.now() };
  }

  /** Adds the lines of one board; how many could not be read. */
  async #board(board: Board, code: string, lines: Map<Ticker, MasterLine>): Promise<Answer<number>> {
    const question = {
      service: LIST_SERVICE,
      path: "/api/dostk/stkinfo",
      doing: `read the list of ${board}`,
      body: { mrkt_tp: code },
    };
    const before = lines.size;
    let refused = 0;
    let next: string | null = null;
    for (let part = 0; part === 0 || next !== null; part++) {
      if (part === MOST_PARTS) {
        throw failure(question, `more than ${MOST_PARTS} parts`, false);
      }
      const answer = await this.#client.ask({ ...question, next });
      if (answer.status !== "ok") {
        return answer;
      }
      const body = v.safeParse(Body, answer.value.body);
      if (!body.success) {
        throw failure(question, "an answer without a list", false);
      }
      const { taken, refused: unread } = sift(Line, body.output.list);
      refused += unread;
      for (const line of taken) {
        const ticker = v.safeParse(TickerText, line.code);
        const isOurs = line.marketCode === code || line.marketCode === REIT_CODE;
        if (isOurs && !ticker.success) {
          refused += 1;
        } else if (isOurs && ticker.success) {
          if (lines.has(ticker.output)) {
            throw failure(question, `${ticker.output} stands twice`, false);
          }
          lines.set(ticker.output, lineOf(line, ticker.output, board));
        }
      }
      next = answer.value.next;
    }
    const read = lines.size - before;
    if (read === 0 || refused > UNREADABLE_SHARE * (read + refused)) {
      throw failure(question, `${read} lines of shares, and ${refused} that cannot be read`, false);
    }
    return { status: "ok", value: refused, at: this.#surroundings.clock.now() };
  }
}
