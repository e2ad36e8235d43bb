/**
 * `npm run nulls -- --bars FILE --instruments FILE --indices FILE`: asks the detector about 10,000 random walks and 10,000
 * shuffled real series (EV2) and writes worker/protocol/rest/null-rates.json. Without bars it counts the walks only and
 * prints them. Exit code 1 when a null reaches more than it may.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Columns } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { readArgs, readCount } from "../../cli/terminal/command-args.ts";
import { runCommand } from "../../cli/terminal/command-error.ts";
import { type LoadedMarket, loadMarket } from "../../cli/scan/load-market.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { makeProgress } from "../../cli/terminal/progress.ts";
import { NullRates } from "../../protocol/rest/null-rates.ts";
import { NULL_LIMITS, nullFigures, NULLS, nullStatement, realFigures, RECOUNTED } from "./null-rates.ts";
import { shuffleSeries, shuffleSource, walkSeries } from "./null-series.ts";

const FILE = join(projectRoot, "worker/protocol/rest/null-rates.json");

const USAGE = `npm run nulls -- [--bars FILE... --instruments FILE --indices FILE] [--seed 1]`;

const OPTIONS = {
  bars: { type: "string", multiple: true },
  instruments: { type: "string", multiple: true },
  indices: { type: "string", multiple: true },
  seed: { type: "string", default: "1" },
} as const;

function many(label: string, count: number, make: (i: number) => Columns): readonly Columns[] {
  const progress = makeProgress(label, process.stderr);
  const series = Array.from({ length: count }, (_, i) => {
    progress.update(i + 1, count);
    return make(i);
  });
  progress.end();
  return series;
}

/** Common shares only: a preferred share moves with its sister, a fund with its holdings. */
function commonOf(market: LoadedMarket): LoadedMarket {
  const listings = market.listings.filter(({ instrument }) => (instrument?.kind ?? "common") === "common");
  return { ...market, listings };
}

function shuffled({ listings }: LoadedMarket, seed: number): readonly Columns[] {
  const sources = listings.flatMap(({ columns }) => {
    const source = shuffleSource(columns);
    return source === null ? [] : [source];
  });
  return many("shuffling", sources.length === 0 ? 0 : NULLS, (i) =>
    shuffleSeries(sources[i % sources.length] ?? [], seed + i),
  );
}

async function main(): Promise<void> {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const seed = readCount("--seed", values.seed, USAGE);
  const { bars, instruments = [], indices = [] } = values;
  // Read before the walks: a missing file ends the command at once.
  const market = bars === undefined ? null : commonOf(await loadMarket({ bars, instruments, indices }));
  const walks = many("walking", NULLS, (i) => walkSeries(seed + i));
  const recount = nullFigures("walk", walks.slice(0, RECOUNTED));
  const figures = [nullFigures("walk", walks)];
  if (market === null) {
    process.stdout.write(`${JSON.stringify({ nulls: figures, recount }, null, 2)}\n`);
  } else {
    figures.push(nullFigures("shuffled", shuffled(market, seed)));
    // Every fifth of the last hundred sessions.
    const days = market.sessions.slice(-100).filter((_, i) => i % 5 === 4);
    const real = realFigures(market, days);
    const rates = v.parse(NullRates, {
      schema: "vcp-nulls-1",
      params_version: PARAMS.version,
      seed,
      limits: NULL_LIMITS,
      nulls: figures,
      recount,
      real,
      statement: nullStatement(figures, real),
    });
    const text = `${JSON.stringify(rates, null, 2)}\n`;
    await writeFile(FILE, text);
    process.stdout.write(text);
  }
  const broken = figures.filter(({ within }) => !within.s_or_a || !within.c_or_better);
  for (const { kind } of broken) {
    process.stderr.write(`${kind}: more than the limit\n`);
  }
  process.exitCode = broken.length === 0 ? 0 : 1;
}

await runCommand(main);
