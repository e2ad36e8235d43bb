/** The transition table of the SPEC as data: which row a step of a signal's log stands in. */
import type { OpenState, PostState, PreState, SignalState } from "../../core/vcp/signal-state.ts";

export const PRE: readonly PreState[] = ["FORMING", "READY"];
const BANDS = ["CONFIRMED", "UNCONFIRMED", "EXTENDED", "OVEREXTENDED"] as const;
export const POST: readonly PostState[] = ["TRIGGERED", ...BANDS, "SQUAT"];
export const RUNNING: readonly (PreState | PostState)[] = [...PRE, ...POST];
export const OPEN: readonly OpenState[] = [...RUNNING, "SUSPENDED"];

export interface LogStep {
  readonly from: SignalState | null;
  readonly to: SignalState;
  readonly reason: string;
}

export interface LifeRow {
  readonly row: string;
  readonly from: readonly (SignalState | null)[];
  /** `same`: the state does not change. */
  readonly to: readonly SignalState[] | "same";
  /** `left_scan` stands for every `left_scan:{rule}`. */
  readonly reasons: readonly string[];
}

function row(id: string, from: LifeRow["from"], to: LifeRow["to"], ...reasons: readonly string[]): LifeRow {
  return { row: id, from, to, reasons };
}

const AFTER_TRIGGER = [...BANDS, "SQUAT"] as const;

/** Rows 11, 15 and 21 change no state and write no step. */
export const LIFE_TABLE: readonly LifeRow[] = [
  row("LCR0", [null], PRE, "new"),
  row("LCR1", [null], ["CONFIRMED", "UNCONFIRMED"], "new_breakout"),
  row("LCR2", RUNNING, ["SUSPENDED"], "halted", "administration", "liquidation"),
  row("LCR3", ["SUSPENDED"], RUNNING, "resumed"),
  row("LCR4", ["SUSPENDED"], ["EXPIRED"], "suspended"),
  row("LCR5", OPEN, ["EXPIRED"], "delisted"),
  row("LCR6", PRE, ["TRIGGERED"], "triggered"),
  row("LCR7", PRE, PRE, "revised"),
  row("LCR7", ["FORMING"], ["READY"], "ready"),
  row("LCR7", ["READY"], ["FORMING"], "forming"),
  row("LCR8", PRE, ["FAILED"], "BASE_FAIL"),
  row("LCR9", PRE, ["EXPIRED"], "left_scan"),
  row("LCR10", PRE, ["EXPIRED"], "base_age"),
  row("LCR12", ["TRIGGERED"], ["FAILED"], "PIVOT_FAIL"),
  row("LCR13", ["TRIGGERED"], BANDS, "breakout"),
  row("LCR14", ["TRIGGERED"], ["SQUAT"], "no_close"),
  row("LCR16", POST, ["FAILED"], "PIVOT_FAIL", "BASE_FAIL"),
  row("LCR17", AFTER_TRIGGER, ["EXPIRED"], "age"),
  row("LCR18", ["SQUAT"], BANDS, "recovered"),
  row("LCR18", BANDS, BANDS, "band"),
  row(
    "LCR18",
    ["UNCONFIRMED", "EXTENDED", "OVEREXTENDED"],
    ["CONFIRMED", "EXTENDED", "OVEREXTENDED"],
    "volume",
  ),
  row("LCR19", BANDS, ["SQUAT"], "back_below"),
  row("LCR20", ["SQUAT"], ["EXPIRED"], "squat"),
  row("LCR22", OPEN, "same", "rebased"),
  row("LCI2", PRE, ["EXPIRED"], "superseded"),
  row("LCI4", ["EXPIRED"], [...PRE, "CONFIRMED", "UNCONFIRMED"], "relisted"),
  row("LCI6", PRE, "same", "law_changed"),
  row("LCI6", PRE, ["EXPIRED"], "law_changed"),
  row("LCI5", [...POST, "SUSPENDED"], ["EXPIRED"], "superseded"),
];

/** The row that a step stands in; `null`: the SPEC has no such step. */
export function rowOf({ from, to, reason }: LogStep): string | null {
  const [kind = ""] = reason.split(":");
  const found = LIFE_TABLE.find((one) => {
    const leads = one.to === "same" ? from === to : one.to.includes(to);
    // A band that stays, and a revision that does not, are the only steps onto the same state.
    const moves = from !== to || one.to === "same" || one.reasons.includes("revised");
    return one.from.includes(from) && leads && moves && one.reasons.includes(kind);
  });
  return found?.row ?? null;
}
