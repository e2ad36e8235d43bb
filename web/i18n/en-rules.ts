/** What each rule and each reason of a signal's history means, in English. The type makes a rule without a text a compile error. */
import {
  type CloseWords,
  type ProblemWords,
  type ReasonId,
  type RuleWords,
  type RunWords,
  wordsOf,
} from "./rule-words.ts";

const RULES: RuleWords = {
  EL1: "Not a common share",
  too_short: "Fewer than 60 daily bars",
  no_row: "No row on the session",
  adjustment_suspect: "Prices may lack an adjustment",
  halted: "Halted too often lately",
  EL2: "Under administration, caution or liquidation",
  halted_today: "Halted on the session",
  EL3_value: "Too little traded value",
  EL3_price: "Price below 1,000 won",
  EL4: "Too many days without volume",
  CT1r: "Contractions do not shrink (step by step)",
  CT1g: "Contractions do not shrink (overall)",
  CT2low: "Lows undercut",
  CT2h90: "A high too far below the base's high",
  CT2h105: "A high too far above the one before",
  CT3d1lo: "First contraction too shallow",
  CT3d1hi: "First contraction too deep",
  CT3dT: "Last contraction too deep",
  CT3d60: "Too far below the 52-week high",
  CT4short: "Base too short",
  CT4long: "Base too long",
  CT5adv: "Too little advance before the base",
  CT5h252: "Base too far from the 52-week high",
  CT6brk: "A close below the last low",
  CT6ext: "More than 5 % above the pivot",
  CT7dry: "Volume has not dried up",
  CT7vtr: "Volume grows with the contractions",
  BR4base: "Long halt inside the base",
  CT6broken: "The base is broken",
  CT6extended: "Already extended above the pivot",
  no_legs: "No contractions",
  SC_template: "Trend template not met",
  SC_score: "Score below the list's bar",
};

const REASONS: Readonly<Record<ReasonId, string>> = {
  new: "Newly detected",
  new_breakout: "Detected after its breakout",
  revised: "Pattern revised",
  ready: "Close to the pivot",
  forming: "Still forming",
  triggered: "Entry level reached",
  breakout: "Closed above the pivot",
  no_close: "No close above the pivot",
  back_below: "Closed back below the pivot",
  recovered: "Back above the pivot",
  volume: "Breakout confirmed by volume",
  band: "Distance from the pivot changed",
  PIVOT_FAIL: "Fell below the stop after the breakout",
  BASE_FAIL: "Fell below the base",
  age: "60 sessions after the breakout",
  squat: "Ten sessions below the pivot",
  base_age: "Base older than 325 bars",
  superseded: "Replaced by a new pattern",
  delisted: "No longer traded",
  suspended: "Suspended for more than 20 sessions",
  resumed: "Trading resumed",
  relisted: "Listed again",
  rebased: "Prices adjusted for a corporate action",
  halted: "Halted",
  halted_today: "Halted",
  administration: "Under administration",
  caution: "Under caution",
  liquidation: "In liquidation",
};

/** Why a scan did not end well; text after a colon is the server's own. */
const RUNS: RunWords = {
  no_bars: "no bars imported",
  interrupted: "interrupted while running",
  partial_day: "bars of the session are incomplete",
};

const PROBLEMS: ProblemWords = {
  "bad-query": "The server does not understand the request.",
  "not-found": "The server has no such thing.",
  internal: "Something broke on the server.",
  unavailable: "The server could not read its data. Try again in a moment.",
};

const CLOSES: CloseWords = {
  4000: "the server has another version; open the page again",
  4001: "nothing subscribed within 30 s",
  4003: "not allowed from this address",
};

export const enRules = wordsOf({
  rules: RULES,
  reasons: REASONS,
  runs: RUNS,
  problems: PROBLEMS,
  closes: CLOSES,
  left: "Left the scan",
});
