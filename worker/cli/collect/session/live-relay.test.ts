import { describe, it } from "vitest";
import type { LiveKey, LiveUpstream, Tick, UpstreamEvent } from "../../../app/ports/live-upstream.ts";
import type { Answer, MarketQuote } from "../../../app/ports/market-sources.ts";
import { tickerOf } from "../../../core/nominal.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import { MemoryLog } from "../../../testing/memory/memory-log.ts";
import { LiveRelay } from "./live-relay.ts";

const SHARE = tickerOf("005930");
const TICK: Tick = {
  key: SHARE,
  day: dayOf("2026-09-16"),
  at: 1_000,
  phase: "session",
  isHalted: false,
  price: 9,
  open: 8,
  high: 10,
  low: 7,
  volume: 5,
  base: 8,
  bid: null,
  ask: null,
};

/** A relay between a vendor and a feed in the test's hand. */
class Stage {
  readonly sent: Readonly<Record<string, unknown>>[] = [];
  readonly wanted: (readonly LiveKey[])[] = [];
  readonly log = new MemoryLog();
  closed = 0;
  now = 100_000;
  answer: () => Promise<Answer<readonly MarketQuote[]>> = () => Promise.resolve({ status: "closed" });
  readonly events: ((event: UpstreamEvent) => void)[] = [];
  readonly relay: LiveRelay;

  constructor() {
    const upstream: LiveUpstream = {
      id: "kiwoom",
      neighbour: "Kiwoom",
      slots: 100,
      open: (onEvent) => {
        this.events.push(onEvent);
        return {
          want: (keys) => this.wanted.push(keys),
          close: () => {
            this.closed += 1;
          },
        };
      },
    };
    this.relay = new LiveRelay({
      upstream,
      snapshot: { id: "kiwoom", perCall: 100, quotes: async () => this.answer() },
      clock: { now: () => this.now },
      log: this.log,
      send: (text) => this.sent.push(JSON.parse(text)),
    });
  }

  ask(request: unknown): void {
    this.relay.take(typeof request === "string" ? request : JSON.stringify(request));
  }

  types(): readonly unknown[] {
    return this.sent.map(({ type }) => type);
  }
}

describe("between a vendor and the feed of a Worker", () => {
  it("[KW22] what the feed asks is done, of the present connection alone", ({ expect }) => {
    const stage = new Stage();
    stage.relay.greet();
    expect(stage.sent).toEqual([
      { type: "hello", version: 1, source: "kiwoom", slots: 100, alive: true, run: expect.any(String) },
    ]);
    stage.ask({ type: "open", connection: 1 });
    stage.ask({ type: "want", connection: 1, names: ["KOSPI", "005930", "no name"] });
    stage.ask({ type: "open", connection: 2 });
    stage.ask({ type: "want", connection: 1, names: ["000660"] });
    stage.ask({ type: "close", connection: 1 });
    expect([stage.events.length, stage.closed, stage.wanted]).toEqual([2, 1, [["KOSPI", SHARE]]]);
    stage.events[0]?.({ kind: "up" });
    expect(stage.types()).toEqual(["hello"]);
    stage.ask({ type: "close", connection: 2 });
    expect(stage.closed).toBe(2);
    for (const text of ["{", "[]", '{"type":"open","connection":0}', '{"type":"else"}']) {
      stage.ask(text);
    }
    expect(stage.log.lines.filter(({ event }) => event === "feed_request_refused")).toHaveLength(4);
  });

  it("[KW22] the last trade of each phase goes, in the order of what came, with a sign while nothing does", ({
    expect,
  }) => {
    const stage = new Stage();
    stage.ask({ type: "open", connection: 1 });
    const event = (one: UpstreamEvent): void => stage.events[0]?.(one);
    event({ kind: "up" });
    event({ kind: "frame" });
    stage.now += 5_000;
    event({ kind: "frame" });
    event({ kind: "frame" });
    expect(stage.types()).toEqual(["up", "frame"]);
    event({ kind: "ticks", ticks: [TICK, { ...TICK, price: 8, volume: 6 }] });
    event({
      kind: "ticks",
      ticks: [
        { ...TICK, phase: "after", volume: 7 },
        { ...TICK, key: "KOSPI" },
      ],
    });
    expect(stage.types()).toEqual(["up", "frame"]);
    event({ kind: "followed", keys: ["KOSPI"] });
    expect(stage.types()).toEqual(["up", "frame", "ticks", "followed"]);
    expect(stage.sent[2]?.["ticks"]).toEqual([
      ["005930", "2026-09-16", 1_000, "session", false, 8, 8, 10, 7, 6, 8, null, null],
      ["005930", "2026-09-16", 1_000, "after", false, 9, 8, 10, 7, 7, 8, null, null],
      ["KOSPI", "2026-09-16", 1_000, "session", false, 9, 8, 10, 7, 5, 8, null, null],
    ]);
    stage.relay.flush();
    expect(stage.sent).toHaveLength(4);
    event({ kind: "ticks", ticks: [TICK] });
    event({ kind: "down", denied: "key_in_use", detail: "x".repeat(900) });
    expect(stage.types().slice(4)).toEqual(["ticks", "down"]);
    expect(String(stage.sent.at(-1)?.["detail"])).toHaveLength(500);
    expect(stage.relay.counts).toMatchObject({ connections: 1, ticks: 5, names: 2, denied: "key_in_use" });
  });

  it("[KW22] a question is answered with what the vendor answers, also where it fails", async ({
    expect,
  }) => {
    const stage = new Stage();
    const quote = { ticker: SHARE, price: 9, open: 8, high: 10, low: 7, volume: 5, value: null, base: 8 };
    stage.answer = () => Promise.resolve({ status: "ok", at: 7, value: [quote] });
    stage.ask({ type: "ask", id: 4, names: ["005930"] });
    await Promise.resolve();
    stage.answer = () => Promise.reject(new Error("the vendor is down"));
    stage.ask({ type: "ask", id: 5, names: ["005930"] });
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    expect(stage.sent).toEqual([
      {
        type: "quotes",
        id: 4,
        answer: { status: "ok", at: 7, value: [["005930", 9, 8, 10, 7, 5, null, 8]] },
      },
      { type: "quotes", id: 5, answer: { status: "failed", text: "the vendor is down" } },
    ]);
  });

  it("[KW29] a sign of life is returned, and a feed that asks for none any more has forsaken its socket", ({
    expect,
  }) => {
    const stage = new Stage();
    stage.relay.greet();
    stage.now += 600_000;
    // A feed of a version before never asks.
    expect(stage.relay.isForsaken()).toBe(false);
    stage.ask({ type: "alive" });
    expect(stage.types()).toEqual(["hello", "alive"]);
    stage.now += 50_000;
    expect(stage.relay.isForsaken()).toBe(false);
    stage.now += 1;
    expect(stage.relay.isForsaken()).toBe(true);
    stage.relay.greet();
    expect(stage.relay.isForsaken()).toBe(false);
    const runs = stage.sent.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect([runs.length, new Set(runs).size]).toEqual([2, 1]);
  });

  it("[KW22] a question of one socket is not answered over the next, whose feed may count anew", async ({
    expect,
  }) => {
    const stage = new Stage();
    let answered = (): void => undefined;
    stage.answer = async () => {
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      return { status: "closed" };
    };
    stage.relay.greet();
    stage.ask({ type: "ask", id: 1, names: ["005930"] });
    stage.relay.end();
    stage.relay.greet();
    answered();
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    expect(stage.types()).toEqual(["hello", "hello"]);
  });
});
