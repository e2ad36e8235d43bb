/** Scan runs as the routes show them: the history with funnel, rejects by rule and diff, and where the scan stands. */
import * as v from "valibot";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import type { Market } from "../../core/instrument/instrument.ts";
import { LatinName } from "../latin-name.ts";
import { formatDay, formatKst } from "../format.ts";
import { BackfillFacts } from "./backfill.ts";
import { MissingScan } from "./day-step.ts";
import {
  Count,
  ExchangeName,
  Figure,
  FindingName,
  KstTime,
  listOf,
  MarketName,
  SessionDate,
} from "../vocabulary.ts";

const Ids = listOf(v.string());

/** One scan of the history. */
export const RunBody = v.object({
  id: v.string(),
  exchange: ExchangeName,
  kind: v.picklist(["manual", "cron", "session", "correction"]),
  status: v.picklist(["running", "done", "failed", "skipped"]),
  as_of: v.nullable(SessionDate),
  params_version: v.string(),
  started_at: KstTime,
  finished_at: v.nullable(KstTime),
  request: v.object({
    market: v.nullable(MarketName),
    top_n: Count,
    min_score: Figure,
    /** Findings on the session that the run was told to go on with; absent for none. */
    accept: v.optional(listOf(FindingName)),
  }),
  /** Tickers that passed each stage, each within the one before (SN2). */
  funnel: v.nullable(
    v.object({ universe: Count, eligible: Count, template: Count, base: Count, detected: Count }),
  ),
  /** Tickers by the first rule that kept them off the list. */
  rejects: v.nullable(v.record(v.string(), Count)),
  /** Signal ids by what the run did to them. */
  diff: v.nullable(
    v.object({
      born: Ids,
      revised: Ids,
      moved: Ids,
      ended: Ids,
      /** Of a correction only: signals that stand otherwise than before it, and were neither born nor ended by it. */
      corrected: v.exactOptional(Ids),
    }),
  ),
  /** Of a correction: the first session that it judged again, or that it found gone. `null` for every other run. */
  judged_from: v.nullable(SessionDate),
  saved: Count,
  /** Why it failed or was skipped. */
  reason: v.nullable(v.string()),
});
export type RunBody = v.InferOutput<typeof RunBody>;

/** A run as the ledger has it. `startedAt`, `finishedAt` in milliseconds since the epoch. */
interface WrittenRun extends Pick<
  RunBody,
  "id" | "exchange" | "kind" | "status" | "funnel" | "diff" | "saved" | "reason"
> {
  readonly asOf: TradingDay | null;
  readonly paramsVersion: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly request: {
    readonly market: Market | null;
    readonly topN: number;
    readonly minScore: number;
    readonly accept: readonly FindingKind[];
  };
  readonly rejects: Readonly<Record<string, number>> | null;
  readonly judgedFrom?: TradingDay;
}

/** Of a reason only what {@link encodeReason} leaves. */
export function encodeRun(run: WrittenRun): RunBody {
  return {
    id: run.id,
    exchange: run.exchange,
    kind: run.kind,
    status: run.status,
    as_of: formatDay(run.asOf),
    params_version: run.paramsVersion,
    started_at: formatKst(run.startedAt),
    finished_at: run.finishedAt === null ? null : formatKst(run.finishedAt),
    request: encodeRequest(run.request),
    funnel: run.funnel,
    rejects: run.rejects === null ? null : { ...run.rejects },
    diff: run.diff,
    judged_from: formatDay(run.judgedFrom ?? null),
    saved: run.saved,
    reason: run.reason === null ? null : encodeReason(run.reason),
  };
}

function encodeRequest({ market, topN, minScore, accept }: WrittenRun["request"]): RunBody["request"] {
  return { market, top_n: topN, min_score: minScore, ...(accept.length > 0 && { accept: [...accept] }) };
}

/** The first line, at most 300 UTF-16 units: a reason may be the text of an error, and a stack never leaves the program (RT2). */
export function encodeReason(reason: string): string {
  return (reason.split("\n", 1)[0] ?? "").slice(0, 300);
}

/** One run with the names of its diff: an ended signal is on no other list. */
export const RunDetail = v.object({
  ...RunBody.entries,
  /** By ticker, of the diff's signals; those that the master knows. */
  names: v.record(v.string(), v.string()),
  /** By ticker, of the same. */
  latin_names: v.optional(v.record(v.string(), v.object(LatinName)), {}),
});
export type RunDetail = v.InferOutput<typeof RunDetail>;

/** Newest first. */
export const RunsBody = v.object({
  exchange: ExchangeName,
  runs: listOf(RunBody),
  count: Count,
  generated_at: KstTime,
});
export type RunsBody = v.InferOutput<typeof RunsBody>;

/** Whether a scan runs, the last one that ended, and whether one is missing. */
export const ScanStatus = v.object({
  exchange: ExchangeName,
  progress: v.object({
    run_id: v.nullable(v.string()),
    stage: v.picklist(["idle", "reading", "saving"]),
    done: Count,
    total: Count,
  }),
  last_run: v.nullable(RunBody),
  /** The newest one that judged a session, which the lists are of; absent from a version that named the last run alone. */
  last_done: v.optional(v.nullable(RunBody)),
  /** The scan that should be there by now has not come to an end; `missing` has which, since when, and why. */
  overdue: v.boolean(),
  missing: v.optional(v.nullable(MissingScan)),
  /** While the past of the exchange is being fetched, or waits; `null` otherwise. */
  backfill: v.optional(v.nullable(BackfillFacts)),
  /** On the demo: the past of the real market whose keys are set, while it is being fetched, or waits. */
  coming: v.optional(v.nullable(v.object({ exchange: ExchangeName, backfill: BackfillFacts }))),
  generated_at: KstTime,
});
export type ScanStatus = v.InferOutput<typeof ScanStatus>;
