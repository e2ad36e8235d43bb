/** Random lives of a market in which days arrive wrong, twice, in part or under another date, until at last every row is true. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { DayOfRows } from "./changing-market.ts";
import type { Kill } from "./correction-world.ts";
import { scaled, type TrueMarket } from "./true-market.ts";

/** What can be wrong with the rows of a day. */
const WRONGS = [
  "hundredth",
  "tenfold",
  "repeated",
  "partial",
  "swapped",
  "halted",
  "volumes",
  "one_share",
  "indices",
] as const;
type Wrong = (typeof WRONGS)[number];

const KILLS: readonly Kill[] = ["before_save", "after_save", "before_measure"];

/** Draws from one seeded source, so that a life can be lived again. */
class Draw {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  one<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#random() * from.length)];
    assert(found !== undefined, "There is something to draw from");
    return found;
  }
}

/** The rows of a session with one thing wrong; `before` are those of the session before it. */
function spoil({ rows, before, wrong, draw }: Spoiling): DayOfRows {
  const tickers = [...rows.keys()].filter((key) => !key.startsWith("KOS"));
  const each = (change: (row: Row, key: string) => Row | null): DayOfRows =>
    new Map(
      [...rows].flatMap(([key, row]): [string, Row][] => {
        const changed = change(row, key);
        return changed === null ? [] : [[key, changed]];
      }),
    );
  const chosen = draw.one(tickers);
  const second = draw.one(tickers);
  switch (wrong) {
    case "hundredth":
      return scaled(rows, 0.01);
    case "tenfold":
      return scaled(rows, 10);
    case "repeated":
      return each((row, key) => valuesOf(row, before.get(key)));
    case "partial":
      return each((row, key) => (key === chosen || key === second ? null : row));
    case "swapped":
      return each((row, key) =>
        key === chosen
          ? valuesOf(row, rows.get(second))
          : key === second
            ? valuesOf(row, rows.get(chosen))
            : row,
      );
    case "halted":
      return each((row) => ({ ...row, open: 0, high: 0, low: 0, volume: 0 }));
    case "volumes":
      return each((row) => ({ ...row, volume: row.volume * 1_000 }));
    case "one_share": {
      const fall = scaled(rows, 0.8).get(chosen);
      return each((row, key) => (key === chosen ? (fall ?? row) : row));
    }
    case "indices":
      return each((row, key) => (key.startsWith("KOS") ? (scaled(rows, 0.5).get(key) ?? row) : row));
  }
}

/** Another row's values on the day of this one. */
function valuesOf(row: Row, other: Row | undefined): Row {
  return { ...(other ?? row), day: row.day };
}

interface Spoiling {
  readonly rows: DayOfRows;
  readonly before: DayOfRows;
  readonly wrong: Wrong;
  readonly draw: Draw;
}

/** A book with its record, in memory or the real one. */
export interface LivedWorld {
  import(rows: DayOfRows): void | Promise<void>;
  remove(day: TradingDay, key?: string): void | Promise<void>;
  run(kind: "manual" | "cron", kill?: Kill | null): Promise<unknown>;
  /** Whether the session has a gate. */
  isJudged(day: TradingDay): boolean | Promise<boolean>;
}

/** One market from its first session to its last, with `world` already at the evening before. */
export class WrongLife {
  readonly #market: TrueMarket;
  readonly #world: LivedWorld;
  readonly #draw: Draw;
  /** Sessions that have been scanned with rows of their own day, right or wrong. */
  #lived = 0;
  readonly #falseDays = new Set<TradingDay>();
  /** What was done, for the message of a failure. */
  readonly story: string[] = [];

  constructor(market: TrueMarket, world: LivedWorld, random: () => number) {
    this.#market = market;
    this.#world = world;
    this.#draw = new Draw(random);
  }

  async live(): Promise<void> {
    for (const n of this.#market.sessions.keys()) {
      if (this.#draw.chance(0.25)) {
        await this.#falseDay(n);
      }
      await this.#session(n);
      for (let again = this.#draw.one([0, 0, 1, 2]); again > 0; again--) {
        await this.#disturb();
      }
    }
    await this.#makeTrue();
  }

