/** IG8, IG8a: merged lines of masters, whether a file or a vendor brought them, become what the instrument store holds. */
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileReader } from "../ports/ingest.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { StoredRows } from "../ports/market-book.ts";
import { type Rejected, RejectedLines } from "../ports/rejected-lines.ts";
import type { MergedRow } from "./master-rows.ts";

/** The neighbours of a master. `complete` knows what a line leaves open (EL1, EL2, IG8a). */
export interface MasterPorts {
  readonly instruments: Pick<InstrumentStore, "all" | "put">;
  readonly complete: FileReader["complete"];
  readonly clock: Clock;
}

function isSame(a: Instrument, b: Instrument): boolean {
  return (
    a.name === b.name &&
    a.nameEn === b.nameEn &&
    a.market === b.market &&
    a.kind === b.kind &&
    a.notice === b.notice &&
    a.industry === b.industry &&
    a.listedOn === b.listedOn &&
    a.listedShares === b.listedShares
  );
}

/** Only what differs from the store is written. Counts instruments; lines that make none are refused with their reason. */
export async function storeMaster(
  exchange: Exchange,
  rows: readonly MergedRow[],
  { instruments, complete, clock }: MasterPorts,
): Promise<StoredRows & Rejected> {
  const incomplete = new RejectedLines();
  const stored = new Map((await instruments.all(exchange)).map((own) => [own.ticker, own]));
  const kept = new Map<Ticker, Instrument>();
  for (const { line, row } of rows) {
    const instrument = complete(row, stored.get(row.ticker) ?? null);
    if (typeof instrument === "string") {
      incomplete.add({ line, key: row.ticker, date: null, reason: instrument });
    } else {
      kept.set(row.ticker, instrument);
    }
  }
  const fresh = [...kept.values()].filter((own) => !stored.has(own.ticker));
  const changed = [...kept.values()].filter((own) => {
    const before = stored.get(own.ticker);
    return before !== undefined && !isSame(before, own);
  });
  if (fresh.length + changed.length > 0) {
    await instruments.put(exchange, [...fresh, ...changed], clock.now());
  }
  return {
    added: fresh.length,
    replaced: changed.length,
    unchanged: kept.size - fresh.length - changed.length,
    rejected: incomplete.first(),
    rejectedCounts: incomplete.counts(),
  };
}
