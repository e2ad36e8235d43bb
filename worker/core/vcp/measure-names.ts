/** The quantities that rules and score go by, by name; `measures.ts` measures each. */
export type ShareMeasure =
  | "passed"
  | "rs"
  | "closeOverMean50"
  | "mean50OverMean200"
  | "mean150OverMean200"
  | "mean150Rise";
export type BaseMeasure =
  | "laterHigh"
  | "advance"
  | "spike"
  | "pump"
  | "contractions"
  | "firstBars"
  | "firstDepth"
  | "lastDepth"
  | "rightTime"
  | "rightHeight"
  | "recoveryBars"
  | "worstDay"
  | "widestBar"
  | "shelf"
  | "range10"
  | "week"
  | "quiet"
  | "dryUp"
  | "smoothness"
  | "shelfHeight"
  | "distance"
  | "extension"
  | "overhead"
  | "halts";
/** `score`: the points of SC, of a share with its base. */
export type MeasureName = ShareMeasure | BaseMeasure | "score";
