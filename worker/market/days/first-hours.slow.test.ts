/** Whatever the hour at which a deployment first asks its vendors, some mornings later it has what every other one has. */
import { describe, it } from "vitest";
import type { Answer, DaySource, MarketSources } from "../../app/ports/market-sources.ts";
import { rowAt } from "../../core/bars/columns.ts";
import {
  formatTradingDay,
  midnightOf,
  type TradingDay,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf, krxSourcesOf } from "../../testing/days/real-sources.ts";
import { regularRow, SimulatedExchange } from "../../testing/fakes/exchange/simulated-exchange.ts";
import { stageWithoutPort, type VendorStage } from "../../testing/fakes/vendor-stage.ts";

/** More sessions than the longest rule needs, and fewer than a study; some of its shares have signals in the days that follow. */
const EXCHANGE = new SimulatedExchange({
  first: dayOf("2025-08-20"),
  last: dayOf("2026-09-30"),
  names: 30,
  seed: 33,
});
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** With a broker more is asked; an hour of each kind, two of them within the evening. */
const SOME_HOURS = [0, 8, 9, 12, 15, 16, 18];
const MINUTE_MS = 60_000;
const TURN = 10;
/** Of a day after the first one, in minutes after midnight in Seoul: those on which a step can be due. */
const TURNS = [485, 495, 505, 525, 535, 595, 935, 945, 955, 1_095];
const FIRST_TURNS = 12;
const EVENING = 18 * 60 + 20;

/** An older date is the same to whoever asks, and is read once for all starts. */
const SHARED_UNTIL = dayOf("2026-09-04");
/** Of the vendor's calls. */
const SPACING_MS = 320;
const known = {
  rows: new Map<string, Awaited<ReturnType<DaySource["day"]>>>(),
  indices: new Map<string, Awaited<ReturnType<DaySource["indices"]>>>(),
};

function sharing(stage: VendorStage, source: DaySource): DaySource {
  const read = async <T>(
    answers: Map<string, Answer<T>>,
    key: string,
    day: TradingDay,
    ask: () => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const shared = answers.get(key);
    if (shared !== undefined) {
      await stage.clock.wait(SPACING_MS);
      return shared;
    }
    const answer = await ask();
    if (day < SHARED_UNTIL && answer.status === "ok") {
      answers.set(key, answer);
    }
    return answer;
  };
  return {
    id: source.id,
    closeKind: source.closeKind,
    final: source.final,
    day: async (day, board) => read(known.rows, `${day} ${board}`, day, async () => source.day(day, board)),
    indices: async (day) => read(known.indices, `${day}`, day, async () => source.indices(day)),
  };
}

/** After the morning of `end` everything is compared. */
interface Start {
  readonly name: string;
  readonly day: TradingDay;
  readonly end: TradingDay;
}

const TRADING: Start = { name: "a trading day", day: dayOf("2026-09-16"), end: dayOf("2026-09-18") };
const WEEKEND: Start = { name: "a weekend", day: dayOf("2026-09-19"), end: dayOf("2026-09-22") };
const HOLIDAY: Start = { name: "a holiday", day: dayOf("2026-09-24"), end: dayOf("2026-09-29") };

interface Moment {
  readonly at: number;
  readonly isEvening: boolean;
}

/** Ten minutes each for two hours, and then the turns that matter. */
function momentsOf({ day, end }: Start, hour: number): readonly Moment[] {
  const first = midnightOf(day) + (hour * 60 + 5) * MINUTE_MS;
  const dense = Array.from({ length: FIRST_TURNS }, (_, n) => first + n * TURN * MINUTE_MS);
  const last = midnightOf(end) + 10 * 60 * MINUTE_MS;
  const days = Array.from({ length: end - day + 1 }, (_, n) => midnightOf(tradingDayOf(day + n)));
  const later = days.flatMap((midnight) => TURNS.map((minute) => midnight + minute * MINUTE_MS));
  const turns = [...new Set([...dense, ...later])].map((at) => ({ at, isEvening: false }));
  const evenings = days.map((midnight) => ({ at: midnight + EVENING * MINUTE_MS, isEvening: true }));
  return [...turns, ...evenings]
    .filter(({ at }) => at >= first && at < last)
    .toSorted((one, other) => one.at - other.at);
}

async function live(world: MarketWorld, start: Start, hour: number): Promise<void> {
  const { clock } = world.stage;
  for (const { at, isEvening } of momentsOf(start, hour)) {
    while (world.storage.alarmAt !== null && Math.max(clock.now(), world.storage.alarmAt) < at) {
      await world.ring(1);
    }
    clock.moveTo(Math.max(clock.now(), at));
    await (isEvening ? world.evening() : world.book.followMarket());
  }
  await world.ring(100);
}

