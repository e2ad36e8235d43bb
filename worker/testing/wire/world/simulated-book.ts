/** A book of the simulated world: what its market has saved, and the shipped promise to see a switch through. */
import type { OutboxMessage } from "../../../app/ports/scan-ledger.ts";
import type { ExchangeSwitch } from "../../../app/ports/settings.ts";
import type { Log } from "../../../app/ports/log.ts";
import { BookAlarm } from "../../../market/book/book-alarm.ts";
import { type SwitchPorts, SwitchInProgress } from "../../../market/book/exchange-switch.ts";
import { STREAMS } from "../../../protocol/messages/topic.ts";
import type { WireMarket } from "./simulated-market.ts";

export class SimulatedBook {
  readonly #market: WireMarket;
  readonly #switch: SwitchInProgress;

  constructor(ctx: DurableObjectState, market: WireMarket, ports: SwitchPorts & { readonly log: Log }) {
    this.#market = market;
    this.#switch = new SwitchInProgress({
      ports,
      log: ports.log,
      sql: ctx.storage.sql,
      alarm: new BookAlarm(ctx.storage, ports.clock),
      exchange: () => market.exchange,
    });
  }

  activate(): Promise<ExchangeSwitch> {
    return this.#switch.begin();
  }

  snapshots(): readonly OutboxMessage[] {
    const { exchange } = this.#market;
    return STREAMS.flatMap((topic) => {
      const body = this.#market.whole(topic);
      return body === null ? [] : [{ id: "snapshot", exchange, topic, body: JSON.stringify(body) }];
    });
  }

  webSocketMessage(): void {
    // A book has no sockets.
  }

  webSocketClose(): void {
    // A book has no sockets.
  }

  async alarm(): Promise<void> {
    await this.#switch.complete();
  }
}
