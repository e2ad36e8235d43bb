import { describe, it } from "vitest";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { closingWindow } from "../../core/calendar/closing-window.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { dayOf, type KisStage, type KisStageOptions, stageKis } from "../../testing/stage/kis-stage.ts";

const SESSION = dayOf("2026-09-16");

async function withStage(
  play: (stage: KisStage, tickers: readonly Ticker[]) => Promise<void>,
  options: KisStageOptions = {},
): Promise<void> {
  const stage = await stageKis(options);
  try {
    await play(
      stage,
      stage.exchange.rows(SESSION).map(({ listing }) => listing.ticker),
    );
  } finally {
    await stage.end();
  }
}

const QUOTE = {
  inter_shrn_iscd: "005930",
  inter2_prpr: "71000",
  inter2_oprc: "70000",
  inter2_hgpr: "71500",
  inter2_lwpr: "69900",
  acml_vol: "1234567",
  acml_tr_pbmn: "87000000000",
  inter2_sdpr: "70500",
  inter2_prdy_vrss: "500",
  prdy_vrss_sign: "2",
  intr_antc_cntg_prpr: "99999",
};
const SAMSUNG = tickerOf("005930");

/** One call that the vendor answers with this `output`. */
async function quotesOf(
  output: unknown,
): Promise<{ answer: Answer<readonly MarketQuote[]> | string; log: KisStage["log"] }> {
  const stage = await stageKis();
  try {
    stage.tamper((request) =>
      request.url.includes("/oauth2/") ? null : Response.json({ rt_cd: "0", msg_cd: "MCA00000", output }),
    );
    const asked = [SAMSUNG, tickerOf("000660"), tickerOf("035720")];
    try {
      return { answer: await stage.kis.snapshot.quotes(asked), log: stage.log };
    } catch (error) {
      return { answer: String(error), log: stage.log };
    }
  } finally {
    await stage.end();
  }
}

const tickersOf = (answer: Answer<readonly MarketQuote[]> | string): unknown =>
  typeof answer === "object" && answer.status === "ok" ? answer.value.map(({ ticker }) => ticker) : answer;

