/** KW6: the past of one share or of one index, part after part, newest first, until the first session that was asked for. */
import type { Answer, DatedRow, HistorySource } from "../../app/ports/market-sources.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import { chartAnswer, firstOpenDay } from "../upstream/chart-end.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { type ChartRow, datedRows, readIndexRows, readShareRows, type ReadRows } from "./chart-rows.ts";
import { failure, type KiwoomClient } from "./kiwoom-client.ts";

/** A series, as the vendor is asked for it. */
interface Series {
  readonly service: string;
  readonly path: string;
  readonly doing: string;
  readonly code: string;
  readonly body: Readonly<Record<string, string>>;
  read(body: unknown): ReadRows | null;
}

const INDEX_CODE: Readonly<Record<IndexCode, string>> = { KOSPI: "001", KOSDAQ: "101" };

/** By which denials are remembered. */
export const CHART_SERVICES = { share: "ka10081", index: "ka20006" } as const;

const PATH = "/api/dostk/chart";
/** Some six hundred rows each: a vendor that answers on and on is stopped. */
const MOST_PARTS = 20;

function shareSeries(ticker: Ticker): Series {
  return {
    service: CHART_SERVICES.share,
    path: PATH,
    doing: `read the past of ${ticker}`,
    code: ticker,
    // 0: raw. The adjusted series of today is another one tomorrow.
    body: { stk_cd: ticker, upd_stkpc_tp: "0" },
    read: (body) => readShareRows(body, ticker),
  };
}

function indexSeries(code: IndexCode): Series {
  return {
    service: CHART_SERVICES.index,
    path: PATH,
    doing: `read the past of the index ${code}`,
    code: INDEX_CODE[code],
    body: { inds_cd: INDEX_CODE[code] },
    read: (body) => readIndexRows(body, INDEX_CODE[code]),
  };
}

const written = (day: TradingDay): string => formatTradingDay(day).replaceAll("-", "");

export class KiwoomHistory implements HistorySource {
  readonly id = "kiwoom";
  readonly #client: KiwoomClient;
  readonly #surroundings: Surroundings;

  constructor(client: KiwoomClient, surroundings: Surroundings) {
    this.#client = client;
    this.#surroundings = surroundings;
  }

  share(ticker: Ticker, from: TradingDay, to: TradingDay): Promise<Answer<readonly DatedRow[]>> {
    return this.#read(shareSeries(ticker), from, to);
  }

  index(code: IndexCode, from: TradingDay, to: TradingDay): Promise<Answer<readonly DatedRow[]>> {
    return this.#read(indexSeries(code), from, to);
  }

  async #read(series: Series, from: TradingDay, to: TradingDay): Promise<Answer<readonly DatedRow[]>> {
    const rows = new Map<TradingDay, ChartRow>();
    const first = firstOpenDay(from, to);
    let refused = 0;
    let next: string | null = null;
    let isOver = false;
    for (let part = 0; !isOver; part++) {
      if (part === MOST_PARTS) {
        throw failure(series, `more than ${MOST_PARTS} parts`, false);
      }
      const body = { ...series.body, base_dt: written(to) };
      const answer = await this.#client.ask({ ...series, body, next });
      if (answer.status !== "ok") {
        return answer;
      }
      const value = this.#readPart(series, answer.value.body, rows, to);
      refused += value.refused;
      for (const one of value.rows) {
        rows.set(one.row.day, one);
      }
      next = answer.value.next;
      isOver = next === null || value.rows.length === 0 || Math.min(...rows.keys()) <= first;
    }
    if (rows.size === 0 && refused > 0) {
      throw failure(series, `${refused} rows that cannot be read`, false);
    }
    if (refused > 0) {
      const fields = { series: series.code, rows: rows.size, refused };
      this.#surroundings.log.write("warn", "kiwoom_rows_refused", fields);
    }
    return this.#conclude([...rows.values()], from, to);
  }

  /** Rows of another series, of a day after the one that was asked for, and two of one day are refused whole. */
  #readPart(
    series: Series,
    body: unknown,
    before: ReadonlyMap<TradingDay, ChartRow>,
    to: TradingDay,
  ): ReadRows {
    const part = series.read(body);
    if (part === null) {
      throw failure(series, "an answer without rows", false);
    }
    if (part.code !== null && part.code !== series.code) {
      throw failure(series, "rows of another code", false);
    }
    const late = part.rows.find(({ row }) => row.day > to);
    if (late !== undefined) {
      throw failure(series, `a row of ${formatTradingDay(late.row.day)}, which was not asked for`, false);
    }
    const days = new Set(part.rows.map(({ row }) => row.day));
    if (days.size !== part.rows.length || part.rows.some(({ row }) => before.has(row.day))) {
      throw failure(series, "two rows of one day", false);
    }
    return part;
  }

  #conclude(rows: readonly ChartRow[], from: TradingDay, to: TradingDay): Answer<readonly DatedRow[]> {
    const now = this.#surroundings.clock.now();
    // A part goes back further than what was asked for.
    const sorted = rows.toSorted((a, b) => a.row.day - b.row.day);
    const value = datedRows(sorted, now).filter(({ row }) => row.day >= from);
    return chartAnswer(value, { from, to, now });
  }
}
