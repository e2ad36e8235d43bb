/** Plausible signals, events, runs and gates, so that a test states only what it is about. */
import type { RunDiff, ScanRun } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { PARAMS } from "../../core/params.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { Base, ScoreTerms, TemplateRule, TemplateTerm } from "../../core/vcp/verdict.ts";
import { type Bare, named } from "./bare.ts";

/** The day of an ISO date that the test wrote itself. */
export function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  assert(day !== null, `${text} is no day`);
  return day;
}

/** 79 points. */
export const SCORE_TERMS: ScoreTerms = {
  leaderRs: 5,
  leaderTrend: 5,
  leaderAdvance: 5,
  baseFirst: 4,
  baseLast: 5,
  baseCount: 4,
  baseWidest: 6,
  quietShelf: 5,
  quietWidth: 5,
  quietWeek: 6,
  quietRange: 5,
  quietVolume: 5,
  pivotDistance: 5,
  pivotOverhead: 4,
  rightTime: 5,
  rightHeight: 5,
};

const TEMPLATE_RULES: readonly TemplateRule[] = ["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"];

const TEMPLATE: readonly TemplateTerm[] = TEMPLATE_RULES.map((id) => ({
  id,
  value: 1.25,
  threshold: 1,
  result: "pass",
}));

/** Two contractions, 20 % and 8 %, under a pivot of 50,000 won. */
export function makeBase(overrides: Bare<Partial<Base>> = {}): Base {
  const first = { highDay: dayOf("2025-03-03"), high: 52_000, lowDay: dayOf("2025-03-17"), low: 41_600 };
  const last = { highDay: dayOf("2025-04-21"), high: 50_000, lowDay: dayOf("2025-05-02"), low: 46_000 };
  return named<Base>({
    contractions: [
      { ...first, depth: 0.2, bars: 10, meanVolume: 310_000 },
      { ...last, depth: 0.08, bars: 9, meanVolume: 140_000 },
    ],
    footprint: "11W 20/8 2T",
    weeks: 11,
    bars: 53,
    pivot: 50_000,
    overhead: 0.04,
    entry: 50_100,
    stop: 46_100,
    targets: { twoR: 58_100, threeR: 62_100 },
    breakout: null,
    risk: 4_000 / 50_100,
    distance: -0.02,
    dryUp: 0.55,
    contractionRatio: 0.4,
    noise: 0.024,
    touched: null,
    state: "READY",
    ...overrides,
  });
}

/** An open signal of the demo market. Ask for an ended state and it has ended on its last applied day. */
export function makeSignal(overrides: Bare<Partial<Signal>> = {}): Signal {
  const appliedOn = overrides.appliedOn ?? dayOf("2025-05-16");
  const ended = overrides.state !== undefined && !isOpen(overrides.state);
  return named<Signal>({
    id: "signal-1",
    exchange: "DEMO",
    ticker: "D00001",
    name: "가온전자",
    market: "KOSPI",
    state: "READY",
    prev: null,
    base: makeBase(),
    score: 79,
    scoreTerms: { ...SCORE_TERMS },
    grade: "A",
    template: TEMPLATE,
    passed: 8,
    rs: 91,
    flags: [],
    close: 49_000,
    bornOn: dayOf("2025-05-12"),
    measuredOn: dayOf("2025-05-16"),
    appliedOn,
    appliedSeq: 2,
    endedOn: ended ? appliedOn : null,
    reason: "new",
    triggeredOn: null,
    sinceTrigger: null,
    sinceBreak: null,
    sinceSquat: null,
    volumeOk: false,
    baseBars: 52,
    belowLow: false,
    leaderValue: true,
    misses: 0,
    suspended: 0,
    paramsVersion: PARAMS.version,
    ...overrides,
  });
}

/** The birth of `signal-1`. */
export function makeEvent(overrides: Bare<Partial<SignalEvent>> = {}): SignalEvent {
  return named<SignalEvent>({
    signalId: "signal-1",
    seq: 1,
    day: dayOf("2025-05-12"),
    from: null,
    to: "READY",
    reason: "new",
    values: { footprint: "11W 20/8 2T", pivot: 50_000, volume_ok: false, miss: null },
    ...overrides,
  });
}

const DIFF: RunDiff = { born: ["signal-1"], revised: [], moved: [], ended: [] };

/** A run of the demo market that is done; `status: "running"` gives one that has just begun. */
export function makeRun(overrides: Partial<ScanRun> = {}): ScanRun {
  const done = overrides.status !== "running";
  return {
    id: "run-1",
    exchange: "DEMO",
    kind: "session",
    status: "done",
    asOf: dayOf("2025-05-16"),
    paramsVersion: PARAMS.version,
    startedAt: 1_747_380_000_000,
    finishedAt: done ? 1_747_380_001_500 : null,
    request: { market: null, topN: 30, minScore: 0, accept: [] },
    funnel: done ? { universe: 120, eligible: 90, template: 40, base: 6, detected: 3 } : null,
    rejects: done ? { EL1: 12, EL3_value: 18, TT: 50, BS1: 20, CT1: 14, PV2: 3 } : null,
    diff: done ? DIFF : null,
    saved: done ? 1 : 0,
    reason: null,
    ...overrides,
  };
}

export function makeGate(overrides: Partial<MarketGate> = {}): MarketGate {
  return {
    day: dayOf("2025-05-16"),
    status: "GREEN",
    level: 82.5,
    confidence: 0.9,
    indices: { KOSPI: { close: 2_655.4, change: 0.0062 }, KOSDAQ: null },
    components: [
      { id: "kospi_ma20", value: 2_600.1, threshold: 2_655.4, points: 4, max: 4 },
      { id: "kosdaq_ma20", value: null, threshold: 0, points: null, max: 4 },
    ],
    sectors: [{ sector: "반도체", count: 14, change: 0.011, aboveMean50: 0.71 }],
    ...overrides,
  };
}