describe("the prices of this moment", () => {
  it("[KI5] the market is asked once each, thirty shares a call, and repeats cost nothing", async ({
    expect,
  }) => {
    await withStage(async (stage, tickers) => {
      const answer = await stage.kis.snapshot.quotes([...tickers, ...tickers]);
      expect(answer.status === "ok" ? answer.value.length : 0).toBe(tickers.length);
      expect(stage.fake.calls.get("intstock-multprice")).toBe(Math.ceil(tickers.length / 30));
      expect(await stage.kis.snapshot.quotes([])).toMatchObject({ status: "not_ready" });
    });
  });

  it("[KI5] one row alone may come without a list, and the auction that goes on is not read", async ({
    expect,
  }) => {
    const expected = {
      ticker: SAMSUNG,
      price: 71_000,
      open: 70_000,
      high: 71_500,
      low: 69_900,
      volume: 1_234_567,
      value: 87_000_000_000,
      base: 70_500,
    };
    for (const output of [QUOTE, [QUOTE], [QUOTE, {}]]) {
      expect((await quotesOf(output)).answer).toMatchObject({ status: "ok", value: [expected] });
    }
  });

  it("[KI5] before the close the price of the auction that goes on is nobody's", async ({ expect }) => {
    await withStage(
      async (stage, tickers) => {
        const answer = await stage.kis.snapshot.quotes(tickers);
        const closes = new Map(
          stage.exchange.rows(SESSION).map(({ listing, close }) => [listing.ticker, close]),
        );
        const quotes = answer.status === "ok" ? answer.value.filter(({ volume }) => volume > 0) : [];
        expect(quotes.length).toBeGreaterThan(60);
        // Their indicative price is the close to come.
        expect(quotes.filter(({ ticker, price }) => price !== closes.get(ticker)).length).toBeGreaterThan(30);
      },
      { at: "2026-09-16T15:25:00" },
    );
  });

  it("[KI5] rows that cannot be read, that nobody asked for, and second rows of a share are left out and logged", async ({
    expect,
  }) => {
    const hynix = { ...QUOTE, inter_shrn_iscd: "000660" };
    for (const broken of [
      { ...hynix, inter2_prpr: "" },
      { ...hynix, inter2_prpr: "0" },
      { ...hynix, inter2_prpr: "-71000" },
      { ...hynix, acml_vol: "1e9" },
      { ...hynix, inter2_hgpr: "99999999999999999999" },
      { ...hynix, inter2_oprc: "0" },
      { ...hynix, inter_shrn_iscd: "005930_NX" },
      { ...hynix, inter_shrn_iscd: "012330" },
      { ...QUOTE, inter2_prpr: "72000", inter2_prdy_vrss: "1500" },
      "a text",
      null,
    ]) {
      const { answer, log } = await quotesOf([QUOTE, broken]);
      expect(answer).toMatchObject({ status: "ok", value: [{ ticker: SAMSUNG, price: 71_000 }] });
      expect(log.lines.map(({ event }) => event)).toEqual(["kis_quotes_refused"]);
    }
  });

  it.for([[[]], [[{}]], [{}]])(
    "[KI5] no quote at all is not ready, never an empty market: %j",
    async ([output], { expect }) => {
      expect((await quotesOf(output)).answer).toMatchObject({ status: "not_ready" });
    },
  );

  it.for([undefined, "none", 3, Array.from({ length: 61 }, () => QUOTE)])(
    "[KI4] what is no list of a sound length is a failure (%#)",
    async (output, { expect }) => {
      expect((await quotesOf(output)).answer).toContain("KIS failed to quote prices");
    },
  );

  it.for([
    ["2026-09-16T08:59:59", "not_ready", "2026-09-16T09:01:00"],
    ["2026-09-16T09:00:30", "not_ready", "2026-09-16T09:01:00"],
    ["2026-09-16T00:10:00", "not_ready", "2026-09-16T09:01:00"],
    ["2026-09-19T15:40:00", "closed", null],
    ["2026-09-24T15:40:00", "closed", null],
    ["2026-09-16T09:01:00", "ok", null],
    ["2026-09-16T17:00:00", "ok", null],
  ] as const)(
    "[KI5a] at %s: %s, and nobody is asked for yesterday's bar",
    async ([at, status, retry], { expect }) => {
      await withStage(
        async (stage, tickers) => {
          const answer = await stage.kis.snapshot.quotes(tickers);
          expect(answer.status).toBe(status);
          expect(stage.fake.calls.size > 0).toBe(status === "ok");
          if (retry !== null) {
            stage.moveTo(retry);
            expect(answer).toEqual({ status: "not_ready", retryAt: stage.clock.now() });
          }
        },
        { at },
      );
    },
  );

  it("[KI5a] on a day off by decree that the vendor's calendar has, the bar of the session before is none", async ({
    expect,
  }) => {
    const off = dayOf("2026-09-21");
    await withStage(
      async (stage, tickers) => {
        expect((await stage.kis.snapshot.quotes(tickers)).status).toBe("ok");
        await stage.kis.oracle.sessions(off);
        expect((await stage.reborn().snapshot.quotes(tickers)).status).toBe("closed");
        // Asked for nothing, it states that alone and calls nobody.
        const calls = stage.fake.dataCalls;
        expect((await stage.reborn().snapshot.quotes([])).status).toBe("closed");
        stage.moveTo("2026-09-22T10:00:00");
        expect((await stage.reborn().snapshot.quotes([])).status).toBe("not_ready");
        expect(stage.fake.dataCalls).toBe(calls);
      },
      { at: "2026-09-21T15:40:00", decreed: [off] },
    );
  });

  it("[KI5b] a price whose change counts from another base price is of another day", async ({ expect }) => {
    // Of the session before: the base price is today's already, the rest is not.
    const stale = (code: string) => ({ ...QUOTE, inter_shrn_iscd: code, inter2_sdpr: "71000" });
    expect(
      tickersOf((await quotesOf([QUOTE, { ...QUOTE, inter_shrn_iscd: "035720" }, stale("000660")])).answer),
    ).toEqual([SAMSUNG, tickerOf("035720")]);
    expect((await quotesOf([QUOTE, stale("000660")])).answer).toMatchObject({ status: "not_ready" });
    expect((await quotesOf([stale("005930"), stale("000660")])).answer).toMatchObject({
      status: "not_ready",
    });
  });

  it("[KI5b] the number of a change may carry its sign or leave it to the code beside it", async ({
    expect,
  }) => {
    const down = { ...QUOTE, inter2_sdpr: "71500", prdy_vrss_sign: "5" };
    for (const change of ["-500", "500", "-0500"]) {
      expect(tickersOf((await quotesOf([{ ...down, inter2_prdy_vrss: change }])).answer)).toEqual([SAMSUNG]);
    }
    expect(tickersOf((await quotesOf([{ ...QUOTE, inter2_sdpr: "0" }])).answer)).toEqual([SAMSUNG]);
  });

  it("[KI5] a share without a trade has no open, high and low, whatever stands there", async ({ expect }) => {
    const halted = {
      ...QUOTE,
      acml_vol: "0",
      inter2_prpr: "70500",
      inter2_prdy_vrss: "0",
      inter2_oprc: "70500",
    };
    expect((await quotesOf([halted])).answer).toMatchObject({
      value: [{ price: 70_500, open: 0, high: 0, low: 0, volume: 0 }],
    });
  });

  it("[KI5c] a part that fails is left out and logged, and all of them together are a failure", async ({
    expect,
  }) => {
    await withStage(async (stage, tickers) => {
      const lost = tickers[31] ?? SAMSUNG;
      stage.tamper((request) => (request.url.includes(`=${lost}`) ? "cut" : null));
      const answer = await stage.kis.snapshot.quotes(tickers);
      expect(answer.status === "ok" ? answer.value.length : 0).toBe(tickers.length - 30);
      expect(stage.log.lines.at(-1)).toMatchObject({ event: "kis_quotes_missing", fields: { tickers: 30 } });
      stage.fake.traps.cut = true;
      await expect(stage.kis.snapshot.quotes(tickers)).rejects.toMatchObject({
        neighbour: "KIS",
        retryable: true,
      });
    });
  });

  it("[KI5c] the whole market is there well before the after-market, also when one call in nine is refused", async ({
    expect,
  }) => {
    await withStage(
      async (stage, tickers) => {
        stage.fake.traps.refuseEvery = 9;
        const answer = await stage.kis.snapshot.quotes(tickers);
        expect(answer.status === "ok" ? answer.value.length / tickers.length : 0).toBeGreaterThanOrEqual(
          0.95,
        );
        expect(stage.fake.dataCalls).toBeLessThan(1.3 * Math.ceil(tickers.length / 30));
        expect(stage.clock.now()).toBeLessThan((closingWindow(SESSION)?.from ?? 0) + 120_000);
      },
      { names: 360, at: "2026-09-16T15:32:00" },
    );
  });
});
