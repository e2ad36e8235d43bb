import fc from "fast-check";
import { it } from "vitest";
import { MeasuredMarket, session } from "../../testing/memory/measured-market.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { makeBase } from "../../testing/builders/signal-builder.ts";
import type { SignalOutcome } from "../ports/outcome-store.ts";

const HALT = { open: 0, high: 0, low: 0, volume: 0 };
const TICKERS = ["D00001", "D00002", "D00003", "D00004", "D00005", "D00006"];
const LAST = 75;

/** Six shares that walk for {@link LAST} sessions with halts and gaps; signals on some of them, in any session. */
function randomMarket(random: () => number, signals: number): MeasuredMarket {
  const market = new MeasuredMarket();
  for (const ticker of TICKERS) {
    market.list(ticker, 50_000, random() < 0.3 ? 10_000 : 1_000_000);
    let close = 50_000;
    for (let n = 0; n <= LAST; n++) {
      const open = close;
      close = Math.round(open * (0.95 + 0.1 * random()));
      const bar = { open, high: Math.max(open, close) + 300, low: Math.min(open, close) - 300 };
      const luck = random();
      if (luck > 0.05 || ticker === "D00001") {
        market.close(ticker, n, close, luck < 0.1 ? HALT : bar);
      }
    }
  }
  for (let k = 0; k < signals; k++) {
    const n = Math.floor(random() * LAST);
    const ticker = TICKERS[Math.floor(random() * TICKERS.length)] ?? "D00001";
    const before = market.rows.get(ticker)?.findLast(({ day }) => day < session(n))?.close ?? 50_000;
    const base = makeBase({ pivot: before, entry: before + 100, stop: Math.round(before * 0.93) });
    market.signal(n, { id: `signal-${k}`, ticker, base, score: 50 + 40 * random() });
  }
  return market;
}

/** A newer import replaces a session of a share. */
function correct(market: MeasuredMarket, n: number, random: () => number): void {
  const tickers = [...market.rows.keys()];
  const ticker = tickers[Math.floor(random() * tickers.length)] ?? "D00001";
  const rows = market.rows.get(ticker) ?? [];
  market.rows.set(
    ticker,
    rows.map((row) =>
      row.day === session(n) ? { ...row, close: row.close * 1.02, high: row.high * 1.02 } : row,
    ),
  );
}

it("[MO7] day by day, with days left out and corrections, comes to what measuring once does", async ({
  expect,
}) => {
  let measured = 0;
  const input = { seed: fc.nat(), signals: fc.integer({ min: 1, max: 5 }) };
  await fc.assert(
    fc.asyncProperty(fc.record(input), async ({ seed, signals }) => {
      const random = makeRandom(seed);
      const market = randomMarket(random, signals);
      let changed: number | null = null;
      for (let n = 0; n <= LAST; n++) {
        if (random() < 0.05) {
          const then = Math.floor(random() * (n + 1));
          correct(market, then, random);
          changed = Math.min(changed ?? then, then);
        }
        changed = Math.min(changed ?? n, n);
        if (random() < 0.8 || n === LAST) {
          await market.measure(n, changed);
          changed = null;
        }
      }
      const daily = [...market.outcomes.rows.values()];
      const asked = (one: SignalOutcome): string => `${one.signalId}/${one.horizon}`;
      market.outcomes.rows.clear();
      market.outcomes.standing.DEMO = null;
      await market.measure(LAST);
      const once = [...market.outcomes.rows.values()];
      const sorted = (all: SignalOutcome[]): SignalOutcome[] =>
        all.toSorted((a, b) => (asked(a) < asked(b) ? -1 : 1));
      expect(sorted(daily)).toEqual(sorted(once));
      measured += once.filter(({ result }) => result !== null).length;
    }),
    { numRuns: 6, seed: 20_250_613 },
  );
  expect(measured).toBeGreaterThan(20);
});
