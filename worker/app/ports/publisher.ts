/** Hands a saved message to the sequencer of its topic. */
import type { OutboxMessage } from "./scan-ledger.ts";

export interface Publisher {
  /** Idempotent by the message's id; resolves only when the topic has it durably. Rejects when the topic is out of reach. */
  publish(message: OutboxMessage): Promise<void>;
}
