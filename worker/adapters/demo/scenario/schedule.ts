/** Which shares are ever in a scenario: those of the middle of the market, each with its place in the round. */
import { Chance } from "../chance.ts";
import { KOSPI, type Slot, type Traits } from "../traits.ts";

/** One round of scenarios. `place` holds for each slot its place in the round, -1 outside it. */
export interface Schedule {
  readonly size: number;
  readonly place: Int32Array;
}

/** Which shares take their turn with a base, and which with a decoy. */
export interface Schedules {
  /** Bases with a fate; an odd number of shares. */
  readonly bases: Schedule;
  readonly decoys: Schedule;
}

const MOST_BASES = 621;
const MOST_DECOYS = 107;

/** Common shares of the middle of the market, in a random order: none that would move the index, and no penny stocks. */
function candidates(
  seed: number,
  slots: readonly Slot[],
  traits: Traits,
  barred: (i: number) => boolean,
): number[] {
  const chance = new Chance();
  return slots
    .flatMap((slot, i) => {
      const home = traits.home[i] ?? 0;
      const cap = home * (traits.shares[i] ?? 0);
      const fits =
        home >= 2_000 && home <= 120_000 && cap >= 1e11 && cap <= (slot.board === KOSPI ? 4e12 : 1.5e12);
      return slot.kind === "common" && fits && !barred(i)
        ? [{ i, order: chance.aim(seed, i, 6).uniform() }]
        : [];
    })
    .toSorted((a, b) => a.order - b.order)
    .map(({ i }) => i);
}

/** The members take their turns `stride` apart; the size and the stride have no common divisor. */
function scheduleOf(slots: number, members: readonly number[], stride: number): Schedule {
  const place = new Int32Array(slots).fill(-1);
  const size = members.length;
  for (let turn = 0; turn < size; turn++) {
    place[members[(stride * turn) % size]!] = turn;
  }
  return { size, place };
}

/** Before the shapes were redrawn a session had two fates: a running market keeps the turns of every eighth share. */
const STRIDE = 8;

/** `barred` shares are in no scenario. */
export function schedulesOf(
  seed: number,
  slots: readonly Slot[],
  traits: Traits,
  barred: (i: number) => boolean,
): Schedules {
  const all = candidates(seed, slots, traits, barred);
  const decoys = Math.min(MOST_DECOYS, Math.floor(all.length / 7));
  const rest = all.length - decoys;
  const bases = Math.min(MOST_BASES, rest % 2 === 1 ? rest : Math.max(0, rest - 1));
  return {
    bases: scheduleOf(slots.length, all.slice(decoys, decoys + bases), STRIDE),
    decoys: scheduleOf(slots.length, all.slice(0, decoys), 1),
  };
}
