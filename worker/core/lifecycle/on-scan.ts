/** LC rows 7..10: what a scan's answer does to a signal that has not triggered. */
import { assert } from "../assert.ts";
import { trigger } from "./on-bar.ts";
import type { LifeEvent, ScanFinding, Step } from "./life-event.ts";
import { gradeIn, move, still } from "./transition.ts";
import type { Params } from "../params.ts";
import type { PreState } from "../vcp/signal-state.ts";
import { isSamePattern } from "./incumbent.ts";
import type { Signal } from "./signal.ts";
import type { Base, Flag, Verdict } from "../vcp/verdict.ts";

type ScanEvent = Extract<LifeEvent, { type: "scan" }>;
type Belongs = Extract<ScanFinding, { kind: "belongs" }>;

/** From the trigger on the pattern is frozen, so a scan moves FORMING and READY only. */
export function onScan(signal: Signal, event: ScanEvent, params: Params): Step {
  const { finding, day } = event;
  const judged: Signal = { ...signal, belowLow: false };
  if (finding.kind === "belongs") {
    return revise(judged, finding, event, params);
  }
  if (signal.belowLow) {
    const low = signal.base.contractions.at(-1)?.low ?? null;
    return move(still(judged), "FAILED", "BASE_FAIL", day, { close: signal.close, low }, params);
  }
  if (finding.kind === "superseded") {
    return move(still(judged), "EXPIRED", "superseded", day, {}, params);
  }
  if (finding.kind === "frozen") {
    return keepFrozen(judged, event, params);
  }
  const misses = signal.misses + 1;
  const missed: Signal = { ...judged, misses };
  if (misses >= params.life.misses) {
    return move(still(missed), "EXPIRED", `left_scan:${finding.rule}`, day, { misses }, params);
  }
  if (signal.baseBars > params.base.bars[1]) {
    return move(still(missed), "EXPIRED", "base_age", day, { bars: signal.baseBars }, params);
  }
  return still(missed);
}

/** LCI6: the first scan of another law leaves a row in the log; a pattern that nothing reads again ends after a while. */
function keepFrozen(signal: Signal, { day }: ScanEvent, params: Params): Step {
  const { state, flags, paramsVersion } = signal;
  if (!flags.includes("old_law")) {
    const marked: Signal = { ...signal, misses: 0, flags: [...flags, "old_law"] };
    const values = { judged_by: paramsVersion, law: params.version };
    return move(still(marked), state, "law_changed", day, values, params);
  }
  const waited: Signal = { ...signal, misses: signal.misses + 1 };
  return waited.misses >= params.life.ageBars
    ? move(still(waited), "EXPIRED", "law_changed", day, { scans: waited.misses }, params)
    : still(waited);
}

/** Row 7: the signal takes the scan's pattern; another reading of it is a revision, worth a row in the log. */
function revise(signal: Signal, { verdict, cause }: Belongs, event: ScanEvent, params: Params): Step {
  const { base } = verdict;
  assert(base !== null, `${verdict.ticker} is listed without a base`);
  const next = described(signal, verdict, base, params);
  const to: PreState = base.state === "FORMING" ? "FORMING" : "READY";
  const changed = !isSamePattern(signal.base, base);
  const reason = changed ? "revised" : to === "READY" ? "ready" : "forming";
  const values = {
    ...(changed && { cause }),
    footprint_before: signal.base.footprint,
    footprint: base.footprint,
    pivot_before: signal.base.pivot,
    pivot: base.pivot,
    stop_before: signal.base.stop,
    stop: base.stop,
  };
  const step =
    changed || to !== signal.state
      ? move(still(next), to, reason, event.day, values, params)
      : still({ ...next, grade: gradeIn(next, to, params) });
  return changed && event.bar.high >= base.entry ? trigger(step, event.bar, event.day, params) : step;
}

/** A scan finds the share again, its session's own flag stays. */
const KEPT_FLAGS: readonly Flag[] = ["relisted", "unfillable"];

function described(signal: Signal, verdict: Verdict, base: Base, params: Params): Signal {
  return {
    ...signal,
    base,
    baseBars: base.bars,
    score: verdict.score ?? 0,
    scoreTerms: verdict.scoreTerms === null ? signal.scoreTerms : { ...verdict.scoreTerms },
    template: verdict.template,
    passed: verdict.passed,
    rs: verdict.rs,
    flags: [...verdict.flags, ...signal.flags.filter((flag) => KEPT_FLAGS.includes(flag))],
    close: verdict.close ?? signal.close,
    measuredOn: verdict.asOf,
    leaderValue: verdict.leaderValue,
    misses: 0,
    paramsVersion: params.version,
  };
}
