/** One session second by second: which shares hold a slot, which are asked for by turns, and how long after its trade each touch is seen. */
import { tickerOf } from "../../core/nominal.ts";
import { TURN_MS } from "../../market/real/price-turns.ts";
import { planSlots } from "../../market/real/slots.ts";
import { priceAt, SESSION_MINUTES } from "./minute-path.ts";

/** An open signal with the price that moves it, and its share's way through the session; prices in won. */
export interface WatchedSignal {
  readonly ticker: string;
  /** The trigger of one that waits for it, otherwise its stop. */
  readonly level: number;
  readonly moves: "at or above" | "below";
  /** The stop, by which a signal has its place once its trigger was touched; one whose stop was broken has ended, and has none. */
  readonly stop: number;
  /** As {@link minutePath} gives it. */
  readonly path: Float64Array;
  /** The close of the session before, by which it has its place among the slots until a price is known. */
  readonly before: number;
}

export interface DayOptions {
  /** What the vendor follows at once, the two indices included. */
  readonly slots: number;
  /** Seconds after the opening from which answers to questions are of the day. */
  readonly answersFrom: number;
}

/** One level that was reached, in seconds of the session; `seen` is when the book has it, at the latest. */
export interface SeenTouch {
  readonly ticker: string;
  readonly moves: WatchedSignal["moves"];
  readonly at: number;
  readonly seen: number | null;
}

const TURN_S = TURN_MS / 1_000;
/** A tick waits at most so long for the batch to the book (DR4). */
const BATCH_S = 1;
/** Ten calls of thirty at the vendor's rate. */
const ANSWER_S = 1;
/** The places of the slots are planned anew each second by the driver; here every second second, to the debit of the figure. */
const PLAN_S = 2;
const SECONDS = (SESSION_MINUTES - 10) * 60;

function isReached({ level, moves }: WatchedSignal, price: number): boolean {
  return moves === "below" ? price < level : price >= level;
}

/** The first second at which the path is at the level; `null` where it never is. The closing auction belongs to the day's bar. */
function touchOf(signal: WatchedSignal): number | null {
  for (let second = 0; second < SECONDS; second++) {
    if (isReached(signal, priceAt(signal.path, second))) {
      return second;
    }
  }
  return null;
}

/** What the driver knows and does at a second; tickers in the order of the list where they are equally near. */
class Coverage {
  readonly #signals: readonly WatchedSignal[];
  readonly #options: DayOptions;
  readonly #known: Map<string, number>;
  readonly #seen = new Set<WatchedSignal>();
  followed: ReadonlySet<string> = new Set();
  polled: ReadonlySet<string> = new Set();

  constructor(signals: readonly WatchedSignal[], options: DayOptions) {
    this.#signals = signals;
    this.#options = options;
    this.#known = new Map(signals.map(({ ticker, before }) => [ticker, before]));
  }

  /** What a connection shows at this second, and a turn where one begins. */
  learn(second: number, isTurn: boolean): void {
    for (const { ticker, path } of this.#signals) {
      if (this.followed.has(ticker) || (isTurn && this.polled.has(ticker))) {
        this.#known.set(ticker, priceAt(path, second));
      }
    }
  }

  /** The book has it. */
  move(signal: WatchedSignal): void {
    this.#seen.add(signal);
  }

  plan(): void {
    const ways = new Map<string, number>();
    for (const signal of this.#signals) {
      const { ticker, moves, stop } = signal;
      const hasMoved = this.#seen.has(signal);
      if (hasMoved && moves === "below") {
        continue;
      }
      const level = hasMoved ? stop : signal.level;
      const way = Math.abs(level / (this.#known.get(ticker) ?? level) - 1);
      ways.set(ticker, Math.min(way, ways.get(ticker) ?? way));
    }
    const nearest = Array.from(ways).toSorted(([, a], [, b]) => a - b);
    const plan = planSlots(
      this.#options.slots,
      nearest.map(([ticker]) => tickerOf(ticker)),
      [],
    );
    this.followed = new Set(plan.followed);
    this.polled = new Set(plan.polled);
  }
}

/** Every level that is reached before the closing auction, once. */
export function touchesOf(signals: readonly WatchedSignal[], options: DayOptions): readonly SeenTouch[] {
  const touches = signals.flatMap((signal) => {
    const at = touchOf(signal);
    return at === null ? [] : [{ signal, at, seen: null as number | null }];
  });
  const coverage = new Coverage(signals, options);
  coverage.plan();
  const waiting = new Set(touches);
  for (let second = 0; second < SECONDS && waiting.size > 0; second++) {
    const isTurn = second >= options.answersFrom && (second - options.answersFrom) % TURN_S === 0;
    coverage.learn(second, isTurn);
    for (const touch of waiting) {
      const { ticker } = touch.signal;
      if (touch.at > second) {
        continue;
      }
      // A record of the vendor has the session's high and low: what was touched before a share was followed is in its first one.
      if (coverage.followed.has(ticker)) {
        touch.seen = second + BATCH_S;
      } else if (isTurn && coverage.polled.has(ticker)) {
        touch.seen = second + ANSWER_S + BATCH_S;
      }
      if (touch.seen !== null) {
        coverage.move(touch.signal);
        waiting.delete(touch);
      }
    }
    if (second % PLAN_S === 0) {
      coverage.plan();
    }
  }
  return touches.map(({ signal: { ticker, moves }, at, seen }) => ({ ticker, moves, at, seen }));
}
