/** The steps that bring a real market's sessions, and the scan that is missing when one of them did not. */
import * as v from "valibot";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { STEP_KINDS, STEP_STATUSES } from "../../core/session/day-step.ts";
import { formatDay, formatKst } from "../format.ts";
import { KstTime, SessionDate } from "../vocabulary.ts";

const Kind = v.picklist(STEP_KINDS);

/** How a step last ended, and the session that it is about. */
export const StepReport = v.object({
  kind: Kind,
  session: SessionDate,
  /** `not_ready`: asked again at the clock's next turn, every ten minutes. */
  status: v.picklist(STEP_STATUSES),
  text: v.string(),
  at: KstTime,
});
export type StepReport = v.InferOutput<typeof StepReport>;

/** A step that comes. */
export const NextStep = v.object({ kind: Kind, session: SessionDate, at: KstTime });
export type NextStep = v.InferOutput<typeof NextStep>;

/** A scan that should be there and is not. */
export const MissingScan = v.object({
  /** `null` for the scan of an evening that no vendor brings a session for. */
  session: v.nullable(SessionDate),
  due_at: KstTime,
  /** The rows of the session are there, and were not judged. */
  has_rows: v.boolean(),
  /** How the step that should have brought the session last ended; `null` when it never did. */
  outcome: v.nullable(StepReport),
  /** Why the scan of the session was refused or failed, when it was begun. */
  reason: v.nullable(v.string()),
  /** When the session is asked for next; `null` when nothing asks for it. */
  next: v.nullable(NextStep),
});
export type MissingScan = v.InferOutput<typeof MissingScan>;

/** Milliseconds since the epoch. */
interface Timed {
  readonly kind: StepReport["kind"];
  readonly day: TradingDay;
  readonly at: number;
}

export function encodeStep({
  kind,
  day,
  status,
  text,
  at,
}: Timed & Pick<StepReport, "status" | "text">): StepReport {
  return { kind, session: formatTradingDay(day), status, text: firstLine(text), at: formatKst(at) };
}

export function encodeNext(next: Timed | null): NextStep | null {
  return next && { kind: next.kind, session: formatTradingDay(next.day), at: formatKst(next.at) };
}

/** As the program knows it. */
interface KnownMissing {
  readonly day: TradingDay | null;
  readonly at: number;
  readonly hasRows: boolean;
  readonly outcome: Parameters<typeof encodeStep>[0] | null;
  readonly refused: { readonly reason: string | null } | null;
  readonly next: Timed | null;
}

export function encodeMissing(missing: KnownMissing | null): MissingScan | null {
  return (
    missing && {
      session: formatDay(missing.day),
      due_at: formatKst(missing.at),
      has_rows: missing.hasRows,
      outcome: missing.outcome && encodeStep(missing.outcome),
      reason: missing.refused === null ? null : firstLine(missing.refused.reason ?? ""),
      next: encodeNext(missing.next),
    }
  );
}

/** RT2: an error's text may be among them, and a stack never leaves the program. */
function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 300);
}
