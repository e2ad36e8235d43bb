/**
 * `npm run bench:days`: past sessions read through the adapter of KRX from its fake on this machine. What it prints is the
 * adapter's part of filling the history in: calls, minutes on the vendor's clock, CPU, beside the floor of parsing the same bytes.
 */
import { KrxSource } from "../adapters/krx/krx-source.ts";
import { readArgs, readCount } from "../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../cli/terminal/command-error.ts";
import { formatTradingDay, midnightOf, parseTradingDay, tradingDayOf } from "../core/calendar/trading-day.ts";
import { stageWithoutPort } from "../testing/fakes/vendor-stage.ts";
import { machineLine } from "../testing/load/process-figures.ts";

const USAGE = "npm run bench:days -- [--sessions 40] [--names 2700]";
const OPTIONS = {
  sessions: { type: "string", default: "40" },
  names: { type: "string", default: "2700" },
} as const;
const LAST = "2026-10-16";
const MORNING_MS = 100 * 3_600_000;

/** Milliseconds of this process's CPU that a piece of work took. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await runCommand(async () => {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const sessions = readCount("--sessions", values.sessions, USAGE);
  const names = readCount("--names", values.names, USAGE);
  const last = parseTradingDay(LAST) ?? tradingDayOf(0);
  const first = tradingDayOf(last - Math.max(30, Math.ceil(sessions * 1.6)));
  const stage = stageWithoutPort({ first, last, names, seed: 1 }, midnightOf(last) + MORNING_MS);
  const access = { base: stage.vars["KRX_BASE"] ?? "", key: stage.vars["KRX_AUTH_KEY"] ?? "" };
  const bodies: string[] = [];
  const around = stage.surroundings();
  // The answers are made before they are measured: the fake's own work is no part of the figures.
  const kept = new Map<string, string>();
  const source = new KrxSource(access, {
    ...around,
    fetch: async (request) => {
      const body = kept.get(request.url) ?? (await (await around.fetch(request)).text());
      bodies.push(body);
      kept.set(request.url, body);
      return new Response(body);
    },
  });
  const days = stage.exchange.sessions.slice(-sessions).toReversed();
  let rows = 0;
  const readAll = async (): Promise<void> => {
    rows = 0;
    for (const day of days) {
      for (const board of ["KOSPI", "KOSDAQ"] as const) {
        const answer = await source.day(day, board);
        if (answer.status !== "ok") {
          throw new CommandError(`${board} of ${formatTradingDay(day)} is ${answer.status}`);
        }
        rows += answer.value.length;
      }
      await source.indices(day);
    }
  };
  await readAll();
  bodies.length = 0;
  const begun = stage.clock.now();
  const cpu = await cpuOf(readAll);
  const minutes = (stage.clock.now() - begun) / 60_000;
  const floor = await cpuOf(() => {
    for (const body of bodies) {
      JSON.parse(body);
    }
    return Promise.resolve();
  });
  const bytes = bodies.reduce((sum, body) => sum + new TextEncoder().encode(body).length, 0);
  print(machineLine());
  print(
    `${days.length} sessions of ${names} names: ${bodies.length} calls, ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB`,
  );
  print(`on the vendor's clock, by the spacing of calls alone: ${minutes.toFixed(1)} minutes`);
  print(
    `CPU of the adapter ${(cpu / days.length).toFixed(1)} ms a session; JSON.parse of the same bytes ${(floor / days.length).toFixed(1)} ms`,
  );
});
