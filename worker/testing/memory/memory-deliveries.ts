/** Days that another machine collects, for tests of their routes: remembers what it was given and answers what it is told to. */
import type {
  CollectorSources,
  DayDeliveryPort,
  TakenDelivery,
  WantedFromVendors,
} from "../../app/ports/market-sources.ts";
import { dayOf } from "../builders/signal-builder.ts";

export class MemoryDeliveries implements DayDeliveryPort {
  wants: WantedFromVendors = { now: 0, askedHere: [], steps: [], tickers: null, backfill: null };
  taken: TakenDelivery = { kind: "official_day", day: dayOf("2025-06-17"), status: "stored", text: "2 rows" };
  readonly asked: (readonly [CollectorSources, number])[] = [];
  /** Bytes of each delivery, and how many sessions were to be there. */
  readonly deliveries: (readonly [number, number])[] = [];

  wantedDays(can: CollectorSources, sessions: number): Promise<WantedFromVendors> {
    this.asked.push([can, sessions]);
    return Promise.resolve(this.wants);
  }

  takeDay(bytes: Uint8Array, sessions: number): Promise<TakenDelivery> {
    this.deliveries.push([bytes.length, sessions]);
    return Promise.resolve(this.taken);
  }
}
