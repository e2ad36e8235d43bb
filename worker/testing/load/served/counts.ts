/** What happened inside since the process began: all objects of a plain workerd share one isolate, and a kill sets it to zero. */

interface Counts {
  /** Calls of gateways to Topic objects. */
  subscribes: number;
  /** Questions for the active exchange, each one query to D1 in the product. */
  exchangeQuestions: number;
  /** Calls of gateways to the feed. */
  wants: number;
  /** Objects born, by class. */
  gateways: number;
  topics: number;
  broadcasters: number;
}

export const counts: Counts = {
  subscribes: 0,
  exchangeQuestions: 0,
  wants: 0,
  gateways: 0,
  topics: 0,
  broadcasters: 0,
};

/** When each tick of values began to be written to the sockets: the tick's number, and milliseconds since the epoch. */
const MAX_FLUSHES = 4_096;
const flushes: (readonly [tick: number, at: number])[] = [];
let delivered = 0;

/** The values that the next flush carries are of this tick. */
export function noteDelivered(tick: number): void {
  delivered = tick;
}

export function noteFlush(): void {
  flushes.push([delivered, Date.now()]);
  flushes.splice(0, flushes.length - MAX_FLUSHES);
}

/** Answers with what was noted since the last call. */
export function takeFlushes(): readonly (readonly [number, number])[] {
  return flushes.splice(0, flushes.length);
}
