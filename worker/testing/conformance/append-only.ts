/**
 * CT5, exhaustively: after every bar of a series the contractions of every base are found anew. What was found before may
 * only change from a fall whose low is the new bar.
 */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { PARAMS } from "../../core/params.ts";
import { BaseStarts } from "../../core/vcp/base-starts.ts";
import { Contractions, findContractions } from "../../core/vcp/largest-falls.ts";
import { allFalls } from "../oracle/naive-base.ts";
import { naiveBars } from "../oracle/naive-bars.ts";

export interface AppendReport {
  /** Bars appended to a series. */
  readonly steps: number;
  /** Bases that were read on two days in a row. */
  readonly bases: number;
  /** Among them those with another contraction than the day before. */
  readonly changed: number;
  readonly violations: readonly string[];
}

/** The lists of a base on two days in a row, compared in place. */
class TwoDays {
  readonly before = new Contractions(PARAMS.base.maxContractions);
  readonly after = new Contractions(PARAMS.base.maxContractions);

  read(bars: PatternTime, start: number, until: number): this {
    const noise = PARAMS.base.noiseFloor;
    findContractions(bars, start, until, noise, PARAMS.base, this.before);
    findContractions(bars, start, until + 1, noise, PARAMS.base, this.after);
    return this;
  }

  /** How many contractions at the beginning are those of the day before. */
  get kept(): number {
    const { before, after } = this;
    let place = 0;
    while (
      place < Math.min(before.count, after.count) &&
      before.high[place] === after.high[place] &&
      before.low[place] === after.low[place]
    ) {
      place += 1;
    }
    return place;
  }

  get same(): boolean {
    return this.kept === this.before.count && this.kept === this.after.count;
  }

  /** The new bar ends the next contraction, and none follows it. */
  endsAt(bar: number): boolean {
    return this.after.count === this.kept + 1 && this.after.low[this.kept] === bar;
  }
}

/** A fall that is stepped over may end at the new bar, too: only the second implementation lists those. */
function endsRepeatAt(rows: readonly Row[], start: number, until: number): boolean {
  const falls = allFalls(naiveBars(rows), start, until, PARAMS.base.noiseFloor, PARAMS);
  const last = falls.at(-1);
  return last?.counted === false && last.low === until;
}

/** Reads the bars one by one, each time as if the later ones had never been. */
export function appendReport(name: string, rows: readonly Row[]): AppendReport {
  const [bars, starts, days] = [new PatternTime(), new BaseStarts(), new TwoDays()];
  bars.load(columnsOf(rows));
  const violations: string[] = [];
  let [bases, changed] = [0, 0];
  for (let until = PARAMS.base.leastBefore; until + 1 < bars.n; until++) {
    starts.find(bars, until, PARAMS.form.BS1.limit, PARAMS.base);
    for (const start of starts.bar.subarray(0, starts.count)) {
      const { same } = days.read(bars, start, until);
      bases += 1;
      changed += same ? 0 : 1;
      if (!same && !days.endsAt(until + 1) && !endsRepeatAt(rows, start, until + 1)) {
        violations.push(`${name}: the base from bar ${start} is another on bar ${until + 1}`);
      }
    }
  }
  return { steps: bars.n, bases, changed, violations };
}
