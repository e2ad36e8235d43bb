/** One session of one share: listing, halts, splits, scenario or walk, in that order. Rows depend on seed and state alone. */
import { Chance } from "./chance.ts";
import type { ShareState } from "./demo-state.ts";
import { type DraftRow, writeHalt } from "./draft-row.ts";
import type { Factors } from "./market-factors.ts";
import { writeScenario } from "./scenario/scenario-row.ts";
import type { Scenarios, Scene } from "./scenario/scenarios.ts";
import { toGrid } from "./price-step.ts";
import type { Traits } from "./traits.ts";
import { writeFirst, writeWalk } from "./walk-row.ts";

/** Everything about the market that a session does not change. */
export interface Setting {
  readonly seed: number;
  readonly traits: Traits;
  readonly scenarios: Scenarios;
  /** First session of each share. */
  readonly listed: Int32Array;
}

const chance = new Chance();

/** Halts: about four rows in a hundred, most of them in a few long suspensions. */
const HALT_HAZARD = 0.0017;
/** Consolidations of cheap shares and splits of dear ones, a session. */
const SPLIT = { dear: 150_000, dearHazard: 0.0006, cheap: 700, cheapHazard: 0.0003 } as const;

function haltLength(): number {
  const draw = chance.uniform();
  return draw < 0.3 ? chance.whole(1, 3) : draw < 0.7 ? chance.whole(4, 20) : chance.whole(40, 160);
}

/** Decides whether the share's trading stops with the next session, and for how long. */
function drawHalt({ seed, traits, scenarios }: Setting, state: ShareState, i: number, session: number): void {
  if (scenarios.isScheduled(i)) {
    return;
  }
  chance.aim(seed, i + 0x3_0000, session);
  if (chance.uniform() < HALT_HAZARD) {
    state.halted[i] = haltLength();
    return;
  }
  const close = state.close[i]!;
  const calm = traits.pull[i]! > 0.01;
  const hazard = close > SPLIT.dear ? SPLIT.dearHazard : close < SPLIT.cheap ? SPLIT.cheapHazard : 0;
  if (!calm && chance.uniform() < hazard) {
    state.halted[i] = chance.whole(3, 12);
    state.ratio[i] = close > SPLIT.dear ? chance.whole(1, 2) * 5 : 0.1;
  }
}

/** A split takes effect at the reopening: the exchange sets a base price and publishes the new number of shares. */
function reopen(state: ShareState, i: number, row: DraftRow): number {
  const ratio = state.ratio[i]!;
  if (ratio === 0) {
    return state.close[i]!;
  }
  const base = toGrid(state.close[i]! / ratio);
  state.shares[i] = Math.round(state.shares[i]! * ratio);
  state.home[i] = state.home[i]! / ratio;
  state.ratio[i] = 0;
  row.base = base;
  row.shares = state.shares[i]!;
  return base;
}

/** Whether the share traded before: its first session is left out of the index. */
export function isOld({ listed }: Setting, i: number, session: number): boolean {
  return session === 0 || listed[i]! < session;
}

/**
 * DM2a: a market that runs since before the shapes were redrawn. A share that is inside a scenario goes on from its last
 * close by what the present shape does from there; anything else would be a jump that no exchange allows.
 */
export function joinShapes({ scenarios }: Setting, state: ShareState, session: number): void {
  for (let i = 0; i < state.close.length; i++) {
    const scene = scenarios.sceneOf(i, session);
    const before = scene?.shape.course.close[scene.at - 1] ?? null;
    if (before !== null) {
      state.anchor[i] = state.close[i]! / before;
    }
  }
}

/** Writes the row of share `i`. Returns its scene; `null` outside scenarios, `absent` (no row) before the listing. */
export function stepShare(
  setting: Setting,
  state: ShareState,
  factors: Factors,
  i: number,
  row: DraftRow,
): Scene | "absent" | null {
  const { session } = factors;
  const first = setting.listed[i]!;
  if (session < first) {
    return "absent";
  }
  row.shares = Number.NaN;
  row.base = Number.NaN;
  const scene = setting.scenarios.sceneOf(i, session);
  if (scene !== null) {
    if (scene.at === 0) {
      state.anchor[i] = state.close[i]!;
    }
    writeScenario(setting.seed, i, setting.traits, state, scene, row);
    state.close[i] = row.close;
    return scene;
  }
  if (state.halted[i]! > 0) {
    state.halted[i] = state.halted[i]! - 1;
    writeHalt(row, state.close[i]!);
    row.shares = state.ratio[i]! > 0 ? state.shares[i]! : Number.NaN;
    return null;
  }
  if (session === first && first > 0) {
    writeFirst(setting.seed, i, setting.traits, state, session, row);
  } else {
    const base = reopen(state, i, row);
    writeWalk(setting.seed, i, setting.traits, state, factors, base, row);
  }
  state.close[i] = row.close;
  drawHalt(setting, state, i, session);
  return null;
}
