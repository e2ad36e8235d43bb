import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, it } from "vitest";
import { midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { MarketWorld } from "../../testing/days/market-world.ts";
import { bothSourcesOf } from "../../testing/days/real-sources.ts";
import { type ServedWorld, serveWorld } from "../../testing/days/served-world.ts";
import { type CollectRun, startCollect } from "../../testing/stage/collect-process.ts";
import { shownBook } from "../../testing/days/shown-book.ts";
import type { ExchangeOptions } from "../../testing/fakes/exchange/simulated-exchange.ts";
import { OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-31"),
  last: dayOf("2026-10-02"),
  names: 40,
  seed: 6,
  drift: 0.01,
};
const DAY = dayOf("2026-09-14");
const NEXT = dayOf("2026-09-15");
/** Sessions of the exchange before {@link DAY}. */
const PAST = 10;
const KILLS = 5;
const NOWHERE = "http://127.0.0.1:9";

function minute(day: TradingDay, hours: number, minutes: number): number {
  return midnightOf(day) + (hours * 60 + minutes) * 60_000;
}

let folder = "";
let world: MarketWorld | null = null;
let served: ServedWorld | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-collect-"));
});

afterEach(async () => {
  await served?.end();
  await world?.stage.end();
  [served, world] = [null, null];
  rmSync(folder, { recursive: true, force: true });
});

/** A world whose book asks nobody, behind its routes. */
async function open(at: number): Promise<readonly [MarketWorld, ServedWorld]> {
  const own = await MarketWorld.open(EXCHANGE, () => null);
  own.stage.clock.moveTo(at);
  world = own;
  served = await serveWorld(own);
  return [own, served];
}

function run(
  own: MarketWorld,
  { url }: ServedWorld,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): ReturnType<typeof startCollect> {
  return startCollect(["--to", url, "--state", folder, ...args], { OWNER_TOKEN, ...own.stage.vars, ...env });
}

function lastLine({ out }: CollectRun): string {
  return out.trimEnd().split("\n").at(-1) ?? "";
}

