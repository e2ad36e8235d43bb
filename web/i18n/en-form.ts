/** English texts of a form. */
import type { FormCopy } from "./ko-form.ts";

export const enForm: FormCopy = {
  scoreTerm: "Term",
  scoreEarlier: "Scored by an earlier version of the rules, so its parts cannot be shown.",
  score_leader: "Leader",
  score_base: "Base",
  score_quiet: "Quiet end",
  score_pivot: "Pivot and right side",

  stays: "Stays listed by the limits that keep; would not be listed anew.",
  staysWhyNot: "Not anew because of",

  formTitle: "Rules of the form",
  formRule: "Rule",
  formShare: "Trend and strength",
  formParts: {
    BS: "Start and advance",
    CT: "Contractions",
    RR: "Since the low",
    QT: "Last 10 days",
    PV: "Pivot",
  },
  formOther: "Other",
  formMet: "Met",
  formUnmet: "Not met",
  formUnasked: "Nothing to measure",
  formCount: (met, measured, unmeasured) =>
    [
      ...(measured > 0 ? [`${met} of ${measured} measured rules met`] : []),
      ...(unmeasured > 0 ? [`${unmeasured} not measured`] : []),
    ].join(", "),
  formNote:
    "A rule without a value counts as neither met nor unmet; on a base that can be read it keeps no share off the list.",
  formOf: {
    listed: "Base that meets its rules",
    own: "Base of the open signal, by the limits that keep it",
    nearest: "Nearest base, not listed",
  },
  formOfNone: "No base can be read",
  drawn: {
    listed: "Base not listed",
    nearest: "Nearest base",
  },

  baseTitle: "Base",
  baseStart: "Left-side high",
  baseLength: "Length",
  baseLast: "Last contraction",
  baseRatio: "Last against first contraction",
  baseOverhead: "Overhead above the pivot",
  baseTouched: "Traded above the pivot",

  flagsTitle: "Worth knowing",
  flags: {
    young: "Less than a year of bars: no trend template, grade C at best",
    deep: "First contraction deeper than 35%: grade B at best",
    wide: "More than 10% from entry level to the last low: the stop lies inside the base",
    touched: "Has traded above the high of its last contraction: a new contraction is needed",
    wick: "A high or low of the base rests on the wick of a single bar",
    gap: "Gap down inside the base: check for a dividend or a share issue",
    rs_line_high: "RS line at a 52-week high",
    rs_line_leads: "RS line at a new high before the price",
    unfillable: "Locked at the upper limit, hardly any fills",
    relisted: "Back on the list after leaving it",
    stop_touched: "Traded below the stop on the trigger day: the close decides",
    on_pace: "Volume on pace for a confirmed breakout",
    extended_live: "More than 5% above the pivot in session",
    old_law: "Found by an earlier version of the rules: its pattern stays as it was",
    prov: "Last low not confirmed (earlier rules)",
    shakeout: "Shakeout below an earlier low (earlier rules)",
  },

  cause: "Cause",
  causes: {
    higher_high: "higher high",
    lower_low: "lower low",
    deeper_fall: "deeper fall",
    contraction: "new contraction",
    pivot_raised: "pivot raised",
    breakout: "breakout",
    rows_corrected: "corrected prices",
  },
};
