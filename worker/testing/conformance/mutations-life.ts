/** LC broken one by one: identity, the rows of the table, and what holds over all rows. */
import { type Mutation, mutationsOf } from "./mutation.ts";

export const LIFE_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf("core/lifecycle/birth.ts", [
    ["LCI1", "${compact(first)}.${compact(last)}", "${compact(last)}.${compact(first)}"],
    ["LCI2", "aFirst <= bLast && bFirst <= aLast", "aFirst <= bLast || bFirst <= aLast"],
    ["LCR1", "sinceBreak: breakout?.bars ?? null", "sinceBreak: null"],
  ]),
  ...mutationsOf("core/lifecycle/incumbent.ts", [
    ["LCI3", "moved.low < earlier.low", "moved.low > earlier.low"],
    ["LCI6", "return paramsVersion !== version;", "return false;"],
  ]),
  ...mutationsOf("core/lifecycle/reconcile.ts", [
    ["LCI2", "const newcomer = arrivalOf(signalsOf(replayed), x);", "const newcomer = null;"],
    ["LCI4", "signal.endedOn < x.verdict.asOf &&", "true &&"],
    ["LCI4", 'signal.reason.startsWith("left_scan:") &&', ""],
    ["LCI4", "<= x.params.life.relistSessions", "< x.params.life.relistSessions"],
    ["LCI5", "if (running.length < 2) {", "if (running.length < 3) {"],
  ]),
  ...mutationsOf("core/lifecycle/lifecycle.ts", [
    ["LC1", "seq <= signal.appliedSeq", "seq < signal.appliedSeq"],
    ["LCR2", "prev: state, suspended: 1", "prev: null, suspended: 1"],
    ["LCR3", 'signal.prev ?? "READY"', '"READY"'],
    ["LCR4", "suspended > params.life.suspendedSessions", "suspended >= params.life.suspendedSessions"],
    ["LCR5", '"EXPIRED", "delisted"', '"FAILED", "delisted"'],
    ["LCI2", "isPreTrigger(applied.state) ? onScan", "isOpen(applied.state) ? onScan"],
  ]),
  ...mutationsOf("core/lifecycle/corporate-action.ts", [
    ["LCR22", "pivot: priceOf(base.pivot * factor)", "pivot: base.pivot"],
    ["LCR22", "const stop = onGrid(base.stop);", "const stop = base.stop;"],
  ]),
  ...mutationsOf("core/lifecycle/on-bar.ts", [
    ["LCR6", "bar.high >= signal.base.entry", "bar.high > signal.base.entry"],
    ["LCR12", "if (bar.close < stop) {", "if (bar.close <= stop) {"],
    [
      "LCR13",
      "if (bar.close > pivot) {\n    const volumeOk",
      "if (bar.close >= pivot) {\n    const volumeOk",
    ],
    [
      "LCR13",
      "const volumeOk = (bar.volumeRatio ?? 0) >= params",
      "const volumeOk = (bar.volumeRatio ?? 0) > params",
    ],
    ["LCR14", '{ ...signal, sinceSquat: 0 } }, "SQUAT"', '{ ...signal, sinceSquat: null } }, "SQUAT"'],
    ["LCR16", "if (bar.low < stop) {", "if (bar.close < stop - 1) {"],
    ["LCR16", "<= life.pivotFailBars", "< life.pivotFailBars"],
    ["LCR17", ">= life.ageBars", "> life.ageBars"],
    ["LCR18", "sinceBreak <= life.lateVolumeBars", "sinceBreak < life.lateVolumeBars"],
    ["LCR18", "sinceBreak, sinceSquat: null, volumeOk", "sinceBreak, volumeOk"],
    ["LCR18", 'signal.state === "SQUAT" ? "recovered"', 'signal.state === "TRIGGERED" ? "recovered"'],
    [
      "LCR19",
      'case "EXTENDED":\n    case "OVEREXTENDED":\n      return move',
      'case "EXTENDED":\n      return move',
    ],
    ["LCR20", ">= life.squatBars", "> life.squatBars"],
    ["LC1a", "isTriggerDay ? 0 :", "false ? 0 :"],
    ["LC4", 'bar.locked ? [...kept, "unfillable"] : kept', "kept"],
  ]),
  ...mutationsOf("core/lifecycle/session-events.ts", [
    ["LC4", "high === low && change >= LOCKED", "change >= LOCKED"],
  ]),
  ...mutationsOf("core/lifecycle/on-scan.ts", [
    ["LCR7", "misses: 0,\n    paramsVersion", "paramsVersion"],
    [
      "LCR7",
      "return changed && event.bar.high >= base.entry",
      "return changed && event.bar.high > base.entry * 2",
    ],
    ["LCR8", "if (signal.belowLow) {", "if (signal.belowLow && false) {"],
    ["LCR9", "misses >= params.life.misses", "misses > params.life.misses"],
    ["LCR10", "signal.baseBars > params.base.bars[1]", "signal.baseBars >= params.base.bars[1]"],
  ]),
  ...mutationsOf("core/lifecycle/transition.ts", [
    ["LC2", "transitions: [...step.transitions, { day", "transitions: [{ day"],
    ["LC3", "endedOn: isOpen(to) ? null : day", "endedOn: null"],
  ]),
  ...mutationsOf("core/lifecycle/on-tick.ts", [
    ["LCR6a", "tick.price >= signal.base.entry", "tick.price > signal.base.entry"],
    ["LCR11", "if (onTriggerDay && tick.price < stop) {", "if (tick.price < 0) {"],
    ["LCR15", "tick.price > pivot && (tick.runRate ?? 0) >=", "(tick.runRate ?? 0) >="],
    ["LCR16a", "if (!onTriggerDay && tick.price", "if (tick.price"],
    ["LCR21", "tick.price > life.extended * pivot", "tick.price > life.overextended * pivot"],
    ["LC1a", "sinceTrigger: (signal.sinceTrigger ?? 0) + 1", "sinceTrigger: signal.sinceTrigger ?? 0"],
  ]),
];
