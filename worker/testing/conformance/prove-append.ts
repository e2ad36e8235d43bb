/** `npm run prove -- append`: a million appended days, on real bars where they lie beside the repository, then on random ones. */
import type { Row } from "../../core/bars/columns.ts";
import { randomSeries } from "../builders/random-series.ts";
import { NO_REAL_BARS, readRealUniverse } from "../oracle/real-universe.ts";
import { appendReport } from "./append-only.ts";

function* series(from: number): Generator<readonly [name: string, rows: readonly Row[]]> {
  const real = NO_REAL_BARS === null ? readRealUniverse().listings : [];
  for (const { ticker, rows } of real) {
    yield [ticker, rows];
  }
  for (let seed = from - 1; ; seed++) {
    yield [`random ${seed}`, randomSeries(seed)];
  }
}

/** Returns whether no base ever became another without a cause in the new bar. */
export function proveAppend(least: number, from: number, print: (line: string) => void): boolean {
  const steps = { real: 0, random: 0 };
  const violations: string[] = [];
  let [count, bases, changed] = [0, 0, 0];
  for (const [name, rows] of series(from)) {
    const report = appendReport(name, rows);
    steps[name.startsWith("random") ? "random" : "real"] += report.steps;
    bases += report.bases;
    changed += report.changed;
    count += 1;
    violations.push(...report.violations);
    if (steps.real + steps.random >= least) {
      break;
    }
  }
  if (NO_REAL_BARS !== null) {
    print(NO_REAL_BARS);
  }
  print(`${count} series, ${steps.real} real and ${steps.random} random day-steps`);
  print(`${bases} bases read on two days in a row, ${changed} changed, ${violations.length} violations`);
  for (const violation of violations.slice(0, 10)) {
    print(violation);
  }
  return violations.length === 0;
}
