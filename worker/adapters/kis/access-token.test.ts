import { describe, it } from "vitest";
import { dayOf, type KisStage, stageKis } from "../../testing/stage/kis-stage.ts";
import { parseSeoulTime } from "./token-issuer.ts";
import type { Kis } from "./kis.ts";

async function withStage(play: (stage: KisStage) => Promise<void>): Promise<void> {
  const stage = await stageKis();
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const use = (kis: Kis) => kis.history.index("KOSPI", dayOf("2026-09-01"), dayOf("2026-09-04"));
const HOUR_MS = 3_600_000;

describe("the access token", () => {
  it("[KI2] too soon is not ready until the minute is over, and no call waits for it", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.fake.tokens.refusing = true;
      const before = stage.clock.now();
      expect(await use(stage.kis)).toEqual({ status: "not_ready", retryAt: before + 60_000 });
      expect(await use(stage.reborn())).toEqual({ status: "not_ready", retryAt: before + 60_000 });
      expect([stage.clock.now(), stage.fake.tokens.asked, stage.fake.dataCalls]).toEqual([before, 1, 0]);
    });
  });

  it("[KI2] a token that was refused twice within the minute is not asked for again", async ({ expect }) => {
    await withStage(async (stage) => {
      expect((await use(stage.kis)).status).toBe("ok");
      stage.fake.tokens.expire();
      expect((await use(stage.kis)).status).toBe("not_ready");
      expect(stage.fake.tokens.asked).toBe(1);
      stage.clock.advance(60_000);
      expect((await use(stage.kis)).status).toBe("ok");
      expect(stage.fake.tokens.asked).toBe(2);
    });
  });

  it("[KI2] a new token that is refused too is a failure, and the vendor is not asked on", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => {
        if (!request.url.includes("/oauth2/")) {
          stage.clock.advance(61_000);
          stage.fake.tokens.expire();
        }
        return null;
      });
      await expect(use(stage.kis)).rejects.toMatchObject({ neighbour: "KIS", retryable: true });
      expect([stage.fake.tokens.asked, stage.fake.dataCalls]).toEqual([2, 2]);
    });
  });

  it("[KI2] many calls that meet an expired token ask for one new one", async ({ expect }) => {
    await withStage(async (stage) => {
      await use(stage.kis);
      stage.clock.advance(61_000);
      stage.fake.tokens.expire();
      const answers = await Promise.all(Array.from({ length: 12 }, () => use(stage.kis)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["ok"]));
      expect(stage.fake.tokens.asked).toBe(2);
    });
  });

  it("[KI2] one that ends soon is renewed, and used to its end when the vendor issues none", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      await use(stage.kis);
      stage.clock.advance(24 * HOUR_MS - 300_000);
      stage.tamper((request) => (request.url.includes("/oauth2/") ? "cut" : null));
      expect((await use(stage.kis)).status).toBe("ok");
      expect(stage.log.lines.map(({ event }) => event)).toContain("kis_token_not_renewed");
      stage.tamper(null);
      stage.clock.advance(60_000);
      expect((await use(stage.kis)).status).toBe("ok");
      expect(stage.fake.tokens.asked).toBe(2);
    });
  });

  it("[KI2] one of another key, and a text that nobody can read, count for nothing", async ({ expect }) => {
    await withStage(async (stage) => {
      await use(stage.kis);
      const [stored = ""] = [stage.store.values.get("kis:token")];
      for (const text of ["{", stored.replace(/"key":"[^"]+"/, '"key":"another"')]) {
        await stage.store.put("kis:token", text);
        stage.clock.advance(61_000);
        const asked = stage.fake.tokens.asked;
        expect((await use(stage.reborn())).status).toBe("ok");
        expect(stage.fake.tokens.asked).toBe(asked + 1);
      }
    });
  });

  it("[KI2] without an answer the vendor is asked once, and again after a minute", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.fake.traps.cut = true;
      await expect(use(stage.kis)).rejects.toMatchObject({ neighbour: "KIS", retryable: true });
      expect((await use(stage.kis)).status).toBe("not_ready");
      expect(stage.fake.calls.get("/oauth2/tokenP")).toBe(1);
    });
  });

  it.for([
    ["no token at all", { token_type: "Bearer", expires_in: 86_400 }],
    ["a token that no header can carry", { access_token: "a\nb", expires_in: 86_400 }],
    ["a token without an end", { access_token: "abc" }],
    ["a token without end", { access_token: "x".repeat(2_049), expires_in: 86_400 }],
  ] as const)("[KI2] %s is refused", async ([, body], { expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => (request.url.includes("/oauth2/") ? Response.json(body) : null));
      await expect(use(stage.kis)).rejects.toMatchObject({ neighbour: "KIS", retryable: false });
      expect(stage.fake.dataCalls).toBe(0);
    });
  });

  it("[KI2] one that is issued again ends when it did at first", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.tamper(async (request) => {
        if (!request.url.includes("/oauth2/")) {
          return null;
        }
        const answer = await stage.fake.handle(request);
        const body: unknown = typeof answer === "string" ? null : await answer.json();
        // An hour is left, and the count of seconds is that of a fresh one.
        return Response.json({
          ...Object(body),
          expires_in: 86_400,
          access_token_token_expired: "2026-09-16 16:40:00",
        });
      });
      await use(stage.kis);
      stage.clock.advance(49 * 60_000);
      await use(stage.kis);
      expect(stage.fake.tokens.asked).toBe(1);
      stage.clock.advance(2 * 60_000);
      await use(stage.kis);
      expect(stage.fake.tokens.asked).toBe(2);
    });
  });

  it("[KI2] its end is the vendor's, in Seoul", ({ expect }) => {
    expect(parseSeoulTime("2026-09-15 08:40:00")).toBe(Date.parse("2026-09-15T08:40:00+09:00"));
    expect(parseSeoulTime("15.09.2026")).toBeNull();
  });
});
