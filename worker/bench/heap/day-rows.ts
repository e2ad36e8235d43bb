/** What the days of a real market cost their book: a backfill and its folds, an evening, a morning, from the vendors' fakes at full size. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { parseTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { inSeoul, RealDays } from "../../testing/stage/real-days.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import type { NoteRow } from "./book-rows.ts";
import { Isolate, tracingEnv } from "./isolate.ts";

const NAMES = 2_700;
const FIRST = "2025-01-06";
/** A Thursday. */
const TODAY = "2026-10-15";
/** Sessions that the book has before, so that a fold meets series as long as they will be. */
const HELD = 360;
const WANTED = 400;
/** Dates of one alarm, and of one fold. */
const DATES = 10;
const NOON = 12 * 60 + 5;
const EVENING = 15 * 60 + 35;
const MORNING = 8 * 60 + 45;
const TURN_MS = 180_000;
const SCAN = {
  type: "application/json",
  bytes: new Uint8Array(Buffer.from('{"top_n":0}')),
} as const;

function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  if (day === null) {
    throw new Error(`${text} is no day`);
  }
  return day;
}

async function fetched(days: RealDays): Promise<number> {
  const body = v.parse(BackfillBody, await days.client.send("GET", "/api/admin/backfill?exchange=KRX"));
  return body.fetched;
}

const Runs = v.object({ runs: v.array(v.object({ status: v.string(), as_of: v.nullable(v.string()) })) });

/** Runs that judged, newest first. */
async function doneRuns({ worker }: RealDays): Promise<readonly string[]> {
  const body = v.parse(Runs, await (await fetch(`${worker.url}/api/kr/runs?exchange=KRX`)).json());
  return body.runs.flatMap(({ status, as_of: day }) => (status === "done" && day !== null ? [day] : []));
}

/** The isolate of the Worker that runs now; each start is another process. */
async function watched(
  days: RealDays,
  traces: string,
  work: (isolate: Isolate) => Promise<void>,
): Promise<void> {
  const isolate = await Isolate.attach(days.worker.inspector, traces);
  try {
    await work(isolate);
  } finally {
    isolate.detach();
  }
}

export async function dayRows(note: NoteRow): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-heap-"));
  const traces = join(stateDir, "traces");
  const today = dayOf(TODAY);
  const exchange = { first: dayOf(FIRST), last: tradingDayOf(today + 20), names: NAMES, seed: 1 };
  const days = new RealDays({ exchange, stateDir, env: tracingEnv(traces) });
  try {
    await days.startAt(inSeoul(today, NOON), { sources: "krx" });
    await watched(days, traces, async (isolate) => backfillRows(days, today, isolate, note));
    await days.startAt(inSeoul(today, EVENING), { sources: "krx kis" });
    await watched(days, traces, async (isolate) => {
      note(
        "MarketBook: an evening's snapshot of 2,700 names, stored and judged",
        await judged(days, isolate),
      );
    });
    await days.startAt(inSeoul(days.exchange.nextSession(today), MORNING), { sources: "krx kis" });
    await watched(days, traces, async (isolate) => {
      note(
        "MarketBook: a morning: five closed sessions, both masters, a correction",
        await judged(days, isolate),
      );
    });
  } finally {
    await days.end();
    await rm(stateDir, { recursive: true, force: true });
  }
}

/** One turn of the clock, and the run that it ends in. */
async function judged(days: RealDays, isolate: Isolate): ReturnType<Isolate["during"]> {
  const before = (await doneRuns(days)).length;
  return isolate.during(async () => {
    await days.turn();
    await waitUntil(async () => (await doneRuns(days)).length > before, "a run has judged it", TURN_MS);
  });
}

async function backfillRows(
  days: RealDays,
  today: TradingDay,
  isolate: Isolate,
  note: NoteRow,
): Promise<void> {
  const past = days.exchange.sessions.filter((day) => day < today).slice(-WANTED);
  await days.importSessions(past.slice(0, HELD));
  // The watch would make up for it within the first row.
  await days.client.send("POST", "/api/kr/scan?exchange=KRX", SCAN);
  const runs = (await doneRuns(days)).length;
  const until = (count: number) => async (): Promise<void> =>
    waitUntil(async () => (await fetched(days)) >= count, `${count} dates have come`, TURN_MS);
  const first = await isolate.during(async () => {
    await days.turn();
    await until(DATES)();
  });
  note("MarketBook: a backfill's alarm, 10 dates of 2,700 names", first);
  note(
    `MarketBook: 10 dates, and the fold of 20 into ${HELD} sessions`,
    await isolate.during(until(2 * DATES)),
  );
  const last = await isolate.during(async () => {
    await waitUntil(async () => (await doneRuns(days)).length > runs, "the past is judged", TURN_MS);
  });
  note("MarketBook: the last 20 dates, their fold, the master, a scan", last);
}
