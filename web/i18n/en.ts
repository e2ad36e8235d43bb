/** English texts. The annotation makes a missing or a superfluous key a compile error. */
import { enList } from "./en-list.ts";
import { enLive } from "./en-live.ts";
import { enPages } from "./en-pages.ts";
import { enRefusals } from "./en-refusals.ts";
import type { Dictionary } from "./ko.ts";

export const en: Dictionary = {
  ...enList,
  ...enLive,
  ...enPages,
  ...enRefusals,
  product: "VCP Radar",
  skip: "Skip to content",
  language: "Language",
  theme: "Appearance",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  reload: "Reload",
  reloading: "Loading",
  retry: "Try again",

  demoRibbon: "Demo market: every company and price is fictional",
  exchange: "Exchange",
  asOf: (time) => `as of ${time}`,
  closesOf: (day) => `Closes of ${day}`,
  pricesOf: (time) => `Provisional, ${time}`,
  closeOf: (day) => `close ${day}`,
  oldCloses: (day, days) => `Closes of ${day}, ${days} days old.`,
  kst: "KST",

  marketNow: "Market now",
  indexMissing: "No index data",
  indexFailed: "Indices could not be loaded",

  gateTitle: "Market gate",
  gateGREEN: "Favourable",
  gateYELLOW: "Caution",
  gateRED: "Unfavourable",
  gateUNKNOWN: "Undecided",
  gateReasons: "Reasons",
  gatePoints: "Points",
  gateEmpty: "The first scan computes the market gate.",
  gateThin: "Undecided: fewer than half of the indicators are available.",

  run_running: "running",
  run_done: "done",
  run_failed: "failed",
  run_skipped: "skipped",

  signalsTitle: "Active VCP signals",
  signalsCaption: "Active VCP signals",
  signalsShown: (shown, all) => `${shown} of ${all}`,
  signalsLoaded: (n, all) => `only ${n} of ${all} loaded`,
  signalsOrigin: (now, before) => `${now} detected by this scan + ${before} tracked from before`,
  colName: "Stock",
  colFootprint: "Footprint",
  colState: "State",
  colDistance: "To pivot",
  colPivot: "Pivot",
  colStop: "Stop",
  colRisk: "Risk",
  colRs: "RS rank",
  colDryUp: "Dry-up",
  colDryUpHint: "Median volume of the last 10 sessions ÷ the 50-session average. Lower is drier.",
  colRsHint: "Relative strength vs all stocks, 1 to 99",
  colRiskHint: "Drop from the entry level to the stop",
  depthsText: (n, depths) => `${n} contractions: ${depths}`,

  stateFORMING: "Forming",
  stateREADY: "Near pivot",
  stateTRIGGERED: "Triggered",
  stateCONFIRMED: "Breakout",
  stateUNCONFIRMED: "Unconfirmed",
  stateSQUAT: "Squat",
  stateEXTENDED: "Extended",
  stateOVEREXTENDED: "Overextended",
  stateSUSPENDED: "Suspended",
  stateFAILED: "Failed",
  stateEXPIRED: "Expired",

  nth: (n) => `#${n}`,
  planTarget2: "2R",
  planTarget3: "3R",
  value: "Value",
  threshold: "Threshold",
  condition: "Condition",
  result: "Result",

  errorTitle: "Could not load",
  errorKept: "Reload failed; showing the earlier content.",
  errorOffline: "The server cannot be reached. Check your connection.",
  errorUnreadable: "The server's response could not be read. Reload the page.",
  errorStatus: (status) => `The server returned error ${status}.`,
  requestId: "Request ID",

  notAdvice:
    "Not a recommendation to buy or sell. Candidates picked by fixed rules; every decision is yours.",
  sourceDemo: "Source: built-in demo market (fictional companies and prices)",
  sourceKrx:
    "Source: KRX daily bars, imported from files or fetched with the operator's API keys. Not live prices",
  derivedHolidays:
    "This year's exchange holidays are derived from the law on public holidays. Election days and temporary holidays may be missing.",
};
