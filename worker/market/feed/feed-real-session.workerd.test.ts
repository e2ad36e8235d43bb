/** A feed whose exchange has live prices of a vendor, on real storage: what its gateways get, and when it sleeps. */
import { beforeEach, describe, it } from "vitest";
import type { LiveUpstream, Tick, UpstreamEvent } from "../../app/ports/live-upstream.ts";
import { assert } from "../../core/assert.ts";
import { calendarDay, nextSession, type SessionHours } from "../../core/calendar/krx-calendar.ts";
import { tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { type DemoStage, freshDemo, onStage } from "../../testing/stage/demo-stage.ts";
import type { Feed } from "./feed.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshDemo);

/** Far enough away that no alarm rings by itself. */
const DAY = dayOf("2029-10-10");
const SHARE = tickerOf("D00001");

function hoursOf(): SessionHours {
  const known = calendarDay(DAY);
  assert(known.kind === "session", "The day has a session");
  return known;
}

/** A vendor in the test's hand. */
class HeldUpstream implements LiveUpstream {
  readonly id = "kis";
  readonly neighbour = "KIS";
  readonly slots = 41;
  opened = 0;
  closed = 0;
  #onEvent: (event: UpstreamEvent) => void = () => undefined;

  open(onEvent: (event: UpstreamEvent) => void): ReturnType<LiveUpstream["open"]> {
    this.opened += 1;
    this.#onEvent = onEvent;
    return {
      want: (keys) => {
        queueMicrotask(() => {
          onEvent({ kind: "followed", keys });
        });
      },
      close: () => {
        this.closed += 1;
      },
    };
  }

  send(event: UpstreamEvent): void {
    this.#onEvent(event);
  }

  trade(at: number, volume: number, change: Partial<Tick> = {}): void {
    const prices = {
      price: 10_500,
      open: 10_100,
      high: 10_600,
      low: 10_000,
      base: 10_000,
      bid: 10_490,
      ask: 10_500,
    };
    const tick = {
      key: SHARE,
      day: DAY,
      at,
      phase: "session",
      isHalted: false,
      volume,
      ...prices,
      ...change,
    } as const;
    this.send({ kind: "ticks", ticks: [tick] });
  }
}

function birth(stage: DemoStage, upstream: LiveUpstream): Feed {
  const book = {
    ...stage.book(),
    quotes: () => Promise.resolve({ status: "not_ready", retryAt: stage.now } as const),
    tick: () => Promise.resolve([]),
  };
  return stage.birth({ upstream: () => upstream, book: () => book });
}

describe("a feed with live prices", () => {
  it("[DR1] asks nothing before the session, publishes its ticks, and sleeps after it until the next one", async ({
    expect,
  }) => {
    const [upstream, hours] = [new HeldUpstream(), hoursOf()];
    await onStage(async (stage) => {
      stage.now = hours.opensAt - 3_600_000;
      const feed = birth(stage, upstream);
      await feed.want("g", [`price:${SHARE}`, "feed"]);
      await stage.ring(feed);
      const wake = hours.opensAt - 120_000;
      expect([await stage.storage.getAlarm(), upstream.opened]).toEqual([wake, 0]);
      expect(await feed.status()).toMatchObject({ state: "closed", session: "closed", source: "kis" });
      await stage.ring(feed);
      upstream.send({ kind: "up" });
      expect([stage.now, upstream.opened]).toEqual([wake, 1]);
      stage.now = hours.opensAt + 1_000;
      upstream.send({ kind: "frame" });
      await feed.alarm();
      upstream.trade(stage.now, 1_000);
      await stage.ring(feed);
      const gateway = stage.gateway("g");
      const prices = (): readonly unknown[] =>
        gateway.received.flatMap(({ topic, text }) => (topic === `price:${SHARE}` ? [JSON.parse(text)] : []));
      const first = { price: 10_500, change: 500, volume: 1_000, session: "open", stale: false };
      await eventually(() => {
        expect(prices()).toMatchObject([{ source: "kis", data: first }]);
      });
      expect((await feed.latest([SHARE], [])).prices).toMatchObject([{ price: 10_500, stale: false }]);

      // Half a minute without a trade.
      stage.now += 31_000;
      await feed.alarm();
      await eventually(() => {
        expect(prices().at(-1)).toMatchObject({ data: { ...first, stale: true } });
      });
      expect((await feed.status()).state).toBe("stale");

      stage.now = hours.closesAt + 120_000;
      upstream.send({ kind: "frame" });
      await feed.alarm();
      expect(upstream.closed).toBe(1);
      stage.now = hours.closesAt + 1_800_000;
      await feed.alarm();
      const next = nextSession(stage.now);
      // The comparison with the session's rows goes on beside the steps.
      await eventually(async () => {
        await stage.ring(feed);
        expect(await stage.storage.getAlarm()).toBe((next?.opensAt ?? 0) - 120_000);
      });
      // Whoever looks in the night wakes no step.
      await feed.want("g", [`price:${SHARE}`, "feed", "index:KOSPI"]);
      await feed.status();
      expect([await stage.storage.getAlarm(), upstream.opened]).toEqual([(next?.opensAt ?? 0) - 120_000, 1]);
    });
  });

  it("[DR11] publishes a tick by itself, without waiting for a step, and none once another exchange is active", async ({
    expect,
  }) => {
    const [upstream, hours] = [new HeldUpstream(), hoursOf()];
    await onStage(async (stage) => {
      stage.now = hours.opensAt - 120_000;
      const feed = birth(stage, upstream);
      await feed.want("g", [`price:${SHARE}`]);
      await stage.ring(feed);
      upstream.send({ kind: "up" });
      stage.now = hours.opensAt + 1_000;
      const prices = (): readonly unknown[] =>
        stage.gateway("g").received.map(({ text }) => JSON.parse(text));
      upstream.trade(stage.now, 1_000);
      upstream.trade(stage.now, 1_001, { price: 10_550 });
      await eventually(() => {
        expect(prices()).toMatchObject([{ data: { price: 10_550, volume: 1_001 } }]);
      });
      stage.exchange = "KRX";
      stage.generation = 1;
      await feed.followSwitch();
      expect(upstream.closed).toBe(1);
    });
  });

  it("[DR1] gives the connection up when another exchange becomes active", async ({ expect }) => {
    const [upstream, hours] = [new HeldUpstream(), hoursOf()];
    await onStage(async (stage) => {
      stage.now = hours.opensAt + 600_000;
      const feed = birth(stage, upstream);
      await feed.wake();
      await stage.ring(feed);
      expect([upstream.opened, upstream.closed]).toEqual([1, 0]);
      stage.exchange = "KRX";
      stage.generation = 1;
      await stage.ring(feed);
      expect([upstream.opened, upstream.closed]).toEqual([1, 1]);
      stage.exchange = "DEMO";
      stage.generation = 2;
      await feed.followSwitch();
      await stage.ring(feed);
      expect([upstream.opened, upstream.closed]).toEqual([2, 1]);
    });
  });

  it("[DR2] remembers why the vendor ended the connection, over its own death", async ({ expect }) => {
    const [upstream, hours] = [new HeldUpstream(), hoursOf()];
    await onStage(async (stage) => {
      stage.now = hours.opensAt + 600_000;
      const feed = birth(stage, upstream);
      await feed.wake();
      await stage.ring(feed);
      upstream.send({ kind: "down", denied: "key_in_use", detail: "another program uses the key" });
      expect(await birth(stage, new HeldUpstream()).failures()).toEqual([
        {
          neighbour: "KIS",
          at: stage.now,
          event: "live_connection_ended",
          detail: "KIS ended the live prices: another program uses the key",
        },
      ]);
    });
  });
});