describe("npm run collect", () => {
  it(
    "[CL80] killed at random moments and repeated it makes the book of a Worker that asks by itself, and asks for no date more than twice",
    { timeout: 180_000 },
    async ({ expect }) => {
      const own = await MarketWorld.open(EXCHANGE, bothSourcesOf);
      try {
        const [fed, routes] = await open(minute(DAY, 12, 5));
        const random = makeRandom(3);
        for (let kill = 0; kill < KILLS; kill++) {
          const delivered = Promise.withResolvers<null>();
          routes.onDelivered = () => {
            delivered.resolve(null);
          };
          const life = run(fed, routes);
          // Each life brings something, so that no date dies twice.
          await Promise.race([delivered.promise, life.ended]);
          await sleep(random() * 1_000);
          life.kill();
          const { code, out, err } = await life.ended;
          expect([code, out, err]).toEqual([null, "", ""]);
        }
        expect((await run(fed, routes).ended).code).toBe(0);
        expect(Math.max(...fed.stage.krx.callsByDate.values())).toBe(2);
        fed.stage.clock.moveTo(minute(DAY, 15, 35));
        expect((await run(fed, routes).ended).code).toBe(0);
        fed.stage.clock.moveTo(minute(NEXT, 8, 45));
        const morning = await run(fed, routes).ended;
        expect([morning.code, morning.err]).toEqual([0, ""]);
        await fed.ring(20);

        own.stage.clock.moveTo(minute(DAY, 12, 5));
        for (const [day, at] of [
          [DAY, 12 * 60 + 5],
          [DAY, 15 * 60 + 35],
          [NEXT, 8 * 60 + 45],
        ] as const) {
          await own.turns(day, [at, at]);
          await own.ring(200);
        }
        expect(shownBook(fed)).toEqual(shownBook(own));
        expect(fed.book.summary()).toMatchObject({ sessions: PAST + 1, lastDay: DAY });
        expect(lastLine(morning)).toMatch(
          /^Collected for http.*official_day 2026-09-14 stored \(\d+ rows.*present_master 2026-09-15 stored/,
        );
      } finally {
        await own.stage.end();
      }
    },
  );

  it(
    "[CL81] ends with 3 and asks nobody while another run has the folder, and goes on after one that was killed",
    { timeout: 60_000 },
    async ({ expect }) => {
      const [fed, routes] = await open(minute(DAY, 12, 5));
      const first = run(fed, routes);
      await new Promise<void>((resolve) => {
        routes.onDelivered = resolve;
      });
      // Where it would ask nobody answers, and a question would leave a line.
      const nowhere = { KRX_BASE: NOWHERE, KIS_REST_BASE: NOWHERE, KIS_MASTER_BASE: NOWHERE };
      const second = await run(fed, routes, [], nowhere).ended;
      expect([second.code, second.err, second.out]).toEqual([
        3,
        "",
        expect.stringMatching(/^Another run is under way \(process \d+, since 2.*\): nothing was asked\.\n$/),
      ]);
      first.kill();
      await first.ended;
      expect((await run(fed, routes, ["--days", "2"]).ended).code).toBe(0);
    },
  );

  it(
    "[CL82] states with its exit code and one last line what came of it",
    { timeout: 60_000 },
    async ({ expect }) => {
      const [fed, routes] = await open(minute(DAY, 7, 0));
      const days = ["--days", "1"];
      const done = await run(fed, routes, days).ended;
      expect([done.code, lastLine(done)]).toEqual([
        0,
        expect.stringMatching(
          /^Collected for http:\/\/127.*the past has 1 of 1 sessions, 1 of them now; calls: \d+ of krx\.$/,
        ),
      ]);
      const idle = await run(fed, routes, days).ended;
      expect([idle.code, idle.out, idle.err]).toEqual([
        0,
        `Collected for ${routes.url}: nothing is due; no call.\n`,
        "",
      ]);
      fed.stage.clock.moveTo(minute(NEXT, 8, 5));
      fed.stage.krx.traps.publishedAt.set(DAY, minute(NEXT, 9, 0));
      const late = await run(fed, routes, days).ended;
      expect([late.code, lastLine(late)]).toEqual([3, expect.stringMatching(/^Not published yet for /)]);
      const denied = await run(fed, routes, days, { KRX_AUTH_KEY: "wrong-key-of-a-test" }).ended;
      expect([denied.code, lastLine(denied)]).toEqual([
        1,
        expect.stringMatching(/^Not collected as asked for .*denied \(krx: bad_key/),
      ]);
      const none = { KRX_AUTH_KEY: "", KIS_APP_KEY: "", KIWOOM_APP_KEY: "" };
      const keyless = await run(fed, routes, days, none).ended;
      expect([keyless.code, keyless.err]).toEqual([
        2,
        "No vendor can be asked. Set KRX_AUTH_KEY for krx, or KIS_APP_KEY for kis, or KIWOOM_APP_KEY for kiwoom, in the environment or in .dev.vars.\n",
      ]);
      expect((await run(fed, routes, ["--days", "0"]).ended).code).toBe(2);
      const refused = await run(fed, routes, days, { OWNER_TOKEN: "wrong" }).ended;
      expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/refuses the owner's token/)]);
    },
  );

  it(
    "[CL83] shows no secret, and keeps the token for the owner's eyes alone",
    { timeout: 60_000 },
    async ({ expect }) => {
      const [fed, routes] = await open(minute(DAY, 15, 35));
      const secrets = ["KRX_AUTH_KEY", "KIS_APP_KEY", "KIS_APP_SECRET"].map(
        (name) => fed.stage.vars[name] ?? name,
      );
      const wrong = { KRX_AUTH_KEY: "planted-krx-key", KIS_APP_SECRET: "planted-kis-secret" };
      const denied = await run(fed, routes, ["--days", "2"], wrong).ended;
      // The vendor issues a token a minute.
      fed.stage.clock.advance(61_000);
      // An empty book knows nobody whose price to ask for: the past comes first.
      const first = await run(fed, routes, ["--days", "2"]).ended;
      const done = await run(fed, routes, ["--days", "2"]).ended;
      // By the clock of this machine, at which the fakes are not: only what it shows is of interest.
      const checked = await run(fed, routes, ["--check"]).ended;
      expect([denied.code, first.code, done.code]).toEqual([1, 3, 0]);
      const runs = [denied, first, done, checked];
      const file = join(folder, "upstream.json");
      const token = /"kis:token":"\{.*?\\"token\\":\\"([^\\]+)/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
      expect(token.length).toBeGreaterThan(10);
      const shown = [
        ...runs.flatMap(({ out, err }) => [out, err]),
        ...routes.bodies,
        JSON.stringify(fed.ledger.journal),
      ].join("\n");
      expect(shown.length).toBeGreaterThan(1_000);
      const found = [...secrets, ...Object.values(wrong), token, OWNER_TOKEN].filter((secret) =>
        shown.includes(secret),
      );
      expect(found).toEqual([]);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])).toEqual([
        ["upstream.json", 0o600],
      ]);
    },
  );

  it("[CL87] of a Worker that asks the vendor itself it collects nothing, and asks nobody", async ({
    expect,
  }) => {
    const [fed, routes] = await open(minute(DAY, 12, 5));
    routes.askedHere = ["krx"];
    const { code, out, err } = await run(fed, routes).ended;
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/asks krx itself, so there is nothing to collect for it.*MARKET_SOURCES = ""/s);
    expect(fed.stage.krx.callsInAll + fed.stage.kis.dataCalls).toBe(0);
  });

  it(
    "[CL88] --watch goes on after its first turn, and after one whose Worker was away",
    { timeout: 60_000 },
    async ({ expect }) => {
      const [fed, routes] = await open(minute(DAY, 12, 5));
      const delivered = new Promise<void>((resolve) => {
        routes.onDelivered = resolve;
      });
      const life = run(fed, routes, ["--days", "1", "--watch"]);
      await delivered;
      const away = startCollect(["--to", "http://127.0.0.1:9", "--state", join(folder, "other"), "--watch"], {
        OWNER_TOKEN,
        ...fed.stage.vars,
      });
      await sleep(4_000);
      const ends = [life, away].map(async (one) => {
        one.kill();
        return one.ended;
      });
      const [watched, refused] = await Promise.all(ends);
      expect([watched?.code, watched?.out]).toEqual([
        null,
        expect.stringMatching(/the past has 1 of 1 sessions/),
      ]);
      expect([refused?.code, refused?.err]).toEqual([null, expect.stringMatching(/^No Worker answers at /)]);
    },
  );
});
