/**
 * A market made from random walks as files, so that the time and the memory of a study of a whole exchange over a
 * decade can be measured where no such bars are. Equal seeds give equal files.
 */
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { tickDown } from "../core/bars/tick-size.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import { makeNormal, makeRandom } from "../testing/chance/random.ts";
import { LAST_DAY, weekdaysUntil } from "../testing/builders/base-builder.ts";

/** How large the market is. */
export interface MadeMarket {
  readonly tickers: number;
  readonly sessions: number;
  readonly seed: number;
}

interface Share {
  readonly ticker: string;
  /** Standard deviation of a session's change, a fraction; share of the market's change; mean change. */
  readonly spread: number;
  readonly beta: number;
  readonly drift: number;
  /** First session, and the first without it. */
  readonly from: number;
  readonly to: number;
  close: number;
  volume: number;
  halted: number;
  calm: number;
}

function grid(price: number): number {
  return Math.max(1, tickDown(Math.max(1, price), "krx"));
}

class Walks {
  readonly shares: readonly Share[];
  readonly #random: () => number;
  readonly #normal: () => number;

  constructor({ tickers, sessions, seed }: MadeMarket) {
    const random = makeRandom(seed);
    this.#random = random;
    this.#normal = makeNormal(random);
    this.shares = Array.from({ length: tickers }, (_, i) => ({
      ticker: String(100_000 + 10 * i),
      spread: 0.012 + 0.02 * random(),
      beta: 0.5 + random(),
      drift: 0.0001 + 0.0004 * random(),
      from: random() < 0.05 ? Math.floor(0.8 * sessions * random()) : 0,
      to: random() < 0.03 ? Math.floor(sessions * (0.3 + 0.7 * random())) : sessions,
      close: grid(2_000 + 60_000 * random() ** 2),
      volume: 50_000 + 2_000_000 * random() ** 3,
      halted: 0,
      calm: 1,
    }));
  }

  /** The change of the whole market in a session: three rising stretches of half a year, then a falling one. */
  market(session: number): number {
    return 0.009 * this.#normal() + (Math.floor(session / 130) % 4 === 3 ? -0.0006 : 0.0003);
  }

  /** `open,high,low,close,volume,base_price` of the next session. */
  step(x: Share, market: number): string {
    const random = this.#random;
    if (x.halted > 0) {
      x.halted -= 1;
      return `0,0,0,${x.close},0,${x.close}`;
    }
    x.halted = random() < 0.0003 ? 1 + Math.floor(12 * random()) : 0;
    x.calm = random() < 0.02 ? 0.5 + 1.2 * random() : x.calm;
    const base = this.#baseOf(x);
    const spread = x.spread * x.calm;
    const change = x.beta * market + x.drift + spread * this.#normal();
    const open = grid(base * Math.exp(0.25 * spread * this.#normal()));
    // Inside the narrowest daily limit, so that a walk never looks like an action that was missed.
    const close = grid(base * Math.exp(Math.max(-0.14, Math.min(0.14, change))));
    const high = Math.max(open, close, grid(Math.max(open, close) * (1 + 0.5 * spread * random())));
    const low = Math.min(open, close, grid(Math.min(open, close) * (1 - 0.5 * spread * random())));
    x.close = close;
    return `${open},${high},${low},${close},${Math.ceil(x.volume * Math.exp(0.5 * this.#normal()))},${base}`;
  }

  /** The base price of a session: a split of a dear share, a merger of a cheap one's shares, a dividend, or the close before. */
  #baseOf(x: Share): number {
    if (x.close > 60_000 && this.#random() < 0.002) {
      x.volume *= 5;
      return grid(x.close / 5);
    }
    if (x.close < 1_200 && this.#random() < 0.003) {
      x.volume /= 5;
      return grid(x.close * 5);
    }
    return this.#random() < 0.0008 ? grid(0.97 * x.close) : x.close;
  }
}

const PRICES = "date,open,high,low,close,volume";

async function write(file: WriteStream, lines: readonly string[]): Promise<void> {
  if (!file.write(`${lines.join("\n")}\n`)) {
    await once(file, "drain");
  }
}

async function writeSmall(folder: string, index: readonly string[], shares: readonly Share[]): Promise<void> {
  const companies = shares.map(
    ({ ticker }, i) => `${ticker},Walk ${ticker},${i % 3 === 0 ? "KOSPI" : "KOSDAQ"},Industry ${i % 40}`,
  );
  await writeFile(join(folder, "indices.csv"), `index,${PRICES}\n${index.join("\n")}\n`);
  await writeFile(join(folder, "instruments.csv"), `ticker,name,market,industry\n${companies.join("\n")}\n`);
}

/** Writes `bars.csv` by day, `indices.csv` and `instruments.csv` into a folder, which is made. */
export async function writeMarket(folder: string, market: MadeMarket): Promise<void> {
  const walks = new Walks(market);
  const days: readonly TradingDay[] = weekdaysUntil(LAST_DAY, market.sessions);
  await mkdir(folder, { recursive: true });
  const file = createWriteStream(join(folder, "bars.csv"));
  await write(file, [`ticker,${PRICES},base_price`]);
  const index: string[] = [];
  let level = 1_000;
  for (const [session, day] of days.entries()) {
    const date = formatTradingDay(day);
    const change = walks.market(session);
    const before = level;
    level *= Math.exp(change);
    const [top, bottom] = [1.003 * Math.max(before, level), 0.997 * Math.min(before, level)];
    for (const code of ["KOSPI", "KOSDAQ"]) {
      index.push(
        [code, date, ...[before, top, bottom, level].map((x) => x.toFixed(2)), 300_000_000].join(","),
      );
    }
    const here = walks.shares.filter(({ from, to }) => session >= from && session < to);
    await write(
      file,
      here.map((share) => `${share.ticker},${date},${walks.step(share, change)}`),
    );
  }
  file.end();
  await once(file, "finish");
  await writeSmall(folder, index, walks.shares);
}
