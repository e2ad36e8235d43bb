import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { Deliveries } from "../../testing/days/collecting-world.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";

const EXCHANGE = {
  first: dayOf("2026-06-01"),
  last: dayOf("2026-09-30"),
  names: 30,
  seed: 4,
  drift: 0.01,
};
/** Longer than a step is remembered. */
const [FIRST, END] = [dayOf("2026-06-15"), dayOf("2026-09-01")];

describe("steps after their time in the table", () => {
  it.for(["with the official vendor alone", "with both vendors"] as const)(
    "[MD36] [MD40] the master of the past never comes again over a later one, and the last outcome of each kind stays: %s",
    { timeout: 60_000 },
    async (how, { expect }) => {
      const fed = await MarketWorld.open(EXCHANGE, () => null);
      const both = bothSourcesOf(fed.stage);
      const sources = how === "with both vendors" ? both : { ...both, present: null, evening: null };
      try {
        const masters: string[] = [];
        for (const day of fed.days().filter((one) => one >= FIRST && one < END)) {
          fed.stage.clock.moveTo(midnightOf(day) + (8 * 60 + 45) * 60_000);
          const { steps } = await new Deliveries(fed, sources, 7).collect();
          masters.push(...steps.flatMap((step) => (step.kind === "official_master" ? [step.day] : [])));
          await fed.ring(20);
        }
        expect(masters).toEqual([...new Set(masters)].toSorted());
        // The master of the present brings that of the session before with it.
        expect(masters.length > 0).toBe(how === "with the official vendor alone");
        expect(fed.instruments.lists.KRX.length).toBeGreaterThan(25);
        const { steps } = await fed.book.marketStatus();
        const past = steps.filter(({ kind }) => kind === "backfill" || kind === "activation");
        expect(past.map(({ kind, day }) => ({ kind, day }))).toEqual([
          { kind: "backfill", day: FIRST },
          { kind: "activation", day: FIRST },
        ]);
      } finally {
        await fed.stage.end();
      }
    },
  );
});
