/**
 * Frames that no client should send: random text, valid messages with something wrong in them, deeply nested brackets, keys of
 * prototypes, numbers beyond the finite ones, halves of characters. Seeded: the same number gives the same frame.
 */
import { makeRandom } from "../chance/random.ts";

type Random = () => number;

const STRINGS = [
  "signal:vcp",
  "market_gate",
  "price:005930",
  "price:d00001",
  "price:nope",
  "index:KOSPI",
  "scan",
  "feed",
  "",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\ud800",
  "\udfff\ud800",
  "가온전자",
  "x".repeat(300),
  "2025-06-17T09:00:00.000+09:00",
];
const NUMBERS = [
  "0",
  "-0",
  "1",
  "-1",
  "1.5",
  "1e308",
  "1e400",
  "-1e400",
  "9007199254740993",
  "1e-400",
  "0x10",
  "NaN",
];
const KEYS = [
  "type",
  "topic",
  "topics",
  "id",
  "since",
  "epoch",
  "seq",
  "ack",
  "bytes",
  "data",
  "signals",
  "removed",
  "snapshot",
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
];
const TYPES = [
  "subscribe",
  "unsubscribe",
  "ping",
  "ack",
  "dance",
  "connected",
  "subscribed",
  "reset",
  "error",
];

/** Longest frame of random text: beyond the limit of 16,384 too. */
const MAX_NOISE = 20_000;
const MAX_TOWER = 10_000;

/** One frame. `samples` are valid ones, to be broken. */
export function fuzzFrame(seed: number, samples: readonly string[]): string {
  const random = makeRandom(seed);
  const dice = random();
  if (dice < 0.6) {
    return broken(pick(random, samples), random);
  }
  if (dice < 0.8) {
    return json(random, 4);
  }
  if (dice < 0.9) {
    return `{"type":"${pick(random, TYPES)}",${members(random, 3)}}`;
  }
  return dice < 0.96 ? noise(random) : tower(random);
}

function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

function pick<T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T {
  const value = list[below(random, list.length)];
  if (value === undefined) {
    throw new RangeError("There is something to pick from");
  }
  return value;
}

/** A few cuts, doublings and swaps of characters, or of one value for another. */
function broken(text: string, random: Random): string {
  let out = text;
  for (let k = below(random, 4); k >= 0; k--) {
    const [from, length] = [below(random, out.length + 1), below(random, 12)];
    const [before, middle, after] = [
      out.slice(0, from),
      out.slice(from, from + length),
      out.slice(from + length),
    ];
    const dice = below(random, 6);
    if (dice === 0) {
      out = before + after;
    } else if (dice === 1) {
      out = before + middle + middle + after;
    } else if (dice === 2) {
      out = before + String.fromCharCode(below(random, 65_536)) + after;
    } else if (dice === 3) {
      out = out.replace(/:("[^"]*"|-?\d+|true|false|null)/, () => `:${json(random, 1)}`);
    } else if (dice === 4) {
      out = before + json(random, 1) + after;
    } else {
      out = `[${out},${out}]`.slice(0, 40_000);
    }
  }
  return out;
}

function json(random: Random, depth: number): string {
  const dice = below(random, depth > 0 ? 8 : 5);
  switch (dice) {
    case 0:
      return pick(random, NUMBERS);
    case 1:
      return pick(random, ["true", "false", "null", "undefined"]);
    case 5:
      return `[${Array.from({ length: below(random, random() < 0.02 ? 300 : 4) }, () => json(random, depth - 1)).join(",")}]`;
    case 6:
    case 7:
      return `{${members(random, depth - 1)}}`;
    default:
      return JSON.stringify(pick(random, STRINGS));
  }
}

function members(random: Random, depth: number): string {
  return Array.from(
    { length: below(random, 6) },
    () => `${JSON.stringify(pick(random, KEYS))}:${json(random, depth)}`,
  ).join(",");
}

function noise(random: Random): string {
  const length = below(random, random() < 0.02 ? MAX_NOISE : 80);
  const codes = Array.from({ length }, () => below(random, random() < 0.8 ? 128 : 65_536));
  return String.fromCharCode(...codes);
}

function tower(random: Random): string {
  const height = below(random, random() < 0.05 ? MAX_TOWER : 40);
  const open = pick(random, ["[", '{"a":', '[{"topics":']);
  return open.repeat(height) + pick(random, ["", "1", "]".repeat(height)]);
}
