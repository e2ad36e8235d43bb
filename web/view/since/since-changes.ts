/** What became of the signals between two looks at the list, the most important first. */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { CompanyName } from "../labels/company-name.ts";

type State = SignalRow["state"];

/** In the order of their importance: an open position asks for a decision before a new name does. */
export const SINCE_KINDS = ["failed", "breakout", "touched", "born", "moved", "ended"] as const;
export type SinceKind = (typeof SINCE_KINDS)[number];

/** One signal once, by where it stood at the first look and where it stands at the second. */
export interface SinceChange {
  readonly kind: SinceKind;
  readonly id: string;
  /** Its company; `null`: it is on no list, and nothing of it has been loaded. */
  readonly company: CompanyName | null;
  /** `null`: it is new. */
  readonly from: State | null;
  /** `null`: it has left the list, and why is not known yet. */
  readonly to: State | null;
}

/** From here a close above the pivot is a breakout, and not another day of one. */
const BEFORE_BREAKOUT: ReadonlySet<State> = new Set(["FORMING", "READY", "TRIGGERED", "SQUAT"]);
const BROKEN_OUT: ReadonlySet<State> = new Set(["CONFIRMED", "UNCONFIRMED", "EXTENDED", "OVEREXTENDED"]);

function kindOf(from: State | null, to: State | null): SinceKind {
  if (to === null || to === "EXPIRED") {
    return "ended";
  }
  if (to === "FAILED") {
    return "failed";
  }
  if (to === "TRIGGERED") {
    return "touched";
  }
  if (BROKEN_OUT.has(to) && (from === null || BEFORE_BREAKOUT.has(from))) {
    return "breakout";
  }
  return from === null ? "born" : "moved";
}

type Row = Pick<SignalRow, "id" | "ticker" | "name" | "name_en" | "romanised" | "state" | "created_at">;

/** The row's company alone, as texts name it. */
export function companyOf({ ticker, name, name_en, romanised }: Row): CompanyName {
  return { ticker, name, name_en, romanised };
}

export interface TwoLooks {
  /** States at the first look, by id. */
  readonly before: Readonly<Record<string, State>>;
  /** The server's time of the first look: a signal born earlier was not new then, listed or not. */
  readonly asOf: string;
  readonly rows: readonly Row[];
  /** Every open signal is in `rows`: what is not there has ended. */
  readonly isComplete: boolean;
  /** What is known of signals that have ended, by id. */
  readonly ended: ReadonlyMap<string, Row>;
}

/** By importance, then by name. Back where it was is no change. */
export function changesBetween({ before, asOf, rows, isComplete, ended }: TwoLooks): readonly SinceChange[] {
  const open = new Set(rows.map(({ id }) => id));
  const moved = rows.flatMap((row): readonly SinceChange[] => {
    const { id, state, created_at: born } = row;
    const from = before[id] ?? null;
    const isChange = from === null ? Date.parse(born) > Date.parse(asOf) : from !== state;
    return isChange ? [{ kind: kindOf(from, state), id, company: companyOf(row), from, to: state }] : [];
  });
  const gone = Object.entries(before)
    .filter(([id]) => isComplete && !open.has(id))
    .map(([id, from]): SinceChange => {
      const row = ended.get(id);
      const to = row?.state ?? null;
      return { kind: kindOf(from, to), id, company: row ? companyOf(row) : null, from, to };
    });
  return [...moved, ...gone].toSorted(
    (a, b) =>
      SINCE_KINDS.indexOf(a.kind) - SINCE_KINDS.indexOf(b.kind) ||
      (a.company?.name ?? "").localeCompare(b.company?.name ?? "", "ko") ||
      (a.id < b.id ? -1 : 1),
  );
}
