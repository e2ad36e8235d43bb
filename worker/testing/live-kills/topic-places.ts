/** The place of each message in its topic, as one client got them: none twice, none left out of a stream, none taken back. */

export interface PlacedMessage {
  readonly type: string;
  readonly epoch: string;
  readonly seq: number;
  /** It replaces what came before. */
  readonly isWhole: boolean;
}

/** Every message of these arrives, and their epoch outlives the process; of latest values some may be passed over. */
const STREAMS: readonly string[] = ["signal_update", "market_gate_update"];

export class TopicPlaces {
  readonly #last = new Map<string, Pick<PlacedMessage, "epoch" | "seq">>();
  /** Epochs that another one replaced, with their topics. */
  readonly #gone = new Set<string>();

  /** What the place of this message breaks. */
  take(topic: string, { type, epoch, seq, isWhole }: PlacedMessage): readonly string[] {
    const before = this.#last.get(topic);
    this.#last.set(topic, { epoch, seq });
    const isStream = STREAMS.includes(type);
    const broken = this.#gone.has(`${topic} ${epoch}`) ? [`${topic}: the epoch ${epoch} came back`] : [];
    if (before === undefined) {
      return broken;
    }
    if (before.epoch !== epoch) {
      this.#gone.add(`${topic} ${before.epoch}`);
      return isStream ? [...broken, `${topic}: a stream that is stored has another epoch`] : broken;
    }
    const isNext = isWhole ? seq >= before.seq : isStream ? seq === before.seq + 1 : seq > before.seq;
    return isNext ? broken : [...broken, `${topic}: ${seq} came after ${before.seq}`];
  }
}
