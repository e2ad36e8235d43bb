/** English texts of the legend. */
import type { Legend } from "./ko-legend.ts";

export const enLegend: Legend = {
  title: "How to read this",
  about:
    "A VCP is a base whose pullbacks get shallower one by one while volume dries up. The high of the last contraction is the pivot; the list begins with the names nearest to it.",
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
    ["Dry-up", "Mean volume of the last 5 bars over the last 50. The further below 1, the drier."],
  ],
  statesTitle: "States",
  states: {
    FORMING:
      "The base takes shape: the close is more than 8 % below the pivot, or the last low is not confirmed",
    READY: "The last low is confirmed and the close is within 8 % below the pivot",
    TRIGGERED: "The entry level was touched in session; the close will decide",
    CONFIRMED: "Closed above the pivot on at least 1.5 times the mean volume of 50 bars",
    UNCONFIRMED: "Closed above the pivot, but on too little volume",
    SQUAT: "Reached the pivot and closed back at or below it",
    EXTENDED: "Closed more than 5 % above the pivot",
    OVEREXTENDED: "Closed more than 10 % above the pivot",
    SUSPENDED: "Halted or under administration; goes back to its state when that ends",
    FAILED: "Ended: fell below the stop, or below the base",
    EXPIRED: "Ended: too old, or no longer meets the rules",
  },
  gradesTitle: "Grades",
  gradesNote: "Conditions beside the score. States such as overextended or suspended lower the grade.",
  grades: {
    S: "Score 75 or more, trend template 8/8, RS 90 or more, last contraction up to 6 %, dry-up up to 0.6, 3 bn won traded a day",
    A: "Score 68 or more, trend template 8/8, RS 90 or more, last contraction up to 8 %, dry-up up to 0.7, 3 bn won traded a day",
    B: "Score 60 or more, trend template 7/8 or more",
    C: "Score 50 or more, trend template 6/8 or more",
    D: "Below that; not listed anew",
  },
};
