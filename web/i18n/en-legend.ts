/** English texts of the legend. */
import { PARAMS } from "../../worker/core/params.ts";
import { inPercent } from "./in-percent.ts";
import type { Legend } from "./ko-legend.ts";

const { base, grades, life } = PARAMS;
const { ready } = base;

/** SC8: what S and A ask for. */
function leaderGrade({ score, passed, rs, lastDepth, dryUp }: typeof grades.S): string {
  return `Score ${score} or more, trend template ${passed}/8, RS ${rs} or more, last contraction up to ${inPercent(lastDepth)} %, dry-up up to ${dryUp}, 3 bn won traded a day`;
}

export const enLegend: Legend = {
  title: "How to read this",
  about:
    "A VCP is a base that starts at its left-side high and whose pullbacks get shallower one by one while volume dries up. The pivot is the highest high since the last contraction began; the list begins with the names nearest to it.",
  termsTitle: "Values",
  terms: [
    [
      "6W 18/7 2T",
      "Six weeks, two contractions: the first 18 % deep, the last 7 %. The bars show each depth.",
    ],
    [
      "To pivot",
      "How far the price is from the pivot: − below, + above. The pivot is the bar's upright line.",
    ],
    ["Entry level", "The tick above the pivot. Touched in session, the state is Triggered."],
    [
      "Risk, R",
      "Risk is the fall from the entry level to the stop, and that distance is 1R. 2R lies twice as far above.",
    ],
    ["RS", "The rank of the last year's return among all shares, 1 to 99. From 70 on it passes."],
    [
      "Dry-up",
      `Median volume of the last ${base.dryBars[0]} bars over the mean of ${base.dryBars[1]}. The further below 1, the drier.`,
    ],
  ],
  statesTitle: "States",
  states: {
    FORMING: `The base takes shape: the close is more than ${inPercent(-ready.distance)} % below the pivot, or the last contraction's high is younger than ${ready.shelf} bars or has been traded above`,
    READY: `Close within ${inPercent(-ready.distance)} % below the pivot; the last contraction's high is at least ${ready.shelf} bars old and has not been traded above`,
    TRIGGERED: "The entry level was touched in session; the close will decide",
    CONFIRMED: `Closed above the pivot on at least ${life.breakoutVolume} times the mean volume of ${life.volumeBars} bars`,
    UNCONFIRMED: "Closed above the pivot, but on too little volume",
    SQUAT: "Reached the pivot and closed back at or below it",
    EXTENDED: `Closed more than ${inPercent(life.extended - 1)} % above the pivot`,
    OVEREXTENDED: `Closed more than ${inPercent(life.overextended - 1)} % above the pivot`,
    SUSPENDED: "Halted or under administration; goes back to its state when that ends",
    FAILED: "Ended: fell below the stop, or below the base",
    EXPIRED: "Ended: too old, or no longer meets the rules",
  },
  gradesTitle: "Grades",
  gradesNote:
    "Grades say how well the form is met, not what follows. Each state has a best grade, which no score exceeds.",
  grades: {
    S: leaderGrade(grades.S),
    A: `${leaderGrade(grades.A)}. The best grade while unconfirmed`,
    B: `Score ${grades.B.score} or more, trend template ${grades.B.passed}/8 or more`,
    C: "Every other pattern that meets all rules. The best grade while forming or extended",
    D: "Not listed anew, or failed, expired, suspended or overextended",
  },
};
