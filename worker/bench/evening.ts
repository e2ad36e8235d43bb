/**
 * `npm run bench:evening`: an evening of 2,700 names in the shipped Worker on workerd, in front of the fake of KIS at 18 requests a
 * second of which one in twenty is refused; then an evening with the vendor down, and the morning that takes over. The book's clock
 * and the fakes' stand at the hours of Seoul; everything else is real. Exit code 1 when the evening's scan is not there by 15:45.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { readArgs, readCount } from "../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../cli/terminal/command-error.ts";
import {
  formatTradingDay,
  KST_OFFSET_MS,
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
} from "../core/calendar/trading-day.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { inSeoul, RealDays } from "../testing/stage/real-days.ts";
import { waitUntil } from "../testing/stage/wait-until.ts";

const USAGE = "npm run bench:evening -- [--names 2700] [--sessions 400]";
const OPTIONS = {
  names: { type: "string", default: "2700" },
  sessions: { type: "string", default: "400" },
} as const;
const FIRST = "2025-01-06";
/** A Wednesday. */
const DAY = "2026-10-14";
const BOTH = "krx kis";
const REFUSED_EVERY = 20;
const COVERAGE = 0.95;
const MINUTE_MS = 60_000;
const minuteOf = (hour: number, minute: number): number => 60 * hour + minute;
const [PRESENT, NOON, CLOSED, DUE] = [minuteOf(8, 45), minuteOf(12, 5), minuteOf(15, 35), minuteOf(15, 45)];
const TURNS = [CLOSED, DUE, minuteOf(15, 55)];
const PATIENCE_MS = 300_000;

const Runs = v.object({
  runs: v.array(
    v.object({
      status: v.string(),
      as_of: v.nullable(v.string()),
      reason: v.nullable(v.string()),
      finished_at: v.nullable(v.string()),
    }),
  ),
});
type Run = v.InferOutput<typeof Runs>["runs"][number];

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function clockText(at: number): string {
  return new Date(at + KST_OFFSET_MS).toISOString().slice(11, 19);
}

/** Newest first. */
async function runsOf({ worker }: RealDays): Promise<readonly Run[]> {
  return v.parse(Runs, await (await fetch(`${worker.url}/api/kr/runs?exchange=KRX`)).json()).runs;
}

async function runOf(days: RealDays, day: TradingDay): Promise<Run | undefined> {
  const runs = await runsOf(days);
  return runs.find(({ status, as_of }) => status === "done" && as_of === formatTradingDay(day));
}

/** Tickers with a row of that day in the book. */
async function rowsOn(days: RealDays, day: TradingDay): Promise<number> {
  let rows = 0;
  for (let after: string | null = ""; after !== null;) {
    const query = new URLSearchParams({ exchange: "KRX", after, from: formatTradingDay(day) });
    const response = await days.client.read(`/api/admin/bars?${query.toString()}`);
    const text = await response.text();
    rows += text.split("\n").filter((line) => line.includes(`,${formatTradingDay(day)},`)).length;
    after = response.headers.get("X-Next-After");
  }
  return rows;
}

/** The clock rings at its minute, as `wrangler.toml` has it. */
async function ring(days: RealDays, day: TradingDay, minute: number): Promise<void> {
  await sleep(Math.max(0, inSeoul(day, minute) - days.now()));
  await days.turn();
}

async function prepare(days: RealDays, day: TradingDay, sessions: number): Promise<void> {
  const past = days.exchange.sessions.filter((one) => one < day).slice(-sessions);
  await days.startAt(inSeoul(tradingDayOf(day - 1), NOON), { sources: "" });
  await days.importSessions(past);
  await days.startAt(inSeoul(day, PRESENT), { sources: BOTH });
  await days.turn();
}

/** Returns whether the evening was in time and whole. */
async function playEvening(days: RealDays, day: TradingDay): Promise<boolean> {
  const { kis } = days.vendors;
  kis.traps.refuseEvery = REFUSED_EVERY;
  await days.startAt(inSeoul(day, CLOSED) - MINUTE_MS / 4, { sources: BOTH });
  const [calls, refused] = [kis.dataCalls, kis.rateRefusals];
  const ringing = ring(days, day, CLOSED);
  await waitUntil(async () => (await runOf(days, day)) !== undefined, "the evening is judged", PATIENCE_MS);
  const saved = days.now();
  await ringing;
  const [rows, listed] = [await rowsOn(days, day), days.exchange.rows(day).length];
  print(
    `${formatTradingDay(day)}: ${rows} of ${listed} names (${((100 * rows) / listed).toFixed(1)} %), judged by ${clockText(saved)} after the turn of 15:35:00`,
  );
  print(`calls of KIS ${kis.dataCalls - calls}, of which ${kis.rateRefusals - refused} were refused`);
  return saved <= inSeoul(day, DUE) && rows >= COVERAGE * listed;
}

/** Returns whether the morning has judged the session that the evening missed. */
async function playOutage(days: RealDays, day: TradingDay): Promise<boolean> {
  const { kis, krx } = days.vendors;
  kis.traps.refuseEvery = 0;
  kis.traps.cut = true;
  for (const minute of TURNS) {
    await days.startAt(inSeoul(day, minute), { sources: BOTH });
    await days.turn();
  }
  const [row] = (await runsOf(days)).filter(({ reason }) => reason?.startsWith("evening_snapshot") === true);
  print(`${formatTradingDay(day)}, the vendor down: ${row?.status}, ${row?.reason}`);
  const missed = (await runOf(days, day)) === undefined;
  kis.traps.cut = false;
  const next = days.exchange.nextSession(day);
  const calls = krx.callsInAll;
  await days.startAt(inSeoul(next, minuteOf(8, 5)), { sources: BOTH });
  await days.turn();
  await waitUntil(async () => (await runOf(days, day)) !== undefined, "the morning takes over", PATIENCE_MS);
  print(
    `${formatTradingDay(next)}: KRX takes over with ${krx.callsInAll - calls} calls, ${await rowsOn(days, day)} names, judged by ${clockText(days.now())}`,
  );
  return missed && row !== undefined;
}

await runCommand(async () => {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const names = readCount("--names", values.names, USAGE);
  const sessions = readCount("--sessions", values.sessions, USAGE);
  const [first, day] = [FIRST, DAY].map((text) => parseTradingDay(text) ?? tradingDayOf(0));
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-evening-"));
  const wednesday = day ?? tradingDayOf(0);
  const last = tradingDayOf(wednesday + 20);
  const days = new RealDays({ exchange: { first: first ?? last, last, names, seed: 1 }, stateDir });
  print(machineLine());
  try {
    await prepare(days, wednesday, sessions);
    const isInTime = await playEvening(days, wednesday);
    const isTakenOver = await playOutage(days, days.exchange.nextSession(wednesday));
    if (!isInTime || !isTakenOver) {
      throw new CommandError("The evening was late or in part, or nothing took over.");
    }
  } finally {
    await days.end();
    await rm(stateDir, { recursive: true, force: true });
  }
});
