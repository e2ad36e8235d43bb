/** The result of a scan as a person reads it. */
import { formatTradingDay } from "../core/trading-day.ts";
import type { ScanResult } from "../core/scan-result.ts";
import type { Verdict } from "../core/verdict.ts";
import { drawTable, type TextColumn } from "./text-table.ts";

const COLUMNS: readonly TextColumn[] = [
  { title: "ticker", align: "left" },
  { title: "name", align: "left" },
  { title: "grade", align: "left" },
  { title: "score", align: "right" },
  { title: "footprint", align: "left" },
  { title: "distance", align: "right" },
  { title: "pivot", align: "right" },
  { title: "rs", align: "right" },
];

/** A missing value is a dash, never 0. */
const MISSING = "-";

function rowOf({ ticker, name, grade, score, base, rs }: Verdict): readonly string[] {
  return [
    ticker,
    name ?? MISSING,
    grade ?? MISSING,
    score?.toFixed(1) ?? MISSING,
    base?.footprint ?? MISSING,
    base ? `${(100 * base.distance).toFixed(1)} %` : MISSING,
    base?.pivot.toLocaleString("en-US") ?? MISSING,
    rs === null ? MISSING : String(rs),
  ];
}

export function drawScan(result: ScanResult, shown: readonly Verdict[]): string {
  const { universe, eligible, template, base, detected } = result.funnel;
  const funnel = `${universe} tickers, ${eligible} eligible, ${template} in template, ${base} with a base, ${detected} detected`;
  const head = `As of ${formatTradingDay(result.asOf)} (${result.paramsVersion}): ${funnel}`;
  if (shown.length === 0) {
    return `${head}\n\nNothing to show.`;
  }
  return `${head}\n\n${drawTable(COLUMNS, shown.map(rowOf))}`;
}
