/** The state of the demo market between two sessions: numbers, stored as bytes, from which the next session follows. */
import { MARKET_FIELDS } from "./market-factors.ts";

/** One number a share and field; see {@link DemoState.shares}. */
export const SHARE_FIELDS = [
  "close",
  "home",
  "heat",
  "activity",
  "shares",
  "halted",
  "ratio",
  "anchor",
] as const;
/** A number that every share carries from session to session. */
export type ShareField = (typeof SHARE_FIELDS)[number];

/**
 * By share: last close in won; the price it is drawn back to; logarithms of its volatility and of its volume against
 * their usual level; shares listed; sessions left of a halt; shares for one at the reopening (0: no split waits); the
 * close before the running scenario began (0: no scenario).
 */
export type ShareState = Readonly<Record<ShareField, Float64Array>>;

/** All that the next session depends on, besides the seed. */
export interface DemoState {
  /** The edition of the scenarios' shapes that the running ones were begun by: {@link SHAPES} but in bytes from before. */
  readonly shapes: number;
  /** Sessions done so far, and the number of the next one; the first of history is 0. */
  readonly session: number;
  readonly market: Float64Array;
  /** Last closes of KOSPI and KOSDAQ. */
  readonly indices: Float64Array;
  readonly shares: ShareState;
}

/** Raised when scenarios are drawn anew: a session number then means another place of another course. */
export const SHAPES = 2;
const FIRST_SHAPES = 1;
const HEAD = 3;
const INDICES = 2;

function viewsOn(memory: Float64Array, from: number, count: number): ShareState {
  const view = (k: number): Float64Array => memory.subarray(from + k * count, from + (k + 1) * count);
  return {
    close: view(0),
    home: view(1),
    heat: view(2),
    activity: view(3),
    shares: view(4),
    halted: view(5),
    ratio: view(6),
    anchor: view(7),
  };
}

/** A state of `count` shares with every number 0. */
export function blankState(count: number): DemoState {
  return {
    shapes: SHAPES,
    session: 0,
    market: new Float64Array(MARKET_FIELDS),
    indices: new Float64Array(INDICES),
    shares: viewsOn(new Float64Array(SHARE_FIELDS.length * count), 0, count),
  };
}

/** A copy that shares no memory with `state`. */
export function copyState(state: DemoState): DemoState {
  const copy = blankState(state.shares.close.length);
  copy.market.set(state.market);
  copy.indices.set(state.indices);
  for (const field of SHARE_FIELDS) {
    copy.shares[field].set(state.shares[field]);
  }
  return { ...copy, shapes: state.shapes, session: state.session };
}

/** Little-endian float64: edition of the shapes, session, number of shares, market, indices, then the shares field by field. */
export function encodeState(state: DemoState): Uint8Array {
  const { shapes, session, shares, market, indices } = state;
  const fields = SHARE_FIELDS.map((field) => shares[field]);
  const numbers = [shapes, session, shares.close.length, ...market, ...indices];
  const memory = new Float64Array(numbers.length + fields.reduce((sum, field) => sum + field.length, 0));
  memory.set(numbers);
  let used = numbers.length;
  for (const field of fields) {
    memory.set(field, used);
    used += field.length;
  }
  return new Uint8Array(memory.buffer);
}

/** `null` when the bytes are not a state of this edition or of one before it. */
export function decodeState(bytes: Uint8Array): DemoState | null {
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) {
    return null;
  }
  // A copy, because a Float64Array must begin at a multiple of eight bytes.
  const memory = new Float64Array(bytes.slice().buffer);
  const [shapes, session, count] = memory;
  const start = HEAD + MARKET_FIELDS + INDICES;
  if (shapes === undefined || session === undefined || count === undefined) {
    return null;
  }
  if (!Number.isSafeInteger(shapes) || shapes < FIRST_SHAPES || shapes > SHAPES) {
    return null;
  }
  if (!Number.isSafeInteger(session) || memory.length !== start + SHARE_FIELDS.length * count) {
    return null;
  }
  return {
    shapes,
    session,
    market: memory.slice(HEAD, HEAD + MARKET_FIELDS),
    indices: memory.slice(HEAD + MARKET_FIELDS, start),
    shares: viewsOn(memory, start, count),
  };
}
