import { afterEach, beforeEach, describe, it } from "vitest";
import { countedCalls } from "../../adapters/upstream/daily-limits.ts";
import type { SourceCheck } from "../../app/ports/source-check.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { KRX_SERVICES } from "../../testing/fakes/krx/fake-krx.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";

/** Tuesday morning, after the official rows of Monday. */
const NOW = Date.parse("2026-09-22T10:30:00+09:00");
const EXCHANGE = { first: dayOf("2026-08-10"), last: dayOf("2026-11-30"), names: 30, seed: 1 };

let world: MarketWorld;

async function check(): Promise<SourceCheck> {
  const made = await world.book.checkSources();
  if (made.status === "too_soon") {
    throw new Error("The check was refused");
  }
  return made;
}

const bad = ({ findings }: SourceCheck): readonly string[] =>
  findings
    .filter(({ mark }) => mark !== "ok")
    .map(({ mark, source, about }) => `${mark} ${source ?? "-"} ${about}`);

beforeEach(async () => {
  world = await MarketWorld.open(EXCHANGE, bothSourcesOf);
  world.stage.clock.moveTo(NOW);
});

afterEach(async () => {
  await world.stage.end();
});

describe("an owner's check in the book", () => {
  it("[MD50] measures where the day's own calls are made, by their limits, and has the vendors' state after it", async ({
    expect,
  }) => {
    const { stage } = world;
    const made = await check();
    expect([bad(made), made.at]).toEqual([[], stage.clock.now()]);
    const [krx, kis] = made.sources;
    expect(krx?.callsToday).toBe(stage.krx.callsInAll);
    expect(await countedCalls("krx", stage.store, stage.clock)).toBe(stage.krx.callsInAll);
    expect(kis?.token).not.toBeNull();
    expect(stage.kis.tokens.messages).toBe(1);
  });

  it("[MD50] is made once for all who ask meanwhile, and not again within twenty seconds", async ({
    expect,
  }) => {
    const { clock, krx } = world.stage;
    const [first, second] = await Promise.all([check(), check()]);
    expect(second).toBe(first);
    const calls = krx.callsInAll;
    expect(await world.book.checkSources()).toMatchObject({ status: "too_soon" });
    expect(krx.callsInAll).toBe(calls);
    clock.advance(20_000);
    await check();
    expect(krx.callsInAll).toBe(2 * calls);
  });

  it("[MD50] without a source nobody is asked, and the vendors' state shows why", async ({ expect }) => {
    const bare = new MarketWorld(world.stage, () => null);
    const made = await bare.book.checkSources();
    expect(made).toMatchObject({ status: "checked", findings: [] });
    expect(await bare.book.forgetDenials()).toEqual([]);
    expect(await bare.book.beginBackfill()).toBeNull();
    expect(world.stage.krx.callsInAll).toBe(0);
  });

  it("[MD51] a backfill that waits for a refused key goes on when a check is served", async ({ expect }) => {
    const { stage } = world;
    stage.krx.key = "another";
    expect(await world.book.beginBackfill()).toMatchObject({ status: "running", sessions: 0 });
    await world.ring(3);
    expect(world.book.backfill()).toMatchObject({ status: "waiting" });
    expect(bad(await check())).toContain("fault krx key");
    expect(world.book.backfill()).toMatchObject({ status: "waiting" });
    stage.clock.advance(20_000);
    stage.krx.key = stage.vars["KRX_AUTH_KEY"] ?? "";
    expect(bad(await check())).toEqual([]);
    expect(world.book.backfill()).toMatchObject({ status: "running" });
    await world.ring(1);
    expect(world.book.backfill()?.fetched).toBeGreaterThan(0);
  });

  it("[MD51] what was refused is forgotten without a call, and what waited goes on", async ({ expect }) => {
    const { stage } = world;
    KRX_SERVICES.forEach((service) => stage.krx.traps.unapproved.add(service));
    await world.book.beginBackfill();
    await world.ring(3);
    stage.krx.traps.unapproved.clear();
    const calls = stage.krx.callsInAll;
    await world.book.beginBackfill();
    await world.ring(3);
    expect([world.book.backfill()?.status, stage.krx.callsInAll]).toEqual(["waiting", calls]);
    expect(await world.book.forgetDenials()).toEqual(["krx", "kis"]);
    expect(stage.krx.callsInAll).toBe(calls);
    await world.ring(1);
    expect(world.book.backfill()?.fetched).toBeGreaterThan(0);
  });
});