/** Rows of the book that are not the exchange's regular ones of the sessions before `end`, and those that it lacks. */
function wrongRows(world: MarketWorld, end: TradingDay): readonly string[] {
  const sessions = EXCHANGE.sessions.filter((day) => day < end);
  const wanted = sessions.flatMap((day) => EXCHANGE.rows(day));
  const series = new Map(world.book.tickers().map((ticker) => [ticker, world.series(ticker)]));
  const lacking = wanted.flatMap((row) => {
    const columns = series.get(row.listing.ticker) ?? null;
    const at = columns?.day.indexOf(row.day) ?? -1;
    const { origin: _, ...own } = columns !== null && at >= 0 ? rowAt(columns, at) : { origin: 0 };
    return JSON.stringify(own) === JSON.stringify(regularRow(row))
      ? []
      : [`${row.listing.ticker} ${formatTradingDay(row.day)}`];
  });
  const { rows } = world.book.summary();
  return rows === wanted.length ? lacking : [...lacking, `${rows} rows in place of ${wanted.length}`];
}

/** What the deployment has at the end. */
interface Ending {
  readonly wrong: readonly string[];
  /** Sessions that were judged, each with the shares that were fit to be. */
  readonly scans: readonly (readonly [day: string, eligible: number])[];
  readonly failed: readonly string[];
  readonly signals: readonly string[];
  readonly verdicts: string;
}

async function endingOf(
  start: Start,
  hour: number,
  sourcesOf: (stage: VendorStage) => MarketSources,
): Promise<Ending> {
  const stage = stageWithoutPort(EXCHANGE, midnightOf(start.day));
  const sources = sourcesOf(stage);
  const day = sources.day && sharing(stage, sources.day);
  const world = new MarketWorld(stage, () => ({ ...sources, day }));
  try {
    await live(world, start, hour);
    const done = world.ledger.journal.filter(({ status }) => status === "done").toReversed();
    const verdicts = await Promise.all(
      world.book.tickers().map(async (ticker) => world.book.verdict(ticker)),
    );
    const wrong = wrongRows(world, start.end);
    return {
      wrong,
      scans: done.map(({ asOf, funnel }) => [
        asOf === null ? "" : formatTradingDay(asOf),
        funnel?.eligible ?? 0,
      ]),
      failed: world.ledger.journal.flatMap(({ status, reason }) =>
        status === "failed" ? (reason ?? "") : [],
      ),
      signals: world.ledger.stored.map(({ signal }) => JSON.stringify(signal)).toSorted(),
      verdicts: JSON.stringify(verdicts),
    };
  } finally {
    await stage.end();
  }
}
const kisSourcesOf = (stage: VendorStage): MarketSources => ({
  ...bothSourcesOf(stage),
  day: null,
  master: null,
});

/** The first session of all depends on what was published at the first turn; what was judged from it on is the same. */
function byFirstScan(endings: readonly Ending[]): readonly (readonly Ending[])[] {
  const groups = Map.groupBy(endings, ({ scans }) => scans[0]?.[0]);
  return [...groups.values()];
}

describe("a deployment whose vendor was first asked at any hour", () => {
  it.for([TRADING, WEEKEND, HOLIDAY])(
    "[MD14] of $name has the exchange's bars, the same signals and no scan of shares that are too short, with the official vendor alone",
    { timeout: 300_000 },
    async (start, { expect }) => {
      const endings: Ending[] = [];
      for (const hour of HOURS) {
        endings.push(await endingOf(start, hour, krxSourcesOf));
      }
      expect(endings.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(endings.filter(({ signals }) => signals.length === 0)).toEqual([]);
      expect(new Set(endings.map(({ verdicts }) => verdicts)).size).toBe(1);
      for (const { scans, failed } of endings) {
        expect(failed).toEqual([]);
        expect(Math.min(...scans.map(([, eligible]) => eligible))).toBeGreaterThan(4);
        // Each session once, in order.
        const days = scans.map(([day]) => day);
        expect(days).toEqual([...new Set(days)].toSorted());
      }
      // Of a trading day the last session is published at eight.
      expect(byFirstScan(endings).length).toBe(start === TRADING ? 2 : 1);
      for (const group of byFirstScan(endings)) {
        expect(new Set(group.map(({ signals }) => signals.join())).size).toBe(1);
        expect(new Set(group.map(({ scans }) => scans.join())).size).toBe(1);
      }
    },
  );

  it.for([
    ["both vendors", bothSourcesOf],
    ["the broker alone", kisSourcesOf],
  ] as const)(
    "[MD14] of a trading day judges no shares that are too short, and has the same of each: with %s",
    { timeout: 300_000 },
    async ([how, sourcesOf], { expect }) => {
      const endings: Ending[] = [];
      for (const hour of SOME_HOURS) {
        endings.push(await endingOf(TRADING, hour, sourcesOf));
      }
      expect(new Set(endings.map(({ verdicts }) => verdicts)).size).toBe(1);
      for (const { scans, failed, wrong } of endings) {
        expect(failed).toEqual([]);
        expect(how === "both vendors" ? wrong : []).toEqual([]);
        expect(Math.min(...scans.map(([, eligible]) => eligible))).toBeGreaterThan(4);
      }
    },
  );
});
