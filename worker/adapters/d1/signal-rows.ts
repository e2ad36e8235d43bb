/** A signal as a row and back: the columns that lists ask for, and the whole signal as JSON. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { SignalVersion } from "../../app/ports/correction-ledger.ts";
import type { StoredSignal } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { isOpen, type Signal } from "../../core/lifecycle/signal.ts";
import type { Base, Flag, StoredTerms, TemplateResult, TemplateRule } from "../../core/vcp/verdict.ts";
import { instrumentTable, signalTable, type signalVersionTable } from "./schema.ts";
import {
  check,
  day,
  decode,
  encode,
  exchange,
  grade,
  idOfSignal,
  market,
  number,
  oneOf,
  price,
  runningState,
  signalState,
  type Stored,
  ticker,
} from "./stored-value.ts";

/** A row as the table has it. */
export type SignalRow = typeof signalTable.$inferSelect;

/** The run that wrote the rows, and when (milliseconds since the epoch). */
export interface Writing {
  readonly runId: string;
  readonly at: number;
}

const CONTRACTION = v.object({
  highDay: day,
  high: price,
  lowDay: day,
  low: price,
  depth: number,
  bars: number,
  meanVolume: number,
});

const BASE: Stored<Base> = v.object({
  contractions: v.array(CONTRACTION),
  footprint: v.string(),
  weeks: number,
  bars: number,
  pivot: price,
  overhead: number,
  entry: price,
  stop: price,
  targets: v.object({ twoR: price, threeR: price }),
  breakout: v.nullable(v.object({ day, bars: number })),
  risk: number,
  distance: number,
  dryUp: number,
  contractionRatio: number,
  // Bases of earlier laws have neither.
  noise: v.optional(v.nullable(number), null),
  touched: v.optional(v.nullable(v.object({ day, closed: v.boolean() })), null),
  state: oneOf<Base["state"]>({ FORMING: true, READY: true, CONFIRMED: true, UNCONFIRMED: true }),
});

const SCORE_TERMS: Stored<StoredTerms> = v.record(v.string(), v.nullable(number));

const TEMPLATE_TERM = v.object({
  id: oneOf<TemplateRule>({
    TT1: true,
    TT2: true,
    TT3: true,
    TT4: true,
    TT5: true,
    TT6: true,
    TT7: true,
    TT8: true,
  }),
  value: v.nullable(number),
  threshold: v.nullable(number),
  result: oneOf<TemplateResult>({ pass: true, fail: true, unavailable: true }),
});

const FLAG = oneOf<Flag>({
  young: true,
  deep: true,
  prov: true,
  wide: true,
  shakeout: true,
  rs_line_high: true,
  rs_line_leads: true,
  unfillable: true,
  relisted: true,
  stop_touched: true,
  on_pace: true,
  extended_live: true,
  touched: true,
  wick: true,
  gap: true,
  old_law: true,
});

const SIGNAL: Stored<Signal> = v.object({
  id: idOfSignal,
  exchange,
  ticker,
  name: v.string(),
  market: v.nullable(market),
  state: signalState,
  prev: v.nullable(runningState),
  base: BASE,
  score: number,
  scoreTerms: SCORE_TERMS,
  grade,
  template: v.array(TEMPLATE_TERM),
  passed: number,
  rs: v.nullable(number),
  flags: v.array(FLAG),
  close: price,
  bornOn: day,
  // A row that was stored before this field existed has none (DB10).
  measuredOn: v.optional(v.nullable(day), null),
  appliedOn: day,
  appliedSeq: number,
  endedOn: v.nullable(day),
  reason: v.string(),
  triggeredOn: v.nullable(day),
  sinceTrigger: v.nullable(number),
  sinceBreak: v.nullable(number),
  sinceSquat: v.nullable(number),
  volumeOk: v.boolean(),
  baseBars: number,
  belowLow: v.boolean(),
  leaderValue: v.boolean(),
  misses: number,
  suspended: number,
  paramsVersion: v.string(),
});

/** The row of a first writing; an update keeps the `createdAt` that stands. */
export function signalRow(signal: Signal, writing: Writing): SignalRow {
  const [first] = signal.base.contractions;
  const last = signal.base.contractions.at(-1);
  assert(first && last, `Signal ${signal.id} has no contractions`);
  assert(
    isOpen(signal.state) === (signal.endedOn === null),
    `Signal ${signal.id} is ${signal.state} but endedOn disagrees`,
  );
  return {
    id: signal.id,
    exchange: signal.exchange,
    ticker: signal.ticker,
    // The column is older than signals without a market, and filters compare it with names alone.
    market: signal.market ?? "",
    state: signal.state,
    grade: signal.grade,
    score: signal.score,
    bornOn: signal.bornOn,
    endedOn: signal.endedOn,
    appliedOn: signal.appliedOn,
    highDay: first.highDay,
    pivotDay: last.highDay,
    enteredOn: signal.triggeredOn === null ? null : Math.max(signal.triggeredOn, signal.bornOn),
    createdAt: writing.at,
    updatedAt: writing.at,
    runId: writing.runId,
    withdrawnBy: null,
    detail: encode(SIGNAL, signal, `Signal ${signal.id}`),
  };
}

type VersionRow = typeof signalVersionTable.$inferSelect;

/** The signal as it stood after a session. */
export function versionRow({ day: session, signal }: SignalVersion, runId: string): VersionRow {
  const detail = encode(SIGNAL, signal, `Version ${signal.id}/${session}`);
  return { signalId: signal.id, day: session, exchange: signal.exchange, runId, detail };
}

/** The version as it was saved. */
export function versionOf(row: Pick<VersionRow, "signalId" | "day" | "detail">): SignalVersion {
  const what = `version ${row.signalId}/${row.day}`;
  return { day: check(day, row.day, what), signal: decode(SIGNAL, row.detail, what) };
}

/** The English name is the master's and not the signal's, so that a name that comes later shows on signals of before. */
export const SHOWN_COLUMNS = {
  id: signalTable.id,
  detail: signalTable.detail,
  createdAt: signalTable.createdAt,
  updatedAt: signalTable.updatedAt,
  runId: signalTable.runId,
  nameEn: instrumentTable.nameEn,
} as const;

/** Where {@link SHOWN_COLUMNS} finds the name: by the key of the master. */
export const OF_ITS_SHARE: SQL = sql`${instrumentTable.exchange} = ${signalTable.exchange} and ${instrumentTable.ticker} = ${signalTable.ticker}`;

/** The signal as it was saved, with the times of its first and its last writing. */
export function signalOf(
  row: Pick<SignalRow, "id" | "detail" | "createdAt" | "updatedAt" | "runId"> & {
    readonly nameEn?: string | null;
  },
): StoredSignal {
  return {
    signal: decode(SIGNAL, row.detail, `signal ${row.id}`),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    runId: row.runId,
    ...(typeof row.nameEn === "string" && { nameEn: row.nameEn }),
  };
}
