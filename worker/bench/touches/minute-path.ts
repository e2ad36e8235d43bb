/** A path of one share through a session whose daily bar is known: the minutes themselves are recorded nowhere that may be used. */
import type { Row } from "../../core/bars/columns.ts";

/** Of the regular session of KRX. */
export const SESSION_MINUTES = 390;

/** Seconds of a minute between two of its points. */
const MINUTE_S = 60;

/**
 * The prices at the beginning of each minute and at the close, 391 of them: from the open over both extremes, each reached once at a
 * minute that chance gives, to the close; between them a walk that is held inside the bar. Prices in won, `random` uniform in [0, 1).
 */
export function minutePath(
  bar: Pick<Row, "open" | "high" | "low" | "close">,
  random: () => number,
): Float64Array {
  const { open, high, low, close } = bar;
  const within = (): number => 1 + Math.floor(random() * (SESSION_MINUTES - 1));
  const [first, second] = random() < 0.5 ? [high, low] : [low, high];
  const [a, b] = [within(), within()].toSorted((x, y) => x - y);
  const turns = [
    { at: 0, price: open },
    // An extreme that is the open or the close is not reached once more.
    ...(first === open ? [] : [{ at: a ?? 0, price: first }]),
    ...(second === close ? [] : [{ at: Math.max(b ?? 0, (a ?? 0) + 1), price: second }]),
    { at: SESSION_MINUTES, price: close },
  ];
  const path = new Float64Array(SESSION_MINUTES + 1);
  for (let n = 1; n < turns.length; n++) {
    const [from, to] = [turns[n - 1], turns[n]];
    if (from !== undefined && to !== undefined) {
      walk(path, from, to, { high, low, random });
    }
  }
  return path;
}

interface Turn {
  readonly at: number;
  readonly price: number;
}

interface Inside {
  readonly high: number;
  readonly low: number;
  readonly random: () => number;
}

/** A bridge of random steps, as large as a tenth of the bar's range. */
function walk(path: Float64Array, from: Turn, to: Turn, { high, low, random }: Inside): void {
  const minutes = to.at - from.at;
  const step = (high - low) / 10;
  const drift = new Float64Array(minutes + 1);
  for (let i = 1; i <= minutes; i++) {
    drift[i] = (drift[i - 1] ?? 0) + step * (2 * random() - 1);
  }
  for (let i = 0; i <= minutes; i++) {
    const share = minutes === 0 ? 1 : i / minutes;
    const bridged = (drift[i] ?? 0) - share * (drift[minutes] ?? 0);
    const price = from.price + (to.price - from.price) * share + bridged;
    path[from.at + i] =
      i === 0 ? from.price : i === minutes ? to.price : Math.min(high, Math.max(low, price));
  }
}

/** The price at a second of the session, on the line between two minutes. */
export function priceAt(path: Float64Array, second: number): number {
  const minute = Math.min(Math.floor(second / MINUTE_S), SESSION_MINUTES - 1);
  const [from, to] = [path[minute] ?? 0, path[minute + 1] ?? 0];
  return from + (to - from) * (second / MINUTE_S - minute);
}
