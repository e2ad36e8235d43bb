import { describe, it } from "vitest";
import type { FeedStatus } from "../../app/ports/live.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { decodeServer } from "../../protocol/messages/codec.ts";
import { quotesOf } from "./feed-messages.ts";
import { LatestValuePublisher } from "./latest-value-publisher.ts";
import { type ScanEvent, type View } from "../market-view.ts";

const STATUS: FeedStatus = {
  exchange: "DEMO",
  state: "live",
  source: "demo",
  clock: Date.UTC(2025, 10, 3),
  session: "open",
  tickers: 2,
};
const QUOTE = {
  price: 10_500,
  previous: 10_000,
  volume: 70,
  high: 10_600,
  low: 9_900,
  open: 10_000,
  bid: null,
  ask: 10_510,
};

function viewOf(overrides: Partial<View> = {}): View {
  return {
    at: Date.UTC(2026, 0, 5),
    status: STATUS,
    quote: (ticker) => (ticker === "D00001" ? QUOTE : null),
    index: () => ({ price: 2_512.344, previous: 2_500, volume: 9, day: tradingDayOf(20_395) }),
    ...overrides,
  };
}

function body(publisher: LatestValuePublisher, topic: string, view = viewOf()): unknown {
  return decodeServer(publisher.publish(topic, view)?.text ?? "[]")?.messages[0] ?? null;
}

describe("what is published", () => {
  it("[DR7] states of a price whether the feed is stale, and is published again when that alone has changed", ({
    expect,
  }) => {
    const publisher = new LatestValuePublisher("e");
    const stateIs = (state: FeedStatus["state"]) => viewOf({ status: { ...STATUS, state } });
    for (const [state, stale] of [
      ["live", false],
      ["stale", true],
      ["live", false],
    ] as const) {
      expect(body(publisher, "price:D00001", stateIs(state))).toMatchObject({
        data: { price: 10_500, stale },
      });
    }
    expect(body(publisher, "price:D00001", stateIs("paused"))).toBeNull();
  });

  it("[DR3b] a price has the time at which it was last seen to hold, and is stale once that is a minute ago", ({
    expect,
  }) => {
    const publisher = new LatestValuePublisher("e");
    const { at } = viewOf();
    const seen = (seenAt: number) => viewOf({ quote: () => ({ ...QUOTE, seenAt }) });
    const [now, minute, older] = [at + 5_000, at - 60_000, at - 60_001].map((one) => seen(one));
    expect(body(publisher, "price:D00001", now)).toMatchObject({
      data: { stale: false },
      timestamp: "2026-01-05T09:00:00.000+09:00",
    });
    // Its time alone is no new value.
    expect(body(publisher, "price:D00001", minute)).toBeNull();
    expect(body(publisher, "price:D00001", older)).toMatchObject({
      data: { price: 10_500, stale: true },
      timestamp: "2026-01-05T08:58:59.999+09:00",
    });
    expect(quotesOf(older ?? viewOf(), ["D00001"], []).prices).toMatchObject([
      { stale: true, timestamp: "2026-01-05T08:58:59.999+09:00" },
    ]);
    expect(quotesOf(minute ?? viewOf(), ["D00001"], []).prices).toMatchObject([{ stale: false }]);
  });

  it("[FD3][RT1f] is a message of the protocol, with changes against the previous close", ({ expect }) => {
    const publisher = new LatestValuePublisher("e");
    expect(body(publisher, "price:D00001")).toMatchObject({
      type: "price_update",
      epoch: "e",
      seq: 1,
      data: {
        price: 10_500,
        change: 500,
        change_rate: 5,
        bid_price: null,
        ask_price: 10_510,
        session: "open",
      },
      timestamp: "2026-01-05T09:00:00.000+09:00",
      source: "demo",
    });
    expect(body(publisher, "index:KOSPI")).toMatchObject({
      exchange: "DEMO",
      code: "KOSPI",
      as_of: "2025-11-03",
      data: { index: 2_512.34, change: 12.34, change_rate: 0.49 },
    });
    expect(body(publisher, "feed")).toMatchObject({
      data: { exchange: "DEMO", state: "live", clock: "2025-11-03T09:00:00.000+09:00" },
    });
  });

  it("[RT15a] has the session's open, high, low and volume, as REST answers them", ({ expect }) => {
    const session = { open: 10_000, high: 10_600, low: 9_900, volume: 70 };
    expect(body(new LatestValuePublisher("e"), "price:D00001")).toMatchObject({ data: session });
    expect(quotesOf(viewOf(), ["D00001"], []).prices).toMatchObject([session]);
  });

  it("[FD3] is missing as null, never 0: no rate without a previous close, nothing on what nobody knows", ({
    expect,
  }) => {
    const publisher = new LatestValuePublisher("e");
    const fresh = viewOf({ quote: () => ({ ...QUOTE, previous: 0 }) });
    expect(body(publisher, "price:D00001", fresh)).toMatchObject({ data: { change_rate: null } });
    for (const topic of ["price:D00002", "scan", "signal:vcp", "weather"]) {
      expect(publisher.publish(topic, viewOf())).toBeNull();
    }
    expect(publisher.publish("index:KOSDAQ", viewOf({ index: () => null }))).toBeNull();
  });

  it("[FD17][RT1f] is the stage of a run and then its end, in a text fit for everyone", ({ expect }) => {
    const publisher = new LatestValuePublisher("e");
    const at = Date.UTC(2026, 0, 5);
    const published = (event: Omit<ScanEvent, "kind" | "at">, later = 0) =>
      decodeServer(
        publisher.publish("scan", viewOf(), { kind: "scan", at: at + later, ...event })?.text ?? "[]",
      )?.messages[0] ?? null;
    const reading = { runId: "r1", stage: "reading", done: 0, total: 9 } as const;
    expect(published({ progress: reading, ended: null })).toMatchObject({
      type: "scan_update",
      exchange: "DEMO",
      seq: 1,
      data: { run_id: "r1", stage: "reading", done: 0, total: 9, ended: null },
      timestamp: "2026-01-05T09:00:00.000+09:00",
    });
    expect(published({ progress: reading, ended: null }, 1_000)).toBeNull();
    const progress = { runId: null, stage: "idle", done: 0, total: 0 } as const;
    const reason = "D1 failed\n  at a place that is nobody's business";
    expect(published({ progress, ended: { runId: "r1", status: "failed", saved: 0, reason } })).toMatchObject(
      {
        seq: 2,
        data: { run_id: null, ended: { run_id: "r1", status: "failed", saved: 0, reason: "D1 failed" } },
      },
    );
  });

  it("[FD3] is not published again because time or the feed's clock passed", ({ expect }) => {
    const publisher = new LatestValuePublisher("e");
    const later = viewOf({ at: Date.UTC(2026, 0, 6), status: { ...STATUS, clock: 5 } });
    for (const topic of ["price:D00001", "index:KOSPI", "feed"]) {
      expect(publisher.publish(topic, viewOf())).not.toBeNull();
      expect(publisher.publish(topic, later)).toBeNull();
    }
    const closed = viewOf({ status: { ...STATUS, session: "break", state: "closed" } });
    expect(publisher.publish("price:D00001", closed)?.seq).toBe(2);
    expect(publisher.publish("feed", closed)?.seq).toBe(2);
    expect(publisher.publish("index:KOSPI", closed)).toBeNull();
  });
});
