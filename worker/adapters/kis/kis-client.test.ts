import { describe, it } from "vitest";
import { neighbourFactsOf } from "../../app/ports/neighbour-error.ts";
import {
  APP_KEY,
  APP_SECRET,
  dayOf,
  type KisStage,
  type KisStageOptions,
  stageKis,
} from "../../testing/stage/kis-stage.ts";
import type { Kis } from "./kis.ts";

async function withStage(
  play: (stage: KisStage) => Promise<void>,
  options: KisStageOptions = {},
): Promise<void> {
  const stage = await stageKis(options);
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const use = (kis: Kis) => kis.history.index("KOSPI", dayOf("2026-09-01"), dayOf("2026-09-04"));
const BLOCK = (): Response => new Response("<html>Blocked for a day</html>", { status: 200 });
const allTickers = (stage: KisStage) =>
  stage.exchange.rows(dayOf("2026-09-16")).map(({ listing }) => listing.ticker);

describe("a question to the vendor", () => {
  it("[KI3] is sent with token, key, code of the service and custtype", async ({ expect }) => {
    await withStage(async (stage) => {
      const headers: (readonly [string, string])[] = [];
      stage.tamper((request) => {
        if (!request.url.includes("/oauth2/")) {
          headers.push(...request.headers);
        }
        return null;
      });
      await use(stage.kis);
      expect(Object.fromEntries(headers)).toMatchObject({
        authorization: "Bearer fake-token-1",
        appkey: APP_KEY,
        appsecret: APP_SECRET,
        tr_id: "FHKUP03500100",
        custtype: "P",
        tr_cont: "",
      });
    });
  });

  it("[KI3] at most six are under way at once", async ({ expect }) => {
    await withStage(async (stage) => {
      await Promise.all(Array.from({ length: 20 }, () => use(stage.kis)));
      expect(stage.fake.dataCalls).toBe(20);
      expect(stage.mostAtOnce()).toBeLessThanOrEqual(6);
      expect(stage.mostAtOnce()).toBeGreaterThan(1);
    });
  });

  it("[KI3] the market is asked below the vendor's rate, and what it refuses all the same is asked again", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.fake.traps.refuseEvery = 4;
      const asked = allTickers(stage);
      const answer = await stage.kis.snapshot.quotes(asked);
      expect(answer.status === "ok" ? answer.value.length : 0).toBe(asked.length);
      expect(stage.fake.rateRefusals).toBe(1);
      expect(await stage.counted()).toBe(stage.fake.dataCalls + stage.fake.tokens.asked);
    });
  });

  it("[KI3] a rate that is refused without end fails for now, after five tries each counted", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.fake.traps.refuseEvery = 1;
      const before = stage.clock.now();
      await expect(use(stage.kis)).rejects.toMatchObject({
        neighbour: "KIS",
        retryable: true,
        message: expect.stringContaining("more calls than it takes"),
      });
      expect([stage.fake.dataCalls, await stage.counted()]).toEqual([5, 6]);
      expect(stage.clock.now() - before).toBeGreaterThan(5_000);
    });
  });

  it.for([
    [
      "bad_key",
      (stage: KisStage) => {
        stage.fake.credentials = { appKey: "another", appSecret: APP_SECRET };
      },
    ],
    [
      "address_not_allowed",
      (stage: KisStage) => {
        stage.fake.traps.denied = "EGW00303";
      },
    ],
    [
      "service_not_approved",
      (stage: KisStage) => {
        stage.fake.traps.denied = "EGW00206";
      },
    ],
    [
      "blocked",
      (stage: KisStage) => {
        stage.tamper(BLOCK);
      },
    ],
  ] as const)("[KI3] %s is terminal, also after an eviction", async ([why, deny], { expect }) => {
    await withStage(async (stage) => {
      deny(stage);
      const total = (): number => [...stage.fake.calls.values()].reduce((sum, n) => sum + n, 0);
      expect(await use(stage.kis)).toMatchObject({ status: "denied", why });
      const [calls, counted] = [total(), await stage.counted()];
      for (let n = 0; n < 5; n++) {
        expect(await use(stage.kis)).toMatchObject({ status: "denied", why });
        expect(await use(stage.reborn())).toMatchObject({ status: "denied", why });
      }
      expect([total(), await stage.counted()]).toEqual([calls, counted]);
    });
  });

  it("[KI3] a denial in the midst of the market ends it: the calls under way are the last", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      let quotes = 0;
      stage.tamper((request) => {
        quotes += request.url.includes("intstock-multprice") ? 1 : 0;
        return quotes > 1 ? BLOCK() : null;
      });
      const answer = await stage.kis.snapshot.quotes(
        Array.from({ length: 900 }, (_, n) => allTickers(stage)[n % 90] ?? dayless(n)),
      );
      expect(answer).toMatchObject({ status: "denied", why: "blocked" });
      expect(quotes).toBeLessThanOrEqual(7);
    });
  });

  it("[KI3] whoever has mended what was refused asks again at once", async ({ expect }) => {
    await withStage(async (stage) => {
      for (const denied of ["EGW00206", "EGW00303"] as const) {
        stage.fake.traps.denied = denied;
        expect((await use(stage.kis)).status).toBe("denied");
        stage.fake.traps.denied = null;
        expect((await use(stage.kis)).status).toBe("denied");
        await stage.reborn().forgetDenials();
        expect((await use(stage.kis)).status).toBe("ok");
      }
    });
  });

  it("[KI3] a right that is missing for one service leaves the others alone", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.fake.traps.denied = "EGW00206";
      expect((await stage.kis.oracle.sessions(dayOf("2026-09-16"))).status).toBe("denied");
      stage.fake.traps.denied = null;
      expect([
        (await stage.kis.oracle.sessions(dayOf("2026-09-16"))).status,
        (await use(stage.kis)).status,
      ]).toEqual(["denied", "ok"]);
    });
  });

  it.for([
    ["", APP_SECRET, "KIS_APP_KEY is not set"],
    [APP_KEY, "", "KIS_APP_SECRET is not set"],
    [`${APP_KEY}\n`, APP_SECRET, "KIS_APP_KEY has"],
    [APP_KEY, "비밀", "KIS_APP_SECRET has"],
  ] as const)(
    "[KI3] a key that cannot be sent is not (%#)",
    async ([appKey, appSecret, text], { expect }) => {
      await withStage(
        async (stage) => {
          expect(await use(stage.kis)).toEqual({
            status: "denied",
            why: "bad_key",
            subject: expect.stringContaining(text),
          });
          expect(stage.fake.calls.size).toBe(0);
        },
        { appKey, appSecret },
      );
    },
  );

  it("[KI3] a host that does not let this address in is a failure for now that names it", async ({
    expect,
  }) => {
    await withStage(
      async (stage) => {
        stage.fake.traps.silent = true;
        const error: unknown = await use(stage.kis).catch((reason: unknown) => reason);
        expect(neighbourFactsOf(error)).toEqual({ neighbour: "KIS", retryable: true });
        expect(String(error)).toContain("does not let this address in");
        expect(stage.fake.calls.get("/oauth2/tokenP")).toBe(1);
      },
      { patienceMs: 100 },
    );
  });

  it("[KI11] no secret stands in an answer, an error, the log, or anything stored but the token", async ({
    expect,
  }) => {
    const token = "fake-token-1";
    const answers: readonly ((request: Request) => Promise<Response>)[] = [
      async (request) =>
        Response.json({ rt_cd: "1", msg_cd: "EGW00103", msg1: await echo(request) }, { status: 500 }),
      async (request) =>
        Response.json({ error_code: "EGW00105", error_description: await echo(request) }, { status: 403 }),
      async (request) =>
        Response.json({ rt_cd: "1", msg_cd: await echo(request), msg1: "x" }, { status: 500 }),
      async (request) => new Response(await echo(request), { status: 503 }),
      async (request) => new Response(`<html>${await echo(request)}</html>`),
      async (request) =>
        Response.json({ rt_cd: "0", output: await echo(request), output2: await echo(request) }),
      async (request) => Response.json({ access_token: 1, expires_in: await echo(request) }),
      async (request) =>
        new Response("", { status: 302, headers: { location: `http://x.invalid/${await echo(request)}` } }),
    ];
    for (const spoil of [true, false]) {
      for (const answer of answers) {
        await withStage(async (stage) => {
          stage.tamper((request) => (request.url.includes("/oauth2/") && !spoil ? null : answer(request)));
          const seen: unknown[] = [];
          for (const call of [() => use(stage.kis), () => stage.kis.snapshot.quotes(allTickers(stage))]) {
            try {
              seen.push(await call());
            } catch (error) {
              seen.push(...chainOf(error));
            }
          }
          const stored = [...stage.store.values].filter(([key]) => key !== "kis:token");
          const everything = JSON.stringify([seen, stage.log.lines, stored]);
          for (const secret of [APP_KEY, APP_SECRET, token]) {
            expect(everything).not.toContain(secret);
          }
          expect(JSON.stringify([...stage.store.values])).not.toContain(APP_SECRET);
        });
      }
    }
  });
});

/** Everything that a request carries, as a vendor may repeat it in its texts. */
async function echo(request: Request): Promise<string> {
  return `${await request.text()} ${JSON.stringify([...request.headers])}`.replaceAll(/[^\x20-\x7e]/g, "");
}

/** An error with its causes, message and stack. */
function chainOf(error: unknown): readonly string[] {
  return error instanceof Error
    ? [error.message, error.stack ?? "", ...chainOf(error.cause)]
    : [String(error)];
}

function dayless(n: number): never {
  throw new Error(`There is no share ${n}`);
}
