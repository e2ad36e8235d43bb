/** An outcome as a row and back. */
import * as v from "valibot";
import type { OutcomeFill, OutcomeResult, SignalOutcome } from "../../app/ports/outcome-store.ts";
import type { outcomeTable } from "./schema.ts";
import { accept, check, type Stored } from "./stored-value.ts";
import { day, exchange, gateStatus, grade, idOfSignal, number, oneOf } from "./vocabulary.ts";

export type OutcomeRow = typeof outcomeTable.$inferSelect;

const RESULT: Stored<OutcomeResult> = v.object({
  change: number,
  r: number,
  best: number,
  worst: number,
  touch: oneOf<OutcomeResult["touch"]>({ stop: true, target: true, none: true }),
  baseline: v.nullable(number),
  peers: number,
});

const OUTCOME: Stored<SignalOutcome> = v.object({
  signalId: idOfSignal,
  exchange,
  ticker: v.string(),
  horizon: v.picklist([5, 10, 20, 60]),
  enteredOn: day,
  grade,
  contractions: number,
  gate: v.nullable(gateStatus),
  paramsVersion: v.string(),
  fill: oneOf<OutcomeFill>({ filled: true, late: true, untouched: true, locked: true, beyond_zone: true }),
  entry: v.nullable(number),
  stop: v.nullable(number),
  result: v.nullable(RESULT),
});

const NO_RESULT = {
  change: null,
  r: null,
  best: null,
  worst: null,
  touch: null,
  baseline: null,
  peers: null,
} as const;

export function outcomeRow(outcome: SignalOutcome): OutcomeRow {
  const what = `Outcome ${outcome.signalId}/${outcome.horizon}`;
  const { result, ...known } = accept(OUTCOME, outcome, what);
  return { ...known, ...(result ?? NO_RESULT) };
}

export function outcomeOfRow(row: OutcomeRow): SignalOutcome {
  const { change, r, best, worst, touch, baseline, peers, ...known } = row;
  const result = change === null ? null : { change, r, best, worst, touch, baseline, peers };
  return check(OUTCOME, { ...known, result }, `outcome ${row.signalId}/${row.horizon}`);
}
