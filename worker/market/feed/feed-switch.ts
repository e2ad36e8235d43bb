/** The recorded switch as a feed last learnt it: the feed asks before each step, and a switch to its exchange begins a new epoch. */
import { type ExchangeSwitch, isSameSwitch, type Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

export interface FeedSwitchDeps {
  readonly settings: Pick<Settings, "lastSwitch">;
  exchange(): Exchange;
  /** The exchange of the feed has become active, or was switched to again. */
  begin(): void;
}

export class FeedSwitch {
  readonly #deps: FeedSwitchDeps;
  /** `null` before the store was asked. */
  #applied: ExchangeSwitch | null = null;
  /** Questions to the store, and the last of them that was answered: an answer to an earlier one is out of date. */
  #asked = 0;
  #answered = 0;

  constructor(deps: FeedSwitchDeps) {
    this.#deps = deps;
  }

  get applied(): ExchangeSwitch | null {
    return this.#applied;
  }

  /** Whether the exchange of the feed is active. Rejects when the store is out of reach. */
  async isActive(): Promise<boolean> {
    this.#asked += 1;
    const question = this.#asked;
    const recorded = await this.#deps.settings.lastSwitch();
    const isMine = recorded.exchange === this.#deps.exchange();
    if (question > this.#answered) {
      this.#answered = question;
      const isNew = this.#applied !== null && !isSameSwitch(this.#applied, recorded);
      this.#applied = recorded;
      if (isMine && isNew) {
        this.#deps.begin();
      }
    }
    return isMine;
  }
}
