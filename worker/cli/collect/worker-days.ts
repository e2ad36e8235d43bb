/** The Worker for which days are collected: what it wants, by its own clock, and where the answers go. */
import type { DayDelivery } from "../../protocol/rest/market-days.ts";
import { DeliveryAnswer, WantedDays } from "../../protocol/rest/market-days.ts";
import { ExchangeBody } from "../../protocol/rest/query.ts";
import type { CollectorSources, SourceId } from "../../app/ports/market-sources.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { understand } from "../import/send-files.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";

export class WorkerDays {
  readonly #client: OwnerClient;
  readonly #path: string;

  constructor(client: OwnerClient, can: CollectorSources, sessions: number) {
    const query = new URLSearchParams({ exchange: "KRX", sessions: String(sessions) });
    for (const [name, is] of Object.entries(can)) {
      query.set(name, String(is));
    }
    this.#client = client;
    this.#path = `/api/admin/days?${query.toString()}`;
  }

  /** With how far the Worker's clock is ahead of this machine's, in milliseconds, to half the time that the answer took. */
  async wanted(): Promise<{ readonly wanted: WantedDays; readonly aheadMs: number }> {
    const before = Date.now();
    const wanted = understand(WantedDays, await this.#client.send("GET", this.#path));
    return { wanted, aheadMs: Math.round(Date.parse(wanted.now) - (before + Date.now()) / 2) };
  }

  /** The exchange that the Worker's pages show. */
  async shown(): Promise<Exchange> {
    return understand(ExchangeBody, await this.#client.send("GET", "/api/admin/exchange")).exchange;
  }

  async deliver(delivery: DayDelivery): Promise<DeliveryAnswer> {
    const bytes = new TextEncoder().encode(JSON.stringify(delivery));
    const answer = await this.#client.send("POST", this.#path, { type: "application/json", bytes });
    return understand(DeliveryAnswer, answer);
  }
}

/** A vendor that both ask would give each half of what it grants. Fails with what to do. */
export function refuseTwice({ asked_here: here }: WantedDays, ids: readonly SourceId[], to: URL): void {
  const twice = ids.filter((id) => here.includes(id));
  if (twice.length > 0) {
    throw new CommandError(
      `The Worker at ${to.origin} asks ${twice.join(" and ")} itself, so there is nothing to collect for it. ` +
        'If it may not: MARKET_SOURCES = "" in its wrangler.toml, or take the secrets of the vendor away there.',
    );
  }
}
