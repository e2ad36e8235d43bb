/** EV1: the entries of a cohort seen whole, by grade, by number of contractions, by year and by the colour of the gate. */
import { type Horizon, HORIZONS } from "../core/outcome/outcome.ts";
import { LEAST_SAMPLE, type Observation } from "../core/outcome/sample-summary.ts";
import type { StudyFigure, StudyGroup, StudyMeasures, StudyTouch } from "../protocol/rest/study-report.ts";
import { casesOf, type Measure, type Measured } from "./measure.ts";
import { figureOf } from "./statistics.ts";

/** `null` belongs to no group of that kind: a baseline has neither grade nor contractions. */
const KEYS: Readonly<Record<StudyGroup["by"], (one: Measured) => string | null>> = {
  all: () => "all",
  grade: ({ entry }) => entry.grade,
  contractions: ({ entry }) => (entry.contractions === null ? null : `${entry.contractions}T`),
  year: ({ year }) => year,
  gate: ({ entry }) => entry.gate,
};

/** Best first, greenest first; everything else as text. */
const ORDER = ["S", "A", "B", "C", "D", "GREEN", "YELLOW", "RED", "UNKNOWN"];

function inOrder(a: string, b: string): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b) || (a < b ? -1 : 1);
}

function measuresOf(entries: readonly Measured[], horizon: Horizon): StudyMeasures {
  const of = (what: Measure): StudyFigure => figureOf(casesOf(entries, horizon, what));
  return {
    change: of("change"),
    r: of("r"),
    excess_universe: of("excessUniverse"),
    excess_index: of("excessIndex"),
    best: of("best"),
    worst: of("worst"),
  };
}

/** What leaving at the first touch gave, in R; at the close of the 60th session when there was none. */
function exitCase({ entry, month, horizons, touch }: Measured): readonly Observation[] {
  if (touch === null) {
    return [];
  }
  const value =
    touch.kind === "none"
      ? (horizons[60]?.r ?? null)
      : (touch.price - entry.price) / (entry.price - entry.stop);
  return value === null ? [] : [{ month, value }];
}

function touchOf(entries: readonly Measured[]): StudyTouch {
  const decided = entries.flatMap(({ touch }) => (touch === null ? [] : [touch.kind]));
  const share = (kind: (typeof decided)[number]): number | null =>
    decided.length < LEAST_SAMPLE ? null : decided.filter((each) => each === kind).length / decided.length;
  return {
    decided: decided.length,
    open: entries.length - decided.length,
    stop: share("stop"),
    target: share("target"),
    none: share("none"),
    r: figureOf(entries.flatMap(exitCase)),
  };
}

function groupOf(by: StudyGroup["by"], key: string, entries: readonly Measured[]): StudyGroup {
  const [a, b, c, d] = HORIZONS;
  return {
    by,
    key,
    entries: entries.length,
    horizons: {
      [a]: measuresOf(entries, a),
      [b]: measuresOf(entries, b),
      [c]: measuresOf(entries, c),
      [d]: measuresOf(entries, d),
    },
    touch: touchOf(entries),
  };
}

/** {@link groupsOf}, broken off after each group, where the share of the groups made comes out. */
export function* groupSteps(entries: readonly Measured[]): Generator<number, readonly StudyGroup[]> {
  const kinds = ["all", "grade", "contractions", "year", "gate"] as const;
  const parts = kinds.flatMap((by) =>
    [...Map.groupBy(entries, KEYS[by])]
      .filter((part): part is [string, Measured[]] => part[0] !== null)
      .toSorted(([x], [y]) => inOrder(x, y))
      .map(([key, part]) => ({ by, key, part })),
  );
  const groups: StudyGroup[] = [];
  for (const { by, key, part } of parts) {
    groups.push(groupOf(by, key, part));
    yield groups.length / parts.length;
  }
  return groups;
}

/** An entry without a key of some kind is in no group of it. */
export function groupsOf(entries: readonly Measured[]): readonly StudyGroup[] {
  const steps = groupSteps(entries);
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value;
}
