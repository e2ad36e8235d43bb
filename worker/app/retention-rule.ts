/** How long records are kept: the operator's variables as numbers, each with its default and its limits (decision 028). */
import { assert } from "../core/assert.ts";

export interface RetentionRule {
  readonly outboxDays: number;
  readonly ownerLogDays: number;
  /** Sessions of a simulated exchange; the record of any other stays whole. */
  readonly demoSessions: number;
}

/** Names as in wrangler.toml. A variable that is missing or empty has its default. */
export type RetentionVars = Readonly<
  Partial<Record<"OUTBOX_DAYS" | "OWNER_LOG_DAYS" | "DEMO_RECORD_SESSIONS", string>>
>;

interface VarLimits {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

const DAYS: VarLimits = { unit: "days", least: 1, most: 3_650, usual: 7 };
/** 360 sessions are the memory of a scan (an ended pattern is not born again); 520 is all that the demo's book remembers. */
const SESSIONS: VarLimits = { unit: "sessions", least: 360, most: 520, usual: 520 };

/** Throws an AssertionError that names the variable, its value and its limits. */
export function parseRetention(vars: RetentionVars): RetentionRule {
  const read = (name: keyof RetentionVars, { unit, least, most, usual }: VarLimits): number => {
    const text = vars[name] ?? "";
    const number = text === "" ? usual : Number(text);
    assert(
      Number.isInteger(number) && number >= least && number <= most,
      `${name} was "${text}", not a whole number of ${unit} from ${least} to ${most}`,
    );
    return number;
  };
  return {
    outboxDays: read("OUTBOX_DAYS", DAYS),
    ownerLogDays: read("OWNER_LOG_DAYS", { ...DAYS, usual: 400 }),
    demoSessions: read("DEMO_RECORD_SESSIONS", SESSIONS),
  };
}
