/** The Korea Exchange's own service of closed days: final rows with the regular close, and the master, from the morning after on. */
import type { Answer, DaySource, MasterLine, MasterSource } from "../../app/ports/market-sources.ts";
import type { IndexColumns, TickerColumns } from "../../app/ports/market-book.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES, type IndexCode, type Market } from "../../core/instrument/instrument.ts";
import type { CheckedSource } from "../../app/ports/source-check.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { krxChecked } from "./krx-check.ts";
import { type KrxAccess, KrxClient, type KrxRow, type KrxService } from "./krx-client.ts";
import { readMaster } from "./krx-master.ts";
import { readBars, readIndex } from "./krx-rows.ts";

const BARS: Readonly<Record<Market, KrxService>> = {
  KOSPI: "sto/stk_bydd_trd",
  KOSDAQ: "sto/ksq_bydd_trd",
  KONEX: "sto/knx_bydd_trd",
};
const MASTERS: Readonly<Record<IndexCode, KrxService>> = {
  KOSPI: "sto/stk_isu_base_info",
  KOSDAQ: "sto/ksq_isu_base_info",
};
const INDICES: Readonly<Record<IndexCode, KrxService>> = {
  KOSPI: "idx/kospi_dd_trd",
  KOSDAQ: "idx/kosdaq_dd_trd",
};

/** Each can be refused alone; the owner applies for them one by one. */
export const KRX_SERVICES: readonly KrxService[] = [BARS, MASTERS, INDICES].flatMap((services) =>
  Object.values(services),
);

/** The value of an answer that has one; any other answer stays as it is. */
function mapAnswer<T, U>(answer: Answer<T>, map: (value: T) => U): Answer<U> {
  return answer.status === "ok" ? { ...answer, value: map(answer.value) } : answer;
}

export class KrxSource implements DaySource, MasterSource {
  readonly id = "krx";
  readonly closeKind = "regular";
  readonly final = true;
  /** What an owner's check asks. */
  readonly checked: CheckedSource;
  readonly #client: KrxClient;
  readonly #surroundings: Surroundings;

  constructor(access: KrxAccess, surroundings: Surroundings) {
    this.#client = new KrxClient(access, surroundings);
    this.#surroundings = surroundings;
    this.checked = krxChecked(access, surroundings, async () => this.forgetDenials());
  }

  async day(day: TradingDay, market: Market): Promise<Answer<readonly TickerColumns[]>> {
    const answer = await this.#client.rows(BARS[market], day);
    return mapAnswer(answer, (rows) => readBars(rows, day, this.#surroundings.log));
  }

  async indices(day: TradingDay): Promise<Answer<readonly IndexColumns[]>> {
    return this.#ofBoards(INDICES, day, (rows, code) => [readIndex(rows, day, code)]);
  }

  async instruments(day: TradingDay): Promise<Answer<readonly MasterLine[]>> {
    return this.#ofBoards(MASTERS, day, readMaster);
  }

  /** Whoever has mended a key or applied for a service does not wait until the denial is forgotten (UP2). */
  async forgetDenials(): Promise<void> {
    await this.#client.forgetDenials(KRX_SERVICES);
  }

  /** Both boards or the first answer that is none: half of a master or of the indices is nothing to go on with. */
  async #ofBoards<T>(
    services: Readonly<Record<IndexCode, KrxService>>,
    day: TradingDay,
    read: (rows: readonly KrxRow[], code: IndexCode) => readonly T[],
  ): Promise<Answer<readonly T[]>> {
    const values: T[] = [];
    let at = 0;
    for (const code of INDEX_CODES) {
      const answer = await this.#client.rows(services[code], day);
      if (answer.status !== "ok") {
        return answer;
      }
      values.push(...read(answer.value, code));
      at = answer.at;
    }
    return { status: "ok", value: values, at };
  }
}
