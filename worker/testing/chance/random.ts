/** Seeded chance for tests: the same seed gives the same market on every machine. */
import { makeChance } from "../../core/outcome/chance.ts";

/** Uniform in [0, 1). */
export const makeRandom: (seed: number) => () => number = makeChance;

/** Standard normal by Box and Muller. */
export function makeNormal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
