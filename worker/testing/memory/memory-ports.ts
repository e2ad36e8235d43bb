/** Every port of the HTTP app in memory, so that a test of a route sets one thing and asks one question. */
import type { ImportReport, Ingest, UnreadableFile } from "../../app/ports/ingest.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import type { HttpPorts } from "../../http/request/ports.ts";
import { MemoryAlertLog } from "./memory-alert-log.ts";
import { MemoryAlerts } from "./memory-alerts.ts";
import { MemoryBook } from "./memory-book.ts";
import { MemoryDeliveries } from "./memory-deliveries.ts";
import { MemoryLog } from "./memory-log.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryOutcomes } from "./memory-outcomes.ts";
import { MemoryOwnerLog } from "./memory-owner-log.ts";
import { MemoryReaderSessions } from "./memory-readers.ts";
import { dayOf } from "../builders/signal-builder.ts";

export const OWNER_TOKEN = "the-owner's-secret";
/** Monday 2025-05-19, 10:00 KST. */
export const NOW = Date.UTC(2025, 4, 19, 1, 0);

export class MemorySettings implements Settings {
  exchange: Exchange = "DEMO";
  generation = 0;

  activeExchange(): Promise<Exchange> {
    return Promise.resolve(this.exchange);
  }

  lastSwitch(): Promise<ExchangeSwitch> {
    return Promise.resolve({ exchange: this.exchange, generation: this.generation });
  }

  setActiveExchange(exchange: Exchange): Promise<ExchangeSwitch> {
    this.exchange = exchange;
    this.generation += 1;
    return this.lastSwitch();
  }

  chooseFirst(exchange: Exchange): Promise<ExchangeSwitch | null> {
    return this.generation > 0 ? Promise.resolve(null) : this.setActiveExchange(exchange);
  }
}

export class MemoryInstruments implements InstrumentStore {
  readonly lists: Record<Exchange, Instrument[]> = { KRX: [], DEMO: [] };

  put(exchange: Exchange, instruments: readonly Instrument[]): Promise<void> {
    const byTicker = new Map([...this.lists[exchange], ...instruments].map((one) => [one.ticker, one]));
    this.lists[exchange] = Array.from(byTicker.values());
    return Promise.resolve();
  }

  all(exchange: Exchange): Promise<readonly Instrument[]> {
    return Promise.resolve(this.lists[exchange].toSorted((a, b) => (a.ticker < b.ticker ? -1 : 1)));
  }

  async get(exchange: Exchange, ticker: string): Promise<Instrument | null> {
    return (await this.all(exchange)).find((instrument) => instrument.ticker === ticker) ?? null;
  }

  async search(exchange: Exchange, text: string, limit: number): Promise<readonly Instrument[]> {
    const part = text.toLowerCase();
    const found = (await this.all(exchange)).filter(({ ticker, name, nameEn }) =>
      [ticker, name, nameEn ?? ""].some((field) => field.toLowerCase().includes(part)),
    );
    return found.slice(0, limit);
  }
}

const REPORT: ImportReport = {
  rows: 3,
  accepted: 2,
  added: 2,
  replaced: 0,
  unchanged: 0,
  halted: 1,
  rejected: { zero_price: 1 },
  rejects: [{ line: 4, key: "005930", date: "2025-05-16", reason: "zero_price" }],
  tickers: 1,
  unlisted: [],
  firstDay: dayOf("2025-05-14"),
  lastDay: dayOf("2025-05-15"),
};

/** Reads nothing: remembers what it was given and answers `report`. */
export class MemoryIngest implements Ingest {
  report: ImportReport | UnreadableFile = REPORT;
  readonly calls: unknown[] = [];

  bars(exchange: Exchange, bytes: Uint8Array, chunk: unknown): Promise<ImportReport | UnreadableFile> {
    return this.#take(["bars", exchange, bytes.length, chunk]);
  }

  indices(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile> {
    return this.#take(["indices", exchange, bytes.length]);
  }

  instruments(exchange: Exchange, bytes: Uint8Array): Promise<ImportReport | UnreadableFile> {
    return this.#take(["instruments", exchange, bytes.length]);
  }

  #take(call: readonly unknown[]): Promise<ImportReport | UnreadableFile> {
    this.calls.push(call);
    return Promise.resolve(this.report);
  }
}

export interface MemoryPorts extends HttpPorts {
  readonly settings: MemorySettings;
  readonly ledger: MemoryLedger;
  readonly alertLog: MemoryAlertLog;
  readonly alerts: MemoryAlerts;
  readonly outcomes: MemoryOutcomes;
  readonly ownerLog: MemoryOwnerLog;
  readonly instruments: MemoryInstruments;
  readonly ingest: MemoryIngest;
  readonly deliveries: MemoryDeliveries;
  readonly books: Readonly<Record<Exchange, MemoryBook>>;
  readonly switched: Exchange[];
  readonly log: MemoryLog;
  /** The failures that reached the log. */
  readonly faults: unknown[];
}

export function makeMemoryPorts(overrides: Partial<HttpPorts> = {}): MemoryPorts {
  const books = { KRX: new MemoryBook(), DEMO: new MemoryBook() };
  const ledger = new MemoryLedger();
  const switched: Exchange[] = [];
  const settings = new MemorySettings();
  const log = new MemoryLog();
  return {
    clock: { now: () => NOW },
    ownerToken: OWNER_TOKEN,
    build: "test-build",
    book: (exchange) => books[exchange],
    sources: (exchange) => books[exchange],
    switchExchange: (exchange) => {
      switched.push(exchange);
      return settings.setActiveExchange(exchange);
    },
    readers: { rule: "public", sessions: new MemoryReaderSessions(), endSockets: () => Promise.resolve() },
    ...overrides,
    settings,
    ledger,
    alertLog: new MemoryAlertLog(),
    alerts: new MemoryAlerts(),
    outcomes: new MemoryOutcomes(ledger),
    ownerLog: new MemoryOwnerLog(),
    instruments: new MemoryInstruments(),
    ingest: new MemoryIngest(),
    deliveries: new MemoryDeliveries(),
    books,
    switched,
    log,
    faults: log.failures,
  };
}
