import { describe, it } from "vitest";
import { tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../../testing/stage/kis-stage.ts";
import {
  KIWOOM_SECRET_KEY,
  type KiwoomStage,
  type KiwoomStageOptions,
  stageKiwoom,
} from "../../testing/stage/kiwoom-stage.ts";
import { parseExpiry } from "./token-issuer.ts";

async function withStage(
  play: (stage: KiwoomStage) => Promise<void>,
  options: KiwoomStageOptions = {},
): Promise<void> {
  const stage = await stageKiwoom(options);
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const FROM = dayOf("2026-08-10");
const TO = dayOf("2026-09-11");
const SHARE = tickerOf("100000");
const ask = ({ kiwoom }: Pick<KiwoomStage, "kiwoom">) => kiwoom.history.share(SHARE, FROM, TO);

describe("a question to Kiwoom", () => {
  it("[KW4] goes on part by part by the headers, until the first session that was asked for", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const whole = await ask(stage);
      expect(stage.fake.calls.get("ka10081")).toBe(1);
      stage.fake.traps.pageRows = 7;
      const parts = await ask(stage);
      expect(parts).toMatchObject({ status: "ok" });
      expect(parts.status === "ok" && parts.value).toEqual(whole.status === "ok" && whole.value);
      // 28 sessions lie between the last one of the exchange before `TO` and `FROM`, seven a part.
      expect(stage.fake.calls.get("ka10081")).toBeGreaterThan(3);
    });
  });

  it.for([
    ["no key", ""],
    ["the key of before", "part-1"],
  ] as const)(
    "[KW4] a part that follows with %s is a failure, and no question without end",
    async ([, key], { expect }) => {
      await withStage(async (stage) => {
        let asked = 0;
        stage.tamper(async (request) => {
          if (request.url.includes("/oauth2/")) {
            return null;
          }
          asked += 1;
          const answer = await stage.fake.handle(request);
          if (!(answer instanceof Response)) {
            return answer;
          }
          const headers = new Headers(answer.headers);
          headers.set("cont-yn", "Y");
          headers.set("next-key", key);
          return new Response(await answer.text(), { headers });
        });
        stage.fake.traps.pageRows = 3;
        await expect(ask(stage)).rejects.toMatchObject({ neighbour: "Kiwoom", retryable: false });
        expect(asked).toBeLessThanOrEqual(2);
      });
    },
  );

  it("[KW4] is asked again where the rate or a fault is the reason, spaced, and not for 1634", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.fake.traps.failing = 2;
      expect((await ask(stage)).status).toBe("ok");
      expect(stage.fake.calls.get("ka10081")).toBe(3);
      // Spaced by the limits, no call of many is one too many.
      for (let n = 0; n < 12; n++) {
        await ask(stage);
      }
      expect(stage.fake.rateRefusals).toBe(0);
      let asked = 0;
      stage.tamper((request) => {
        if (request.url.includes("/oauth2/")) {
          return null;
        }
        asked += 1;
        return Response.json({ return_code: 5, return_msg: "more than is allowed [1634]" });
      });
      await expect(ask(stage)).rejects.toMatchObject({
        retryable: false,
        message: expect.stringContaining("1634"),
      });
      expect(asked).toBe(1);
    });
  });

  it("[KW4] that was denied is not asked again, also after an eviction; a right concerns its service alone", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.fake.traps.denied = "8104";
      expect(await ask(stage)).toMatchObject({ status: "denied", why: "service_not_approved" });
      stage.fake.traps.denied = null;
      expect(await ask({ kiwoom: stage.reborn() })).toMatchObject({ status: "denied" });
      expect((await stage.kiwoom.history.index("KOSPI", FROM, TO)).status).toBe("ok");
      stage.fake.traps.denied = "8010";
      expect(await stage.kiwoom.history.index("KOSPI", FROM, TO)).toMatchObject({
        why: "address_not_allowed",
      });
      const before = stage.fake.dataCalls;
      expect((await stage.reborn().snapshot.quotes([SHARE])).status).toBe("denied");
      expect(stage.fake.dataCalls).toBe(before);
      stage.fake.traps.denied = null;
      await stage.kiwoom.forgetDenials();
      expect((await ask(stage)).status).toBe("ok");
    });
  });

  it("[KW1] with a key that cannot be is not sent, and no secret stands in what is written", async ({
    expect,
  }) => {
    await withStage(
      async (stage) => {
        expect(await ask(stage)).toMatchObject({ status: "denied", why: "bad_key" });
        expect(stage.fake.calls.size).toBe(0);
      },
      { appKey: "with a blank" },
    );
    await withStage(
      async (stage) => {
        const answer = await ask(stage);
        expect(answer).toMatchObject({ status: "denied", why: "bad_key" });
        const written = JSON.stringify([answer, stage.log.lines, [...stage.store.values]]);
        expect(written).not.toContain(KIWOOM_SECRET_KEY);
        expect(written).not.toContain("another-key");
      },
      { appKey: "another-key" },
    );
  });

  it("[KW3] its token ends when the vendor states it, in Seoul", async ({ expect }) => {
    expect(parseExpiry("20260917084000")).toBe(Date.parse("2026-09-17T08:40:00+09:00"));
    expect(parseExpiry("2026-09-17")).toBeNull();
    await withStage(async (stage) => {
      await ask(stage);
      stage.clock.advance(23.5 * 3_600_000);
      await ask(stage);
      expect(stage.fake.calls.get("au10001")).toBe(1);
      stage.clock.advance(25 * 60_000);
      await ask(stage);
      expect(stage.fake.calls.get("au10001")).toBe(2);
    });
  });

  it.for([
    ["no token", { return_code: 0, expires_dt: "20260917084000" }],
    ["a token that no header can carry", { return_code: 0, token: "a\nb", expires_dt: "20260917084000" }],
    ["a token without an end", { return_code: 0, token: "abc" }],
  ] as const)("[KW3] %s is refused", async ([, body], { expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => (request.url.includes("/oauth2/") ? Response.json(body) : null));
      await expect(ask(stage)).rejects.toMatchObject({ neighbour: "Kiwoom", retryable: false });
      expect(stage.fake.dataCalls).toBe(0);
    });
  });

  it("[KW9] an owner's check asks each service once or twice, and its charts of three shares", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const { services } = stage.kiwoom.checked;
      const day = dayOf("2026-09-16");
      let tickers: readonly ReturnType<typeof tickerOf>[] = [];
      const counts: [string, number][] = [];
      for (const service of services) {
        const answer = await service.ask({ day, tickers });
        tickers = answer.status === "ok" && answer.value.tickers.length > 0 ? answer.value.tickers : tickers;
        counts.push([service.name, answer.status === "ok" ? answer.value.count : -1]);
      }
      expect(tickers).toHaveLength(5);
      expect(counts.map(([name]) => name)).toEqual(["au10001", "ka10099", "ka10095", "ka10081", "ka20006"]);
      expect(counts.every(([, count]) => count > 0)).toBe(true);
      expect(Object.fromEntries(stage.fake.calls)).toEqual({
        au10001: 1,
        ka10099: 2,
        ka10095: 1,
        ka10081: 3,
        ka20006: 1,
      });
    });
  });
});
