/** What happened to a share beside its prices: earlier signals with what came after, corporate actions, days without trading. */
import type { ChartBar, ChartBody } from "../../../../worker/protocol/rest/chart.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";

/** Sessions after which the outcome of a signal is shown. */
const OUTCOME_BARS = 20;

export interface SignalMark {
  readonly kind: "signal";
  /** The session of its trigger, before one the day on which it was found. */
  readonly day: string;
  readonly id: string;
  readonly state: SignalRow["state"];
  readonly grade: SignalRow["grade"];
  /** From the close of its trigger, a fraction, over so many sessions with trading; `null` before a trigger or its next session. */
  readonly after: { readonly bars: number; readonly change: number } | null;
}

/** Prices before `day` were multiplied by `factor`. */
export interface ActionMark {
  readonly kind: "action";
  readonly day: string;
  readonly factor: number;
}

/** Sessions in a row without trading. */
export interface HaltMark {
  readonly kind: "halt";
  readonly day: string;
  readonly until: string;
  readonly bars: number;
}

export type Mark = SignalMark | ActionMark | HaltMark;

function outcomeOf(bars: readonly ChartBar[], day: string): SignalMark["after"] {
  const [start, ...later] = bars.filter(({ date, open }) => date >= day && open !== null);
  const end = later[Math.min(OUTCOME_BARS, later.length) - 1];
  return start?.date === day && end
    ? { bars: Math.min(OUTCOME_BARS, later.length), change: end.close / start.close - 1 }
    : null;
}

function haltsOf(bars: readonly ChartBar[]): readonly HaltMark[] {
  const halts: HaltMark[] = [];
  bars.forEach(({ date, open }, i) => {
    const last = halts.at(-1);
    if (open !== null) {
      return;
    }
    if (last && bars[i - 1]?.open === null) {
      halts[halts.length - 1] = { ...last, until: date, bars: last.bars + 1 };
    } else {
      halts.push({ kind: "halt", day: date, until: date, bars: 1 });
    }
  });
  return halts;
}

/** Latest first, within the bars; `shown` is the id of the signal that the chart draws itself. */
export function marksOf(
  { bars, events }: Pick<ChartBody, "bars" | "events">,
  signals: readonly SignalRow[],
  shown: string | null,
): readonly Mark[] {
  const first = bars[0]?.date ?? "";
  const last = bars.at(-1)?.date ?? "";
  const marks: readonly Mark[] = [
    ...signals
      .filter(({ id }) => id !== shown)
      .map((row): SignalMark => {
        const { id, state, grade, triggered_on } = row;
        const day = triggered_on ?? row.signal_date;
        const after = triggered_on === null ? null : outcomeOf(bars, triggered_on);
        return { kind: "signal", day, id, state, grade, after };
      }),
    ...events.map(({ date, factor }): ActionMark => ({ kind: "action", day: date, factor })),
    ...haltsOf(bars),
  ];
  return marks
    .filter(({ day }) => day >= first && day <= last)
    .toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? 1 : -1));
}
