/**
 * `npm run bench:touches`: which share of the prices that move a signal a real session sees within a second, and within twenty, when
 * a vendor follows 41 names and the rest is asked for by turns. The sessions, their open signals and their bars are recorded ones, found
 * by the shipped scan; the way of a price inside its bar is simulated, because nobody's minutes may be used.
 */
import { readArgs, readCount, usageError } from "../../cli/terminal/command-args.ts";
import { runCommand } from "../../cli/terminal/command-error.ts";
import { isBar } from "../../core/bars/bar.ts";
import { rowAt, rowsUntil } from "../../core/bars/columns.ts";
import { isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { quantile } from "../../testing/load/quantile.ts";
import type { ReplayMarket } from "../../testing/replay/replay-market.ts";
import { replay, type ReplayedDay } from "../../testing/replay/replay-run.ts";
import { krxMarket } from "../../testing/replay/replay-sources.ts";
import { minutePath } from "./minute-path.ts";
import { type DayOptions, type SeenTouch, touchesOf, type WatchedSignal } from "./touch-day.ts";

const USAGE = "npm run bench:touches -- [--krx FOLDER] [--sessions 120] [--names 2700] [--seed 1]";
const OPTIONS = {
  krx: { type: "string", default: "../shared/data/krx" },
  sessions: { type: "string", default: "120" },
  names: { type: "string", default: "2700" },
  seed: { type: "string", default: "1" },
} as const;

/** Sessions between two copies of a market: far enough that their signals are others. */
const APART = 61;
/** Sessions that are lived through first: a replay begins without a signal. */
const WARM = 100;

const VARIANTS: readonly (DayOptions & { readonly name: string })[] = [
  { name: "41 slots, questions from the second minute on (as shipped)", slots: 41, answersFrom: 60 },
  { name: "41 slots, questions from the opening on", slots: 41, answersFrom: 0 },
  { name: "10 slots", slots: 10, answersFrom: 60 },
  { name: "no slots: questions alone", slots: 0, answersFrom: 60 },
];

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What the session of `on` brings for the signals that were open before it. A copy has tickers of its own. */
function watchedOf(
  market: ReplayMarket,
  open: readonly Signal[],
  on: ReplayedDay["day"],
  chance: { readonly seed: number; readonly copy: number },
): readonly WatchedSignal[] {
  return open.flatMap((signal) => {
    const { ticker, base, state, close } = signal;
    const columns = market.series.get(ticker);
    const at = columns === undefined ? -1 : rowsUntil(columns, on) - 1;
    const row = columns === undefined || columns.day[at] !== on ? null : rowAt(columns, at);
    if (row === null || !isBar(row) || state === "SUSPENDED") {
      return [];
    }
    const waits = isPreTrigger(state);
    return [
      {
        ticker: `${String.fromCodePoint(65 + chance.copy)}${ticker.slice(1)}`,
        stop: base.stop,
        level: waits ? base.entry : base.stop,
        moves: waits ? "at or above" : "below",
        path: minutePath(row, makeRandom(parseInt(ticker, 36) + on + chance.seed)),
        before: close,
      } as const,
    ];
  });
}

/** Session by session, the signals of every copy of the market. */
function sessionsOf(
  market: ReplayMarket,
  days: readonly ReplayedDay[],
  copies: number,
  seed: number,
): readonly (readonly WatchedSignal[])[] {
  const first = WARM + (copies - 1) * APART;
  return days.slice(first).map((_, n) =>
    Array.from({ length: copies }, (_none, copy) => {
      const place = first + n - copy * APART;
      const [before, day] = [days[place - 1], days[place]];
      return before === undefined || day === undefined
        ? []
        : watchedOf(market, before.open, day.day, { seed, copy });
    }).flat(),
  );
}

function share(touches: readonly SeenTouch[], seconds: number): string {
  const seen = touches.filter((one) => one.seen !== null && one.seen - one.at <= seconds).length;
  return `${((100 * seen) / touches.length).toFixed(1)} %`;
}

function printVariant(name: string, touches: readonly SeenTouch[]): void {
  const atOpening = touches.filter(({ at }) => at === 0);
  const later = touches.filter(({ at }) => at > 0);
  const delays = touches.map(({ seen, at }) => (seen === null ? Number.POSITIVE_INFINITY : seen - at));
  print(name);
  print(
    `  all ${touches.length}: ${share(touches, 1)} within 1 s, ${share(touches, 20)} within 20 s, p99 ${quantile(delays, 0.99)} s, most ${Math.max(...delays)} s, never ${touches.filter(({ seen }) => seen === null).length}`,
  );
  print(
    `  at the opening ${atOpening.length}: ${share(atOpening, 1)} within 1 s, ${share(atOpening, 20)} within 20 s; later ${later.length}: ${share(later, 1)}, ${share(later, 20)}`,
  );
  for (const moves of ["at or above", "below"] as const) {
    const some = touches.filter((one) => one.moves === moves);
    print(
      `  ${moves === "below" ? "stops broken" : "triggers touched"} ${some.length}: ${share(some, 1)} within 1 s, ${share(some, 20)} within 20 s`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const count = (name: "sessions" | "names" | "seed"): number => readCount(`--${name}`, values[name], USAGE);
  const market = await krxMarket(values.krx, false);
  const copies = Math.max(1, Math.round(count("names") / market.series.size));
  const { days, faults } = await replay(market, count("sessions") + WARM + (copies - 1) * APART);
  const sessions = sessionsOf(market, days, copies, count("seed"));
  if (sessions.length === 0) {
    throw usageError("There are fewer sessions than were asked for", USAGE);
  }
  const sizes = sessions.map((signals) => new Set(signals.map(({ ticker }) => ticker)).size);
  print(machineLine());
  print(
    `${sessions.length} sessions, ${market.series.size * copies} names (${copies} of ${market.series.size}, ${APART} sessions apart), ${faults.length} faults; shares with an open signal, least, median, most: ${Math.min(...sizes)}, ${quantile(sizes, 0.5)}, ${Math.max(...sizes)}`,
  );
  for (const variant of VARIANTS) {
    printVariant(
      variant.name,
      sessions.flatMap((signals) => touchesOf(signals, variant)),
    );
  }
}

await runCommand(main);
