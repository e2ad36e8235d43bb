import { describe, it } from "vitest";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { Deliveries } from "../../testing/days/collecting-world.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { kiwoomSourcesOf } from "../../testing/days/real-sources.ts";
import { shownBook } from "../../testing/days/shown-book.ts";
import { NOON, SHORT, TODAY } from "../../testing/days/walked-shares.ts";

const SMALL = { ...SHORT, first: dayOf("2026-09-14"), names: 30 };

/** A book that asks nobody, at noon. */
async function fedWorld(): Promise<MarketWorld> {
  const world = await MarketWorld.open(SMALL, () => null);
  world.stage.clock.moveTo(midnightOf(TODAY) + 12 * 3_600_000);
  return world;
}

describe("a past of shares that another machine asks for", () => {
  it(
    "[KW26] makes the same book, runs and signals as one that the book asks for itself, and costs each share one call",
    { timeout: 60_000 },
    async ({ expect }) => {
      const own = await MarketWorld.open(SMALL, kiwoomSourcesOf);
      const fed = await fedWorld();
      try {
        own.stage.clock.moveTo(midnightOf(TODAY));
        await own.turns(TODAY, NOON);
        await own.ring(60);
        const turn = await new Deliveries(fed, kiwoomSourcesOf(fed.stage)).collect();
        fed.evict();
        await fed.ring(60);
        const listed = fed.instruments.lists.KRX.length;
        expect(turn.backfill).toMatchObject({ status: "done", sessions: listed, wanted: listed });
        expect(fed.book.backfill()).toMatchObject({ status: "done", counts: "shares" });
        expect(shownBook(fed)).toEqual(shownBook(own));
        expect(fed.book.summary().sessions).toBeGreaterThan(14);
        // A call more where the rate refused one.
        expect(fed.stage.kiwoom.calls.get("ka10081")).toBeLessThanOrEqual(listed + 3);
        // What is there is asked for no more, and the evening goes on from it.
        const again = await new Deliveries(fed, kiwoomSourcesOf(fed.stage)).collect();
        expect([again.dates, again.steps]).toEqual([0, []]);
        fed.stage.clock.moveTo(midnightOf(TODAY) + (15 * 60 + 35) * 60_000);
        const evening = await new Deliveries(fed, kiwoomSourcesOf(fed.stage)).collect();
        expect(evening.steps.map(({ kind, status }) => [kind, status])).toEqual([
          ["evening_snapshot", "stored"],
        ]);
        expect(fed.book.summary().lastDay).toBe(TODAY);
      } finally {
        await own.stage.end();
        await fed.stage.end();
      }
    },
  );

  it(
    "[KW26] goes on after a refusal, and where the machine died, with no share twice",
    { timeout: 60_000 },
    async ({ expect }) => {
      const fed = await fedWorld();
      try {
        const { kiwoom, clock } = fed.stage;
        let calls = 0;
        kiwoom.traps.onCall = () => {
          calls += 1;
          kiwoom.traps.denied = calls === 14 ? "8104" : kiwoom.traps.denied;
        };
        const refused = await new Deliveries(fed, kiwoomSourcesOf(fed.stage)).collect();
        expect(refused.steps.at(-1)).toMatchObject({ kind: "past_shares", status: "denied" });
        expect(fed.book.backfill()).toMatchObject({ status: "waiting" });
        kiwoom.traps.onCall = null;
        kiwoom.traps.denied = null;
        clock.advance(25 * 3_600_000);
        const rest = await new Deliveries(fed, kiwoomSourcesOf(fed.stage)).collect();
        expect(rest.backfill.status).toBe("done");
        expect(kiwoom.calls.get("ka10081")).toBeLessThanOrEqual(fed.instruments.lists.KRX.length + 9);
      } finally {
        await fed.stage.end();
      }
    },
  );

  it(
    "[KW26] what is not next, and what is no past, does nothing",
    { timeout: 60_000 },
    async ({ expect }) => {
      const fed = await fedWorld();
      try {
        const machine = new Deliveries(fed, kiwoomSourcesOf(fed.stage));
        const wanted = await machine.wanted();
        expect([wanted.steps, wanted.shares]).toEqual([
          [{ kind: "present_master", day: "2026-10-14" }],
          null,
        ]);
        const day = "2026-10-13";
        const row = (date: string, low = 8): unknown => [
          date,
          [9, 10, low, 9, 5, null, null, 9],
          "unknown",
          false,
        ];
        const past = (...value: unknown[]) => ({
          call: "share",
          source: "kiwoom",
          ticker: "100000",
          answer: { status: "ok", at: fed.stage.clock.now(), value },
        });
        const give = async (...answers: unknown[]): Promise<string> => {
          const bytes = new TextEncoder().encode(JSON.stringify({ kind: "past_shares", day, answers }));
          const taken = await fed.book.takeDay(bytes, 400);
          return "text" in taken ? `${taken.status}: ${taken.text}` : taken.status;
        };
        const before = shownBook(fed);
        expect(await give(past(row(day)))).toBe("repeated: it is not what comes next");
        expect(await give(past(row(day), row(day)))).toMatch(/^bad: the days of a past do not rise/);
        expect(await give(past(row(day, 11)))).toMatch(/^bad: 100000 of 2026-10-13 is no bar/);
        expect(await give(past(row(day)), past(row(day)))).toMatch(/^bad: share 100000 stands twice/);
        expect(await give()).toMatch(/^bad: answers: none of them/);
        expect(shownBook(fed)).toEqual(before);
        expect(dayOf(day)).toBeLessThan(TODAY);
      } finally {
        await fed.stage.end();
      }
    },
  );
});
