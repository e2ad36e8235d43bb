/** The demo market before its first session: prices near the one they are drawn back to, some shares already suspended. */
import { Chance } from "./chance.ts";
import { blankState, type DemoState } from "./demo-state.ts";
import { toGrid } from "./price-step.ts";
import type { Setting } from "./share-step.ts";

/** Levels from which the indices begin. */
const FIRST_LEVELS = [2_500, 800] as const;

/** The evening before the first session of history. */
export function firstState({ seed, traits, listed, scenarios }: Setting): DemoState {
  const state = blankState(traits.home.length);
  const chance = new Chance();
  state.indices.set(FIRST_LEVELS);
  const { close, home, heat, activity, shares, halted } = state.shares;
  home.set(traits.home);
  shares.set(traits.shares);
  for (let i = 0; i < close.length; i++) {
    chance.aim(seed, i, 7);
    const calm = traits.pull[i]! > 0.01;
    heat[i] = 0.2 * chance.normal();
    activity[i] = 0.5 * chance.normal();
    const away = calm ? 0.01 : 0.3;
    close[i] = listed[i]! > 0 ? home[i]! : toGrid(home[i]! * Math.exp(away * chance.normal()));
    const stopped = chance.uniform() < 0.055 && listed[i] === 0 && !scenarios.isScheduled(i);
    halted[i] = stopped ? chance.whole(1, 130) : 0;
  }
  return state;
}
