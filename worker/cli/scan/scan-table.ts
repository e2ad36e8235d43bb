/** The result of a scan as a person reads it. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { textOf } from "../terminal/code-texts.ts";
import { percent } from "./explain-form.ts";
import { drawTable, type TextColumn } from "../terminal/text-table.ts";

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
    base ? percent(base.distance) : MISSING,
    base?.pivot.toLocaleString("en-US") ?? MISSING,
    rs === null ? MISSING : String(rs),
  ];
}

const REJECTS: readonly TextColumn[] = [
  { title: "tickers", align: "right" },
  { title: "first unmet rule", align: "left" },
  { title: "", align: "left" },
];

/** Most frequent first. */
function drawRejects({ rejects }: ScanResult): string {
  const rows = Object.entries(rejects).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return rows.length === 0
    ? ""
    : `\n\n${drawTable(
        REJECTS,
        rows.map(([rule, count]) => [String(count), rule, textOf(rule)]),
      )}`;
}

export function drawScan(result: ScanResult, shown: readonly Verdict[]): string {
  const { universe, eligible, template, base, detected } = result.funnel;
  const funnel = `${universe} tickers, ${eligible} eligible, ${template} leaders, ${base} with a base, ${detected} detected`;
  const head = `As of ${formatTradingDay(result.asOf)} (${result.paramsVersion}): ${funnel}`;
  if (shown.length === 0) {
    return `${head}\n\nNothing to show.${drawRejects(result)}`;
  }
  return `${head}\n\n${drawTable(COLUMNS, shown.map(rowOf))}${drawRejects(result)}`;
}
