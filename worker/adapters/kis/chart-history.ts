/** KI6: the past of one share or of one index, part by part, newest first, until the first session that was asked for. */
import { type Answer, type DatedRow, type HistorySource } from "../../app/ports/market-sources.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import { chartAnswer, firstOpenDay } from "../upstream/chart-end.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { type ChartPart, type ChartRow, datedRows, readIndexPart, readSharePart } from "./chart-rows.ts";
import { failure, type KisClient } from "./kis-client.ts";

/** A series, as the vendor is asked for it. */
interface Series {
  readonly service: string;
  readonly trId: string;
  readonly doing: string;
  readonly code: string;
  readonly query: Readonly<Record<string, string>>;
  read(body: unknown): ChartPart | null;
}

const INDEX_CODE: Readonly<Record<IndexCode, string>> = { KOSPI: "0001", KOSDAQ: "1001" };

/** By which denials are remembered. */
export const CHART_SERVICES = {
  share: "inquire-daily-itemchartprice",
  index: "inquire-daily-indexchartprice",
} as const;

/** 24 years of sessions: a vendor that answers on and on is stopped. */
const MOST_PARTS = 60;

function shareSeries(ticker: Ticker): Series {
  return {
    service: CHART_SERVICES.share,
    trId: "FHKST03010100",
    doing: `read the past of ${ticker}`,
    code: ticker,
    // 1: raw. The adjusted series of today is another one tomorrow.
    query: {
      FID_COND_MRKT_DIV_CODE: "J",
      FID_INPUT_ISCD: ticker,
      FID_PERIOD_DIV_CODE: "D",
      FID_ORG_ADJ_PRC: "1",
    },
    read: readSharePart,
  };
}

function indexSeries(code: IndexCode): Series {
  return {
    service: CHART_SERVICES.index,
    trId: "FHKUP03500100",
    doing: `read the past of the index ${code}`,
    code: INDEX_CODE[code],
    query: { FID_COND_MRKT_DIV_CODE: "U", FID_INPUT_ISCD: INDEX_CODE[code], FID_PERIOD_DIV_CODE: "D" },
    read: readIndexPart,
  };
}

const written = (day: TradingDay): string => formatTradingDay(day).replaceAll("-", "");

export class KisHistory implements HistorySource {
  readonly id = "kis";
  readonly #client: KisClient;
  readonly #surroundings: Surroundings;

  constructor(client: KisClient, surroundings: Surroundings) {
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
    let refused = 0;
    let until = to;
    const first = firstOpenDay(from, to);
    for (let part = 0; ; part++) {
      if (part === MOST_PARTS) {
        throw failure(series, `more than ${MOST_PARTS} parts`, false);
      }
      const answer = await this.#part(series, from, until);
      if (answer.status !== "ok") {
        return answer;
      }
      const { value } = answer;
      refused += value.refused;
      for (const one of value.rows) {
        rows.set(one.row.day, one);
      }
      if (rows.size === 0 && refused > 0) {
        throw failure(series, `${refused} rows that cannot be read`, false);
      }
      const oldest = Math.min(...value.rows.map(({ row }) => row.day));
      if (value.rows.length === 0 || oldest <= first) {
        break;
      }
      until = tradingDayOf(oldest - 1);
    }
    if (refused > 0) {
      this.#surroundings.log.write("warn", "kis_rows_refused", {
        series: series.code,
        rows: rows.size,
        refused,
      });
    }
    return this.#conclude(
      [...rows.values()].toSorted((a, b) => a.row.day - b.row.day),
      from,
      to,
    );
  }

  /** One part; rows of days that were not asked for, and of another share, are refused whole. */
  async #part(series: Series, from: TradingDay, until: TradingDay): Promise<Answer<ChartPart>> {
    const answer = await this.#client.ask({
      ...series,
      query: { ...series.query, FID_INPUT_DATE_1: written(from), FID_INPUT_DATE_2: written(until) },
    });
    if (answer.status !== "ok") {
      return answer;
    }
    const part = series.read(answer.value.body);
    if (part === null) {
      throw failure(series, "an answer without rows", false);
    }
    if (part.code !== null && part.code !== series.code) {
      throw failure(series, `rows of ${part.code}`, false);
    }
    const other = part.rows.find(({ row }) => row.day < from || row.day > until);
    if (other !== undefined) {
      throw failure(series, `a row of ${formatTradingDay(other.row.day)}, which was not asked for`, false);
    }
    if (new Set(part.rows.map(({ row }) => row.day)).size !== part.rows.length) {
      throw failure(series, "two rows of one day", false);
    }
    return { ...answer, value: part };
  }

  #conclude(rows: readonly ChartRow[], from: TradingDay, to: TradingDay): Answer<readonly DatedRow[]> {
    const now = this.#surroundings.clock.now();
    const value = datedRows(rows, now);
    return chartAnswer(value, { from, to, now });
  }
}
