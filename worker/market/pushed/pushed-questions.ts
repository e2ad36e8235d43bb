/** KW16: questions for prices of this moment that wait for a machine's answer: each is answered, fails in time, or fails with the machine. */
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { type Neighbour, NeighbourError } from "../../app/ports/neighbour-error.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { QuotesAnswer } from "../../protocol/rest/market-days.ts";
import { quotesIn } from "./pushed-values.ts";

/** A machine that asks the vendor for hundreds of names takes some seconds. */
const PATIENCE_MS = 30_000;

interface Question {
  readonly tickers: readonly Ticker[];
  settle(answer: Answer<readonly MarketQuote[]>): void;
  fail(error: NeighbourError): void;
}

export class PushedQuestions {
  readonly #wait: (ms: number) => Promise<void>;
  readonly #neighbour: () => Neighbour;
  readonly #waiting = new Map<number, Question>();

  constructor(wait: (ms: number) => Promise<void>, neighbour: () => Neighbour) {
    this.#wait = wait;
    this.#neighbour = neighbour;
  }

  /** Rejects with a `NeighbourError` where no answer comes. */
  async open(id: number, tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    const answered = new Promise<Answer<readonly MarketQuote[]>>((settle, fail) => {
      this.#waiting.set(id, { tickers, settle, fail });
    });
    void this.#wait(PATIENCE_MS).then(() => {
      this.#fail(id, "no answer in time");
    });
    return answered;
  }

  /** `false` for an answer in which something is no price. One to nothing that was asked is none. */
  answer(id: number, answer: QuotesAnswer, now: number): boolean {
    const question = this.#waiting.get(id);
    if (question === undefined) {
      return true;
    }
    const read = quotesIn(answer, question.tickers, now);
    if (read === undefined) {
      this.#fail(id, "prices that are none");
    } else if (read === null) {
      this.#fail(id, "the vendor did not answer the machine");
    } else {
      this.#waiting.delete(id);
      question.settle(read);
    }
    return read !== undefined;
  }

  /** The machine is gone. */
  failAll(why: string): void {
    for (const id of Array.from(this.#waiting.keys())) {
      this.#fail(id, why);
    }
  }

  #fail(id: number, why: string): void {
    const question = this.#waiting.get(id);
    const neighbour = this.#neighbour();
    this.#waiting.delete(id);
    question?.fail(
      new NeighbourError(`${neighbour} failed to quote prices over the machine of the owner: ${why}`, {
        neighbour,
        retryable: true,
      }),
    );
  }
}
