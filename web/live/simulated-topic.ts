/** One topic of the simulated server: its epoch, its order, the last few messages and the whole. */
import type { PositionText } from "../../worker/protocol/messages/client-message.ts";

/** Short, so that a test soon reaches beyond it. */
const RING = 8;

/** How a topic writes its messages. */
export interface TopicContent {
  /** The whole as a message without its place. Not asked for before the first message. */
  snapshot(): object;
  readonly isStream: boolean;
}

/** One stream with its history, as a Topic keeps it. */
export class SimulatedTopic {
  readonly name: string;
  epoch = "e1";
  seq = 0;
  readonly #content: TopicContent;
  #ring: readonly { readonly seq: number; readonly text: string }[] = [];
  #epochs = 1;

  constructor(name: string, content: TopicContent) {
    this.name = name;
    this.#content = content;
  }

  /** Gives a message its place. */
  append(message: object): readonly string[] {
    this.seq += 1;
    const text = this.#placed(message);
    this.#ring = [...this.#ring, { seq: this.seq, text }].slice(-RING);
    return [text];
  }

  /** A new epoch that begins with what is there: at `seq`, as if restored from a copy. */
  renew(seq: number): readonly string[] {
    this.#epochs += 1;
    this.epoch = `e${this.#epochs}`;
    this.seq = seq;
    this.#ring = [];
    return [this.#reset(), ...this.#whole()];
  }

  answer(since: PositionText | null, id: number): readonly string[] {
    const { epoch, seq, name } = this;
    const isAhead = since !== null && (since.epoch !== epoch || since.seq > seq);
    const isInRing = since !== null && !isAhead && seq - since.seq <= this.#ring.length;
    const recovered = this.#content.isStream && isInRing;
    const subscribed = {
      type: "subscribed",
      topic: name,
      epoch: seq === 0 && !this.#content.isStream ? null : epoch,
      seq,
      recovered,
      id,
    };
    const missed = this.#ring.filter((one) => one.seq > (since?.seq ?? 0)).map(({ text }) => text);
    const rest = recovered ? missed : [...(isAhead ? [this.#reset()] : []), ...this.#whole()];
    return [JSON.stringify(subscribed), ...rest];
  }

  #reset(): string {
    return JSON.stringify({ type: "reset", topic: this.name, epoch: this.epoch, seq: this.seq });
  }

  #whole(): readonly string[] {
    return this.seq === 0 ? [] : [this.#placed(this.#content.snapshot())];
  }

  #placed(message: object): string {
    return JSON.stringify({ ...message, topic: this.name, epoch: this.epoch, seq: this.seq });
  }
}
