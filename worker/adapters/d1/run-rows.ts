/** A scan run as a row and back. */
import * as v from "valibot";
import type { RunKind, RunStatus, ScanRun } from "../../app/ports/scan-ledger.ts";
import { BASE_RULES, type EligibilityReason, type UnmetRule } from "../../core/vcp/verdict.ts";
import type { scanRunTable } from "./schema.ts";
import { accept, check, decode, encode, type Stored } from "./stored-value.ts";
import { day, exchange, market, number, oneOf } from "./vocabulary.ts";

export type ScanRunRow = typeof scanRunTable.$inferSelect;

type Columns = Omit<ScanRun, keyof Detail>;
type Detail = Pick<ScanRun, "request" | "funnel" | "rejects" | "diff">;

const OTHER_RULES: Readonly<Record<Exclude<UnmetRule, (typeof BASE_RULES)[number]>, true>> = {
  EL1: true,
  too_short: true,
  no_row: true,
  adjustment_suspect: true,
  halted: true,
  EL2: true,
  halted_today: true,
  EL3_value: true,
  EL3_price: true,
  EL4: true,
  CT6broken: true,
  CT6extended: true,
  no_legs: true,
  SC_template: true,
  SC_score: true,
} satisfies Readonly<Record<EligibilityReason, true>> & Readonly<Record<string, true>>;

const UNMET_RULE = v.custom<UnmetRule>(
  (x) => typeof x === "string" && (Object.hasOwn(OTHER_RULES, x) || BASE_RULES.some((rule) => rule === x)),
  "not a known rule",
);

const IDS = v.array(v.string());

const DETAIL: Stored<Detail> = v.object({
  request: v.object({ market: v.nullable(market), topN: number, minScore: number }),
  funnel: v.nullable(
    v.object({ universe: number, eligible: number, template: number, base: number, detected: number }),
  ),
  rejects: v.nullable(v.record(UNMET_RULE, number)),
  diff: v.nullable(v.object({ born: IDS, revised: IDS, moved: IDS, ended: IDS })),
});

const COLUMNS: Stored<Columns> = v.object({
  id: v.string(),
  exchange,
  kind: oneOf<RunKind>({ manual: true, cron: true, session: true }),
  status: oneOf<RunStatus>({ running: true, done: true, failed: true, skipped: true }),
  asOf: v.nullable(day),
  paramsVersion: v.string(),
  startedAt: number,
  finishedAt: v.nullable(number),
  saved: number,
  reason: v.nullable(v.string()),
});

export function runRow(run: ScanRun): ScanRunRow {
  return { ...accept(COLUMNS, run, `Run ${run.id}`), detail: encode(DETAIL, run, `Run ${run.id}`) };
}

export function runOf(row: ScanRunRow): ScanRun {
  const what = `run ${row.id}`;
  return { ...check(COLUMNS, row, what), ...decode(DETAIL, row.detail, what) };
}
