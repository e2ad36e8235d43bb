/** The answer of the feed to a single question: the numbers of the sockets, without a subscription. */
import * as v from "valibot";
import { beforeEach, describe, it } from "vitest";
import type { Fragment } from "../../app/ports/live.ts";
import { IndexUpdate, PriceUpdate } from "../../protocol/messages/live-update.ts";
import { IndexQuote, PriceQuote } from "../../protocol/rest/quote.ts";
import { freshDemo, LENGTHS, onStage, tradedTicker } from "../../testing/stage/demo-stage.ts";

beforeEach(freshDemo);

const TICKER = tradedTicker();
const TOPICS = [`price:${TICKER}`, "index:KOSPI"];
const LATEST = [[TICKER, "D99999"], ["KOSPI"]] as const;

/** The part of the messages that REST has too. */
function numbersOf(fragments: readonly Fragment[]): readonly object[] {
  const [price, index] = fragments.map((fragment): unknown => JSON.parse(fragment.text));
  const { data, ticker, source } = v.parse(PriceUpdate, price);
  const { price: last, change, change_rate, volume, high, low } = data;
  const { code, as_of, data: values } = v.parse(IndexUpdate, index);
  return [
    { ticker, price: last, change, change_rate, volume, high, low, source },
    { code, ...values, as_of, source },
  ];
}

describe("asking once", () => {
  it("[FD18] answers with the numbers of the sockets, from the first tick to the close", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const seen = new Set<number>();
      for (let n = 0; n < 8; n++) {
        const pushed = numbersOf(await feed.want("a", TOPICS));
        // Before the next step no socket has got anything newer.
        stage.now += 200;
        const { prices, indices } = await feed.latest(...LATEST);
        expect([...prices, ...indices]).toMatchObject(pushed);
        expect(Date.parse(prices[0]?.timestamp ?? "")).toBe(Math.floor((await feed.status()).clock ?? 0));
        expect([v.is(v.tuple([PriceQuote]), prices), v.is(v.tuple([IndexQuote]), indices)]).toEqual([
          true,
          true,
        ]);
        expect(prices[0]).toMatchObject({ stale: false, halted: false, as_of: indices[0]?.as_of });
        expect(prices[0]?.timestamp).toContain(n === 7 ? "T15:30:00.000" : prices[0]?.as_of);
        seen.add(prices[0]?.price ?? 0);
        await feed.command(n === 6 ? "advance_session" : "advance_tick");
        if (n === 6) {
          expect(await feed.status()).toMatchObject({ state: "closed" });
        }
      }
      expect(seen.size).toBeGreaterThan(2);
    });
  });

  it("[FD18] registers nobody, publishes nothing, and calls a market that stands still stale", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const alarm = await stage.storage.getAlarm();
      await feed.latest(...LATEST);
      expect(await stage.storage.getAlarm()).toBe(alarm);
      await feed.want("a", ["feed"]);
      const { deliveries } = stage.gateway("a");
      await feed.latest(...LATEST);
      await stage.ring(feed);
      expect([deliveries, stage.gateway("a").deliveries]).toEqual([0, 0]);
      const [first] = await feed.want("b", TOPICS);
      expect(first?.seq).toBe(1);
      await feed.command("pause");
      const { prices, indices } = await feed.latest(...LATEST);
      expect([prices[0]?.stale, indices[0]?.stale]).toEqual([true, true]);
    });
  });

  it("[FD18a] counts in the time since the last step while nobody listens, and lets none pass", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const { clock } = await feed.status();
      stage.now += 20_000;
      const asked = await feed.latest(...LATEST);
      expect(Date.parse(asked.prices[0]?.timestamp ?? "") - (clock ?? 0)).toBeCloseTo(
        (6.5 * 3_600_000) / 3,
        0,
      );
      expect((await feed.status()).clock).toBe(clock);
      // The step of the same moment publishes the same values.
      await feed.alarm();
      expect(await feed.latest(...LATEST)).toEqual(asked);

      // At the end of the session the close stands before the step that stores it, and the next session does not.
      await stage.live(feed, 30_000);
      stage.now += 10_100;
      const last = await feed.latest(...LATEST);
      expect(last.prices[0]?.timestamp).toContain("T15:30:00.000");
      await feed.alarm();
      expect(await feed.latest(...LATEST)).toEqual(last);
      stage.now += LENGTHS.breakMs;
      expect(await feed.latest(...LATEST)).toEqual(last);
      await feed.alarm();
      const next = await feed.latest(...LATEST);
      expect((next.prices[0]?.as_of ?? "") > (last.prices[0]?.as_of ?? "")).toBe(true);
    });
  });

  it("[FD18b] answers with nothing where nothing moves, and wakes no market but the active one", async ({
    expect,
  }) => {
    const nothing = { prices: [], indices: [] };
    await onStage(async (stage) => {
      stage.exchange = "KRX";
      expect(await stage.birth().latest(...LATEST)).toEqual(nothing);
      expect(await stage.birth({ market: () => null }).latest(...LATEST)).toEqual(nothing);
      expect(await stage.storage.getAlarm()).toBeNull();
      stage.exchange = "DEMO";
      expect(await stage.birth().latest(...LATEST)).toEqual(nothing);
      expect(await stage.storage.getAlarm()).toBe(stage.now);
      const feed = await stage.ready();
      expect((await feed.latest(...LATEST)).prices).toHaveLength(1);
      stage.exchange = "KRX";
      expect(await feed.latest(...LATEST)).toEqual(nothing);
    });
  });
});
