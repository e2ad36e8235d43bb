/** English texts of a form. */
import type { FormCopy } from "./ko-form.ts";

export const enForm: FormCopy = {
  scoreTerm: "Term",
  scoreEarlier: "Scored under an earlier version of the rules, so no breakdown is available.",
  score_leader: "Leader",
  score_base: "Base",
  score_quiet: "Volatility dry-up",
  score_pivot: "Pivot and right side",

  stays: "Still listed: it meets the limits to stay, but not those for a new listing.",
  staysWhyNot: "Fails for a new listing",

  formTitle: "Rules of the form",
  formRule: "Rule",
  formShare: "Trend and strength",
  formParts: {
    BS: "Start and prior advance",
    CT: "Contractions",
    RR: "Since the low",
    QT: "Last 10 days",
    PV: "Pivot",
  },
  formOther: "Other",
  formMet: "Met",
  formUnmet: "Not met",
  formUnasked: "Not applicable",
  formCount: (met, measured, unmeasured) =>
    [
      ...(measured > 0 ? [`${met} of ${measured} measured rules met`] : []),
      ...(unmeasured > 0 ? [`${unmeasured} not measured`] : []),
    ].join(", "),
  formNote:
    "A rule without a value counts as neither met nor unmet, and does not keep a readable base off the list.",
  formOf: {
    listed: "Base that meets all its rules",
    own: "Base of the active signal (limits to stay listed)",
    nearest: "Closest base, not listed",
  },
  formOfNone: "No base found",
  drawn: {
    listed: "Base, not listed",
    nearest: "Closest base",
  },

  baseTitle: "Base",
  baseStart: "Left-side high",
  baseLength: "Length",
  baseLast: "Last contraction",
  baseRatio: "Last ÷ first contraction",
  baseOverhead: "Overhead supply above the pivot",
  baseTouched: "Traded above the last contraction's high",

  flagsTitle: "Worth knowing",
  flags: {
    young: "Less than a year of bars: no trend template, capped at grade C",
    deep: "First contraction deeper than 35%: capped at grade B",
    wide: "More than 10% from entry level to the last low: the stop lies inside the base",
    touched:
      "Already traded above the last contraction's high: the later high is the pivot, and a new contraction is needed",
    wick: "A high or low of the base is the wick of a single bar",
    gap: "Gap down inside the base: check for an ex-dividend or ex-rights date",
    rs_line_high: "RS line at a 52-week high",
    rs_line_leads: "RS line at a new high ahead of price",
    unfillable: "Locked at the upper limit: hard to get filled",
    relisted: "Back on the list after leaving it",
    stop_touched: "Also traded below the stop on the trigger day: the close decides",
    on_pace: "Volume on pace for a confirmed breakout",
    extended_live: "More than 5% above the pivot intraday",
    old_law: "Found under an earlier version of the rules: its pattern is kept as it was",
    prov: "Last low not confirmed (earlier rules)",
    shakeout: "Shakeout below an earlier low (earlier rules)",
  },

  cause: "Cause",
  causes: {
    higher_high: "higher high",
    lower_low: "lower low",
    deeper_fall: "deeper pullback",
    contraction: "new contraction",
    pivot_raised: "pivot raised",
    breakout: "breakout",
    rows_corrected: "corrected prices",
  },
};
