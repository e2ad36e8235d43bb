/**
 * The application's end of one stream, behind the real client. Every message is held against the oracle: nothing lost, nothing
 * twice, nothing out of order; beyond the ring a reset; and after each message the state that its place stands for.
 */
import type { Subscription } from "../../../web/live/ports.ts";
import type { TopicListener, Update } from "../../../web/live/update.ts";
import type { PositionText } from "../../protocol/messages/client-message.ts";
import { RING_SIZE } from "../../app/ports/live.ts";
import type { Oracle } from "./oracle.ts";
import { StreamState } from "./stream-state.ts";

export class StreamReader {
  readonly listener: TopicListener;
  /** How many messages were applied. */
  applied = 0;
  subscription: Subscription | null = null;
  readonly #topic: string;
  readonly #oracle: Oracle;
  readonly #report: (problem: string) => void;
  readonly #state = new StreamState();
  #place: PositionText | null = null;
  #wasReset = true;

  constructor(topic: string, oracle: Oracle, report: (problem: string) => void) {
    this.#topic = topic;
    this.#oracle = oracle;
    this.#report = (problem) => {
      report(`${problem} (${topic} at ${this.#place?.seq} of ${this.#place?.epoch})`);
    };
    this.listener = {
      message: (update) => {
        this.#take(update);
      },
      reset: () => {
        this.#reset();
      },
    };
  }

  /** The reader holds what the stream is now. */
  get isCurrent(): boolean {
    const now = this.#oracle.position(this.#topic);
    const known = now === null ? "nothing" : this.#oracle.textAt(now);
    const isPlaced =
      now === null || now.seq === 0 || (this.#place?.epoch === now.epoch && this.#place.seq === now.seq);
    return this.subscription?.isCurrent() === true && isPlaced && this.#state.text === known;
  }

  get picture(): string {
    const now = this.#oracle.position(this.#topic);
    const isHeld = this.subscription?.isCurrent() === true;
    return `${this.#topic} ${isHeld ? "held" : "open"} at ${this.#place?.seq} of ${this.#place?.epoch} "${this.#state.text}", is at ${now?.seq} of ${now?.epoch} "${now && this.#oracle.textAt(now)}"`;
  }

  #take(update: Update): void {
    if (update.type !== "signal_update" && update.type !== "market_gate_update") {
      this.#report(`[WS7] a ${update.type} in a stream`);
      return;
    }
    const { epoch, seq } = update;
    const at = { epoch, seq };
    if (update.snapshot === true) {
      this.#checkSnapshot(at);
    } else {
      this.#checkNext(at);
    }
    this.applied += 1;
    this.#wasReset = false;
    this.#place = at;
    this.#state.apply(update);
    const right = this.#oracle.textAt(at);
    if (right !== this.#state.text) {
      this.#report(`[WS4] holds "${this.#state.text}" where ${seq} of ${epoch} is "${right}"`);
    }
  }

  #checkNext({ epoch, seq }: PositionText): void {
    const before = this.#place ?? { epoch, seq: 0 };
    if (before.epoch !== epoch || seq !== before.seq + 1) {
      this.#report(`[WS7] got ${seq} of ${epoch}`);
    }
  }

  #checkSnapshot({ epoch, seq }: PositionText): void {
    const place = this.#place;
    if (place === null || this.#wasReset) {
      return;
    }
    if (place.epoch !== epoch) {
      this.#report(`[WS6] a snapshot of another epoch (${epoch}) without a reset`);
    } else if (seq !== place.seq) {
      this.#report(`[WS7] a snapshot at ${seq} without a reset`);
    }
  }

  #reset(): void {
    const now = this.#oracle.position(this.#topic);
    // Where epochs changed, a page that asked twice may rightly get two resets.
    const isFirst = this.#oracle.epochs(this.#topic) === 1;
    if (isFirst && this.#place !== null && now !== null && now.seq - this.#place.seq <= RING_SIZE) {
      this.#report("[WS6] a reset inside the ring");
    }
    this.#wasReset = true;
    this.#place = null;
    this.#state.clear();
  }
}