  async #run(): Promise<void> {
    const kill = this.#draw.chance(0.2) ? this.#draw.one(KILLS) : null;
    this.story.push(kill === null ? "run" : `run, killed ${kill}`);
    await this.#world.run("manual", kill);
    if (kill !== null && this.#draw.chance(0.5)) {
      await this.#world.run("cron");
    }
  }

  #rowsOf(n: number): DayOfRows {
    const session = this.#market.sessions[n] ?? this.#market.history.at(-1);
    assert(session, "The market has a past");
    return "rows" in session ? session.rows : session;
  }

  #spoiled(n: number): DayOfRows {
    const wrong = this.#draw.one(WRONGS);
    this.story.push(`session ${n} ${wrong}`);
    const before = n === 0 ? this.#rowsOf(-1) : this.#rowsOf(n - 1);
    return spoil({ rows: this.#rowsOf(n), before, wrong, draw: this.#draw });
  }

  /** The rows of a session under the date of the day before it, on which nobody traded. */
  async #falseDay(n: number): Promise<void> {
    const session = this.#market.sessions[n];
    assert(session, "The market has the session");
    const day = tradingDayOf(session.day - 1);
    this.story.push(`session ${n} under the day before`);
    this.#falseDays.add(day);
    await this.#world.import(new Map([...session.rows].map(([key, row]) => [key, { ...row, day }])));
    await this.#run();
    if (this.#draw.chance(0.5)) {
      await this.#removeFalse(day);
      if (this.#draw.chance(0.5)) {
        await this.#run();
      }
    }
  }

  async #removeFalse(day: TradingDay): Promise<void> {
    this.story.push("false day removed");
    this.#falseDays.delete(day);
    await this.#world.remove(day);
  }

  /** Until some scan has judged the session, the next one does not begin. */
  async #session(n: number): Promise<void> {
    const isWrong = this.#draw.chance(0.6);
    await this.#world.import(isWrong ? this.#spoiled(n) : this.#rowsOf(n));
    await this.#run();
    const day = this.#market.sessions[n]?.day;
    if (day !== undefined && !(await this.#world.isJudged(day))) {
      // A day that arrived in part holds up this session too.
      for (let k = 0; k <= n; k++) {
        await this.#world.import(this.#rowsOf(k));
      }
      await this.#world.run("manual");
    }
    this.#lived = n + 1;
  }

  /** Something happens to an earlier day. */
  async #disturb(): Promise<void> {
    const n = this.#draw.one(Array.from({ length: this.#lived }, (_, k) => k));
    const day = this.#market.sessions[n]?.day;
    assert(day !== undefined, "The session has been lived");
    const key = this.#draw.one([...this.#rowsOf(n).keys()]);
    const act = this.#draw.one(["true", "true", "wrong", "remove", "remove_one", "false_day"] as const);
    switch (act) {
      case "true":
        await this.#world.import(this.#rowsOf(n));
        break;
      case "wrong":
        await this.#world.import(this.#spoiled(n));
        break;
      case "remove":
        await this.#world.remove(day);
        break;
      case "remove_one":
        await this.#world.remove(day, key);
        break;
      case "false_day":
        for (const one of this.#falseDays) {
          await this.#removeFalse(one);
        }
        break;
    }
    this.story.push(`session ${n} ${act}`);
    if (this.#draw.chance(0.7)) {
      await this.#run();
    }
  }

  /** Every row is put right, in some order, with runs in between. */
  async #makeTrue(): Promise<void> {
    for (const day of this.#falseDays) {
      await this.#removeFalse(day);
    }
    const left = [...this.#market.sessions.keys()];
    while (left.length > 0) {
      const n = this.#draw.one(left);
      left.splice(left.indexOf(n), 1);
      await this.#world.import(this.#rowsOf(n));
      if (this.#draw.chance(0.3)) {
        await this.#run();
      }
    }
    this.story.push("all true");
    await this.#world.run("cron");
  }
}
