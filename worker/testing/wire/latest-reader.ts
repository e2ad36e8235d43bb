/**
 * The application's end of one topic of latest values: values only go forward within an epoch, and no epoch comes back (WS5).
 * The same value may come twice: a listener that joins during a pause gets the present state, and again with the resume.
 */
import type { Subscription } from "../../../web/live/ports.ts";
import type { TopicListener } from "../../../web/live/update.ts";

export class LatestReader {
  readonly listener: TopicListener;
  subscription: Subscription | null = null;
  price: number | null = null;
  readonly #over = new Set<string>();
  #epoch: string | null = null;
  #seq = 0;
  #socket: object | null = null;

  /** `socket`: the present one of the page. Another gateway may learn of an epoch later: only on one socket an epoch is over (LV7a). */
  constructor(topic: string, socket: () => object | null, report: (problem: string) => void) {
    this.listener = {
      message: (update) => {
        const { epoch, seq } = update;
        if (this.#over.has(epoch) || (epoch === this.#epoch && seq < this.#seq)) {
          report(`[WS5] ${topic} went back to ${seq} of ${epoch} from ${this.#seq} of ${this.#epoch}`);
        }
        if (this.#epoch !== null && this.#epoch !== epoch && this.#socket === socket()) {
          this.#over.add(this.#epoch);
        }
        this.#socket = socket();
        this.#epoch = epoch;
        this.#seq = seq;
        this.price = update.type === "price_update" ? update.data.price : this.price;
      },
    };
  }
}
