/** KX9: each of the six services as an owner's check asks it: one call, read as the day's own step reads it. */
import type { Answer } from "../../app/ports/market-sources.ts";
import type { AskedService, CheckedSource, ServiceSample } from "../../app/ports/source-check.ts";
import { rowAt } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { type KrxAccess, KrxClient, type KrxRow, type KrxService } from "./krx-client.ts";
import { readMaster } from "./krx-master.ts";
import { readBars, readIndex } from "./krx-rows.ts";

/** So many names of the largest traded value, whose closes tell which close the source has. */
const LIQUID = 30;

const EMPTY: Omit<ServiceSample, "count"> = { rows: [], tickers: [], sessions: null };

type Read = (rows: readonly KrxRow[], day: TradingDay) => ServiceSample;

/** The most traded of a board, by value. */
function readShares({ log }: Surroundings): Read {
  return (rows, day) => {
    const shares = readBars(rows, day, log).flatMap((one) => {
      const ticker = parseTicker("KRX", one.ticker);
      return ticker === null ? [] : [{ ticker, row: rowAt(one.columns, 0), close: "regular" as const }];
    });
    const liquid = shares
      .toSorted((a, b) => (b.row.value ?? 0) - (a.row.value ?? 0))
      .slice(0, LIQUID)
      .map(({ ticker }) => ticker);
    return { ...EMPTY, count: shares.length, rows: shares, tickers: liquid };
  };
}

const readLines =
  (board: IndexCode): Read =>
  (rows) => ({ ...EMPTY, count: readMaster(rows, board).length });

function readIndices(board: IndexCode): Read {
  return (rows, day) => {
    // An index that cannot be read is a failure of the service.
    readIndex(rows, day, board);
    return { ...EMPTY, count: rows.length };
  };
}

/** `forgetDenials`: of all services of the vendor. */
export function krxChecked(
  access: KrxAccess,
  surroundings: Surroundings,
  forgetDenials: () => Promise<void>,
): CheckedSource {
  const client = new KrxClient(access, surroundings, true);
  const service = (name: KrxService, gives: string, read: Read): AskedService => ({
    name,
    gives,
    dated: true,
    keyless: false,
    ask: async ({ day }): Promise<Answer<ServiceSample>> => {
      const answer = await client.rows(name, day);
      return answer.status === "ok" ? { ...answer, value: read(answer.value, day) } : answer;
    },
  });
  return {
    id: "krx",
    services: [
      service("sto/stk_bydd_trd", "daily trading of KOSPI shares", readShares(surroundings)),
      service("sto/ksq_bydd_trd", "daily trading of KOSDAQ shares", readShares(surroundings)),
      service("sto/stk_isu_base_info", "basic information of KOSPI shares", readLines("KOSPI")),
      service("sto/ksq_isu_base_info", "basic information of KOSDAQ shares", readLines("KOSDAQ")),
      service("idx/kospi_dd_trd", "daily trading of the KOSPI indices", readIndices("KOSPI")),
      service("idx/kosdaq_dd_trd", "daily trading of the KOSDAQ indices", readIndices("KOSDAQ")),
    ],
    skewMs: () => surroundings.dates?.skewOf("krx") ?? null,
    forgetDenials,
  };
}
