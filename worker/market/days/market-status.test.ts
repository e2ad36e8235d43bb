import { afterAll, beforeAll, describe, it } from "vitest";
import { formatTradingDay, midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { MarketStatus } from "../../app/ports/market-status.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import { KRX_FIRST_SERVICE } from "../../testing/stage/krx-stage.ts";

const MORNING = [8 * 60 + 5, 9 * 60 + 55] as const;
const EVENING = [15 * 60 + 35, 15 * 60 + 55] as const;
const MONDAY = dayOf("2026-09-14");
const TUESDAY = dayOf("2026-09-15");
const WEDNESDAY = dayOf("2026-09-16");

const at = (text: string): number => Date.parse(`${text}+09:00`);

function datesOf({ newestFinal, newestProvisional }: MarketStatus): readonly (string | null)[] {
  return [newestFinal, newestProvisional].map((day) => (day === null ? null : formatTradingDay(day)));
}

function stepsOf({ steps }: MarketStatus): readonly string[] {
  return steps.map(({ kind, day, status }) => `${kind} ${formatTradingDay(day)} ${status}`);
}

function nextOf({ next }: MarketStatus): readonly unknown[] {
  return next === null ? [] : [next.kind, formatTradingDay(next.day), next.at];
}

describe("the status of a market's days", () => {
  let world: MarketWorld;

  beforeAll(async () => {
    world = await MarketWorld.open(
      { first: dayOf("2026-08-24"), last: dayOf("2026-09-30"), names: 40, seed: 3, drift: 0.01 },
      bothSourcesOf,
    );
  }, 60_000);

  afterAll(() => world.stage.end());

  const moveTo = (day: TradingDay, minutes: number): void => {
    world.stage.clock.moveTo(midnightOf(day) + minutes * 60_000);
  };

  it("[MD40] before anything was asked it names the first step, and no vendor has served", async ({
    expect,
  }) => {
    moveTo(MONDAY, 0);
    const status = await world.book.marketStatus();
    expect(status.plan).toEqual({ evening: true, morning: true });
    expect(status).toMatchObject({ steps: [], newestFinal: null, newestProvisional: null, backfill: null });
    expect(status.sources).toEqual([
      {
        id: "krx",
        isNamed: true,
        missing: [],
        denials: [],
        servedAt: null,
        callsToday: 0,
        callsPerDay: 10_000,
        token: null,
      },
      {
        id: "kis",
        isNamed: true,
        missing: [],
        denials: [],
        servedAt: null,
        callsToday: 0,
        callsPerDay: null,
        token: null,
      },
    ]);
    expect(nextOf(status)).toEqual(["official_day", "2026-09-11", at("2026-09-14T08:05:00")]);
    expect([world.stage.krx.callsInAll, world.stage.kis.dataCalls]).toEqual([0, 0]);
  });

  it("[MD40] [MD41] after a morning and an evening both are named with what they brought, and the morning comes next", async ({
    expect,
  }) => {
    await world.turns(MONDAY, MORNING);
    expect(datesOf(await world.book.marketStatus())).toEqual(["2026-09-11", null]);
    expect(nextOf(await world.book.marketStatus())).toEqual([
      "evening_snapshot",
      "2026-09-14",
      at("2026-09-14T15:35:00"),
    ]);
    await world.turns(MONDAY, EVENING);
    world.evict();
    const status = await world.book.marketStatus();
    expect(datesOf(status)).toEqual(["2026-09-11", "2026-09-14"]);
    expect(stepsOf(status)).toEqual([
      "calendar 2026-09-14 stored",
      "official_day 2026-09-11 stored",
      "present_master 2026-09-14 stored",
      "evening_snapshot 2026-09-14 stored",
    ]);
    expect(nextOf(status)).toEqual(["official_day", "2026-09-14", at("2026-09-15T08:05:00")]);
    const [krx, kis] = status.sources;
    expect(krx).toMatchObject({
      servedAt: at("2026-09-14T08:05:00"),
      callsToday: world.stage.krx.callsInAll,
    });
    expect(kis?.token).toMatchObject({ issuedAt: at("2026-09-14T08:45:00") });
    await world.turns(TUESDAY, MORNING);
    expect(datesOf(await world.book.marketStatus())).toEqual(["2026-09-14", null]);
  });

  it("[MD40] a refusal is named with its end, and nothing of a key or a token leaves the book", async ({
    expect,
  }) => {
    const { krx, kis, vars, store } = world.stage;
    krx.traps.unapproved.add(KRX_FIRST_SERVICE);
    kis.traps.denied = "EGW00303";
    await world.turns(TUESDAY, EVENING);
    await world.turns(WEDNESDAY, MORNING);
    const status = await world.book.marketStatus();
    const [official, evening] = status.sources;
    expect(official?.denials).toEqual([
      {
        why: "service_not_approved",
        subject: expect.stringContaining("openapi.krx.co.kr"),
        service: KRX_FIRST_SERVICE,
        at: at("2026-09-16T08:05:00"),
        until: at("2026-09-17T08:05:00"),
      },
    ]);
    expect(evening?.denials).toMatchObject([{ service: null, why: "address_not_allowed" }]);
    expect(stepsOf(status)).toContain("evening_snapshot 2026-09-15 denied");
    expect(stepsOf(status)).toContain("official_day 2026-09-15 denied");
    const text = JSON.stringify(status);
    const secrets = ["KRX_AUTH_KEY", "KIS_APP_KEY", "KIS_APP_SECRET"].map((name) => vars[name] ?? "");
    const [token = ""] = /(?<="token":")[^"]+/.exec(store.values.get("kis:token") ?? "") ?? [];
    expect(token.length).toBeGreaterThan(10);
    for (const secret of [...secrets, token]) {
      expect(text).not.toContain(secret);
    }
  });
});
