/** What the days of a real market ask of the platform: a past that is filled in, a morning and an evening, from the vendors' fakes. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { Crowd } from "../../testing/load/crowd.ts";
import { readRecords } from "../../testing/faults/stored-records.ts";
import { inSeoul, RealDays } from "../../testing/stage/real-days.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { lineOf, takeCounts } from "./count-table.ts";

const NAMES = 2_700;
const PAGES = 5;
/** The spacing of a vendor's calls is most of a backfill's time, and costs nothing but the object's being awake. */
const HURRIED = 20;
const MINUTE = 60;
const [MORNING, NOON, EVENING] = [8 * MINUTE + 45, 12 * MINUTE + 5, 15 * MINUTE + 35];
const PATIENCE_MS = 900_000;
const SETTLE_MS = 4_000;

/** Read in the files: a question to the Worker would be counted. */
function doneRuns(stateDir: string): number {
  return readRecords(stateDir, "KRX").runs.filter(({ status }) => status === "done").length;
}

async function withPages(days: RealDays, work: () => Promise<void>): Promise<void> {
  const crowd = new Crowd({
    port: Number(new URL(days.worker.url).port),
    path: "/ws",
    size: PAGES,
    topics: ["signal:vcp", "market_gate", "scan", "feed", "index:KOSPI", "index:KOSDAQ"],
    tick: () => undefined,
  });
  await crowd.gather();
  try {
    await work();
  } finally {
    crowd.leave();
  }
}

/** Counts of one turn of the clock and, where one follows, its run. */
async function row(days: RealDays, what: string, isOver: () => boolean): Promise<void> {
  await takeCounts(days.worker.url);
  const began = performance.now();
  await days.turn();
  await waitUntil(async () => Promise.resolve(isOver()), what, PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  await new Promise((resolve) => {
    setTimeout(resolve, SETTLE_MS);
  });
  const counts = await takeCounts(days.worker.url);
  process.stdout.write(`${lineOf(what, counts)}; ${seconds.toFixed(0)} s\n`);
}

export async function vendorRows(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-bill-"));
  const [first, today] = ["2025-01-06", "2026-10-13"].map((text) => parseTradingDay(text) ?? tradingDayOf(0));
  const last = tradingDayOf((today ?? 0) + 20);
  const days = new RealDays({
    exchange: { first: first ?? last, last, names: NAMES, seed: 1 },
    stateDir,
    entry: "worker/bench/bill/counting-worker.ts",
    config: "wrangler.toml",
  });
  try {
    await rowsFrom(days, stateDir, today ?? last);
  } finally {
    await days.end();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function rowsFrom(days: RealDays, stateDir: string, tuesday: TradingDay): Promise<void> {
  const [wednesday, thursday, friday] = [1, 2, 3].map((n) => tradingDayOf(tuesday + n));
  const judged = async (what: string, at: number, sources: string): Promise<void> => {
    await days.startAt(at, { sources });
    await withPages(days, async () => {
      const before = doneRuns(stateDir);
      await row(days, what, () => doneRuns(stateDir) > before);
    });
  };
  await days.startAt(inSeoul(tuesday, NOON), { sources: "krx", speed: HURRIED });
  const { krx } = days.vendors;
  await row(
    days,
    "KRX: the past, 400 sessions, to the first scan",
    () => krx.mastersAsked > 1 && doneRuns(stateDir) > 0,
  );
  // The first morning asks for five sessions, every later one for the last.
  await judged("KRX: the first morning", inSeoul(wednesday ?? tuesday, MORNING), "krx");
  await judged("KRX: a morning", inSeoul(thursday ?? tuesday, MORNING), "krx");
  await days.startAt(inSeoul(thursday ?? tuesday, NOON), { sources: "krx kis" });
  await row(days, "a turn with nothing due, without pages", () => true);
  await judged("KIS: an evening", inSeoul(thursday ?? tuesday, EVENING), "krx kis");
  await judged("KRX and KIS: the morning after it", inSeoul(friday ?? tuesday, MORNING), "krx kis");
}
