/** English texts of the legend. */
import { PARAMS } from "../../worker/core/params.ts";
import { inPercent } from "./in-percent.ts";
import type { Legend } from "./ko-legend.ts";

const { base, grades, life } = PARAMS;
const { ready } = base;

/** SC8: what S and A ask for. */
function leaderGrade({ score, passed, rs, lastDepth, dryUp }: typeof grades.S): string {
  return `Score ${score} or more, trend template ${passed}/8, RS rank ${rs} or more, last contraction ${inPercent(lastDepth)}% or less, dry-up ${dryUp} or less, ₩3bn or more traded a day`;
}

export const enLegend: Legend = {
  title: "How to read this",
  about:
    "A VCP is a base that starts at its left-side high, with pullbacks that get shallower one after another while volume dries up. The pivot is the highest high since the last contraction began; the list starts with the stocks closest to it.",
  termsTitle: "Values",
  terms: [
    [
      "6W 18/7 2T",
      "Six weeks, two contractions: the first 18% deep, the last 7%. The bars show the depth of each.",
    ],
    [
      "To pivot",
      "How far the price is from the pivot: − below, + above. The vertical line of the bar is the pivot.",
    ],
    ["Entry level", "One tick above the pivot. When it trades intraday, the state is Triggered."],
    [
      "Risk, R",
      "Risk is the drop from the entry level to the stop; that distance is 1R. 2R is the entry level plus twice that distance.",
    ],
    ["RS rank", "Rank of the past year's return among all stocks, 1 to 99. 70 or better passes."],
    [
      "Dry-up",
      `Median volume of the last ${base.dryBars[0]} sessions ÷ the ${base.dryBars[1]}-session average. The lower, the drier.`,
    ],
  ],
  statesTitle: "States",
  states: {
    FORMING: `Base in progress: the close is more than ${inPercent(-ready.distance)}% below the pivot, or the last contraction's high is less than ${ready.shelf} sessions old or has been exceeded`,
    READY: `Close within ${inPercent(-ready.distance)}% below the pivot; the last contraction's high is at least ${ready.shelf} sessions old and has not been exceeded`,
    TRIGGERED: "The entry level traded intraday; the close decides",
    CONFIRMED: `Closed above the pivot on at least ${life.breakoutVolume}× its ${life.volumeBars}-session average volume`,
    UNCONFIRMED: "Closed above the pivot on too little volume",
    SQUAT: "Reached the pivot and closed back at or below it",
    EXTENDED: `Closed more than ${inPercent(life.extended - 1)}% above the pivot`,
    OVEREXTENDED: `Closed more than ${inPercent(life.overextended - 1)}% above the pivot`,
    SUSPENDED: "Halted or under administration; returns to its earlier state once that is lifted",
    FAILED: "Ended: broke the stop or the base low",
    EXPIRED: "Ended: out of time, or no longer meets the rules",
  },
  gradesTitle: "Grades",
  gradesNote: "Grades rate the form, not what follows. Each state has a highest grade, whatever the score.",
  grades: {
    S: leaderGrade(grades.S),
    A: `${leaderGrade(grades.A)}; the highest grade while unconfirmed`,
    B: `Score ${grades.B.score} or more, trend template ${grades.B.passed}/8 or more`,
    C: "Every other pattern that meets all rules; the highest grade while forming or extended",
    D: "Not eligible for a new listing, or failed, expired, suspended or overextended",
  },
};
