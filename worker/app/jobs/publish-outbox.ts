/** Hands saved messages to their topics, oldest first, until none is left. After a crash the next call goes on. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Clock } from "../ports/clock.ts";
import type { Publisher } from "../ports/live.ts";
import type { ScanLedger } from "../ports/scan-ledger.ts";
import type { Settings } from "../ports/settings.ts";

/** Messages read at once. A scan writes two or three. */
const BATCH = 50;

/** The neighbours of a publish. */
export interface PublishPorts {
  readonly ledger: Pick<ScanLedger, "unpublished" | "markPublished">;
  readonly publisher: Publisher;
  readonly settings: Pick<Settings, "lastSwitch">;
  readonly clock: Clock;
}

/**
 * Drains the outbox of one exchange; rejects with the neighbour's error when a topic is out of reach, and what was
 * published until then stays marked. Messages of an exchange that is not active have no readers: they are closed
 * unpublished, because a switch to it begins with a snapshot that is read after the switch was recorded.
 */
export async function publishOutbox(exchange: Exchange, ports: PublishPorts): Promise<number> {
  let published = 0;
  for (;;) {
    const messages = await ports.ledger.unpublished(exchange, BATCH);
    if (messages.length === 0) {
      return published;
    }
    // Asked after the messages were read: a switch that is recorded later reads a snapshot that has them.
    const active = await ports.settings.lastSwitch();
    for (const message of messages) {
      if (active.exchange === exchange) {
        // One after the other: the order of a topic is the order of its publishing.
        await ports.publisher.publish(message, active.generation);
        published += 1;
      }
      await ports.ledger.markPublished([message.id], ports.clock.now());
    }
  }
}
