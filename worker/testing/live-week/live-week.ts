/**
 * `npm run week [-- --ticks N] [--sessions N] [--symbols N] [--seed N] [--calm] [--pushed]`: sessions of a real exchange simulated to the second, with the shipped driver,
 * adapter and reducer before a vendor that fails in every way that is known, against the states that the day's bars alone give.
 */
import { parseArgs } from "node:util";
import { simulateWeek } from "./week.ts";

const { values } = parseArgs({
  options: {
    ticks: { type: "string", default: "200" },
    burst: { type: "string", default: "1000" },
    sessions: { type: "string", default: "5" },
    symbols: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    pushed: { type: "boolean", default: false },
    calm: { type: "boolean", default: false },
  },
});

const began = performance.now();
const figures = await simulateWeek({
  ticksPerSecond: Number(values.ticks),
  burst: Number(values.burst),
  sessions: Number(values.sessions),
  symbols: Number(values.symbols),
  seed: Number(values.seed),
  isCalm: values.calm,
  isPushed: values.pushed,
});
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.stdout.write(
  `${((performance.now() - began) / 1_000).toFixed(1)} s, CPU ${(process.cpuUsage().user / 1e6).toFixed(1)} s\n`,
);
process.exitCode =
  figures.differing.length + figures.strange + figures.missed + figures.wrongBars === 0 ? 0 : 1;
