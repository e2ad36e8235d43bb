/** The master as the vendors publish it, merged into the stored one: who publishes what is of no matter to the store (IG8a). */
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Exchange, Instrument } from "../../../core/instrument/instrument.ts";
import { LONGEST_MASTER_TEXT } from "../../../core/instrument/master-text.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { MasterRow } from "../../ports/ingest.ts";
import type { MarketSources, MasterLine, MasterSource, SourceId } from "../../ports/market-sources.ts";
import { countRejected } from "../../ports/rejected-lines.ts";
import { VENDORS } from "../../vendors.ts";
import { MasterMerge, type MergedRow } from "../master-rows.ts";
import { type MasterPorts, storeMaster } from "../store-master.ts";
import type { DayStep } from "./market-clock.ts";
import { CALENDAR_DAYS, type SessionDays, sessionsBefore } from "./session-days.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** A master, and the day as of which it is asked. */
export interface AskedMaster {
  readonly master: MasterSource;
  readonly day: TradingDay;
}

/** Which some vendor does not publish, and so cannot end. */
const NOT_EVERYWHERE = new Set(Object.values(VENDORS).flatMap(({ unpublished }) => unpublished));

/** IG8c: the lines of several vendors as they are merged, and what none of them can deny of what is stored. */
class VendorLines {
  readonly #merge: MasterMerge;
  /** Tickers of which some line states every notice there is, and of which some line has an exact count. */
  readonly #everyNotice = new Set<string>();
  readonly #exact = new Set<string>();

  constructor(exchange: Exchange) {
    this.#merge = new MasterMerge((key) => parseTicker(exchange, key));
  }

  take(lines: readonly MasterLine[], source: SourceId, file: number): void {
    const { unpublished, sharesPer } = VENDORS[source];
    const read = lines.map((given, line) => {
      const { notice, ...rest } = given;
      const { ticker } = given;
      const isOld = notice === undefined || this.#everyNotice.has(ticker);
      if (notice !== undefined && unpublished.length === 0) {
        this.#everyNotice.add(ticker);
      }
      if (given.listedShares !== undefined && given.listedShares !== null && sharesPer === 1) {
        this.#exact.add(ticker);
      }
      return { line, key: ticker, value: isOld ? rest : { ...rest, notice } };
    });
    this.#merge.take(read, file);
  }

  rows(): readonly MergedRow[] {
    return this.#merge.rows();
  }

  /** The row without what leaves the stored value standing. */
  against(row: MasterRow, stored: Instrument | null): MasterRow {
    if (stored === null) {
      return row;
    }
    const { notice, listedShares, listedOn, nameEn, ...rest } = row;
    const keepsNotice =
      stored.notice !== null && NOT_EVERYWHERE.has(stored.notice) && !this.#everyNotice.has(row.ticker);
    const keepsShares =
      listedShares === null || (!this.#exact.has(row.ticker) && isRounded(listedShares, stored.listedShares));
    return {
      ...rest,
      ...(notice !== undefined && !keepsNotice && { notice }),
      ...(listedShares !== undefined && !keepsShares && { listedShares }),
      ...(listedOn !== undefined && listedOn !== null && { listedOn }),
      ...(nameEn !== undefined && nameEn !== null && { nameEn }),
    };
  }
}

const ROUGHEST = Math.max(...Object.values(VENDORS).map(({ sharesPer }) => sharesPer));

/** Whether a rough count is that of the exact one. */
function isRounded(rough: number | undefined, exact: number | null): boolean {
  return rough !== undefined && exact !== null && rough === exact - (exact % ROUGHEST);
}

/**
 * Whose masters a step is about. What both have is the official one's, whose names are the exchange's and whose counts are exact;
 * the notices are those of the present one, which is of today and has all of them.
 */
export function mastersOf(
  { kind, day }: DayStep,
  { master, present }: Pick<MarketSources, "master" | "present">,
  days: SessionDays = CALENDAR_DAYS,
): readonly AskedMaster[] {
  const [before] = sessionsBefore(day, 1, days);
  const official = kind === "official_master" ? day : before;
  return [
    ...(present !== null && kind === "present_master" ? [{ master: present, day }] : []),
    ...(master !== null && official !== undefined ? [{ master, day: official }] : []),
  ];
}

/**
 * In the order of `asked`, of which later values count. One that has nothing to give is named, and the others are stored; when none
 * has, nothing is. Rejects as the sources and the store do.
 */
export async function fetchMasters(
  exchange: Exchange,
  asked: readonly AskedMaster[],
  ports: MasterPorts,
): Promise<StepOutcome> {
  const lines = new VendorLines(exchange);
  const without: StepOutcome[] = [];
  for (const [file, { master, day }] of asked.entries()) {
    const answer = await master.instruments(day);
    if (answer.status === "ok") {
      lines.take(answer.value, master.id, file);
    } else {
      without.push(outcomeOf(master.id, answer));
    }
  }
  const [first] = without;
  if (first !== undefined && without.length === asked.length) {
    return first;
  }
  const { added, replaced, unchanged, ...refused } = await storeMaster(exchange, lines.rows(), {
    ...ports,
    complete: (row, stored) => ports.complete(lines.against(row, stored), stored),
  });
  const left = countRejected(refused);
  const rest = [
    ...(left === 0
      ? []
      : [
          `${left} without a name or a market, or with a name of more than ${LONGEST_MASTER_TEXT} characters`,
        ]),
    ...without.map(({ text }) => text),
  ];
  // A scan is of bars: a name or a notice waits for the next session.
  const text = writeStepNote("instruments", {
    all: added + replaced + unchanged,
    added,
    changed: replaced,
    more: rest.map((part) => `, ${part}`).join(""),
  });
  return { status: "stored", moved: false, text };
}
