/** KI7 within one walk: the vendor's chart holds another close from eight in the evening on, and from six in the morning. */
import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { factsOn, faultsOf, MortalHistory, SHORT } from "../../testing/days/walked-shares.ts";

const [TUESDAY, WEDNESDAY, THURSDAY] = [dayOf("2026-10-13"), dayOf("2026-10-14"), dayOf("2026-10-15")];
const FRIDAY = dayOf("2026-10-16");
const BACK = dayOf("2026-10-29");
const MORNING = [8 * 60 + 5, 9 * 60 + 55] as const;

describe("a walk of KIS alone over the hour at which a close changes", () => {
  it.for([
    {
      name: "six in the morning",
      day: FRIDAY,
      hour: 6,
      mixed: WEDNESDAY,
      kinds: ["regular final", "unknown provisional"],
    },
    {
      name: "eight in the evening",
      day: WEDNESDAY,
      hour: 20,
      mixed: TUESDAY,
      kinds: ["last provisional", "unknown provisional"],
    },
  ])(
    "[MD74] at $name: the day is amended until every share of it is final",
    { timeout: 60_000 },
    async ({ day, hour, mixed, kinds }, { expect }) => {
      const source = new MortalHistory();
      const world = await MarketWorld.open(SHORT, (stage) => source.of(stage));
      try {
        await world.turns(day, [hour * 60 - 5, hour * 60 - 5]);
        expect(await world.ring(3)).toBe(false);
        world.stage.clock.moveTo(midnightOf(day) + (hour * 60 + 1) * 60_000);
        expect(await world.ring(200)).toBe(true);
        expect(world.book.backfill()?.status).toBe("done");
        expect(factsOn(world, mixed).toSorted()).toEqual(kinds);
        // Further away than the sessions that every morning asks for again.
        await world.turns(BACK, MORNING);
        await world.ring(200);
        for (const one of [TUESDAY, WEDNESDAY, THURSDAY]) {
          expect([one, factsOn(world, one)]).toEqual([one, ["regular final"]]);
        }
        expect(faultsOf(world, [TUESDAY, WEDNESDAY, THURSDAY])).toEqual([]);
      } finally {
        await world.stage.end();
      }
    },
  );
});
