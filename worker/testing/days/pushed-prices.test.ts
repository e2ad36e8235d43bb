import { describe, it } from "vitest";
import { tickerOf } from "../../core/nominal.ts";
import { PUSH_CLOSE } from "../../protocol/messages/pushed-prices.ts";
import { dayOf } from "../stage/kis-stage.ts";
import { type PushedStage, withStage } from "./pushed-stage.ts";

const DAY = dayOf("2026-09-16");

function traded({ kiwoom }: PushedStage, count: number): readonly string[] {
  const rows = kiwoom.exchange.rows(DAY).filter(({ volume }) => volume > 0);
  return rows.slice(0, count).map(({ listing }) => listing.ticker);
}

const isLive = (stage: PushedStage): boolean => stage.driver.view().status.state === "live";

describe("live prices of Kiwoom for a Worker that it does not let in", () => {
  it("[KW15] come from a machine of the owner's: followed names, the others by turns, signals within the second", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const shares = traded(stage, 4);
      const [near = "", watched = ""] = shares;
      stage.signals = [near];
      stage.topics = [`price:${watched}`];
      expect([stage.driver.exists(), stage.pushed.isPresent()]).toEqual([false, false]);
      const machine = stage.machine();
      expect([stage.driver.exists(), stage.pushed.id, stage.pushed.slots]).toEqual([true, "kiwoom", 100]);
      await stage.stepUntil(
        machine,
        () => isLive(stage) && stage.kiwoom.fake.socket.registered().length === 4,
      );
      expect(stage.kiwoom.fake.socket.registered().toSorted()).toEqual(
        ["001", "101", near, watched].toSorted(),
      );
      // What the connection did not show was asked for by the machine.
      expect(stage.driver.view().quote(watched)?.price).toBeGreaterThan(0);
      stage.kiwoom.clock.advance(5_000);
      const before = stage.batches.length;
      const truth = stage.kiwoom.exchange.rowOf(DAY, near);
      stage.trade([near, watched], { volume: truth?.volume ?? 0, price: truth?.open });
      await stage.carry(machine);
      expect(stage.driver.view().quote(near)?.price).toBe(truth?.open);
      expect(
        stage.batches.slice(before).flatMap(({ prices }) => prices.map(({ ticker }) => ticker)),
      ).toContain(near);
      machine.die();
    });
  });

  it("[KW15] are stale when the machine is gone, and live again with the next one, also after an eviction", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const [share = ""] = traded(stage, 1);
      stage.topics = [`price:${share}`];
      const first = stage.machine();
      await stage.stepUntil(first, () => isLive(stage));
      first.die();
      await stage.driver.step();
      expect([stage.driver.view().status.state, stage.driver.restMs()]).toEqual(["stale", 60_000]);
      const second = stage.machine();
      await stage.stepUntil(second, () => isLive(stage));
      stage.birth();
      second.die();
      // The object remembers that there is a machine, and misses it.
      expect([stage.driver.exists(), stage.driver.view().status.state]).toEqual([true, "stale"]);
      const third = stage.machine();
      await stage.stepUntil(third, () => isLive(stage));
      expect(isLive(stage)).toBe(true);
      third.die();
      // Given up for a month, it is missed no more.
      stage.kiwoom.clock.advance(31 * 86_400_000);
      expect(stage.driver.exists()).toBe(false);
    });
  });

  it("[KW15] a second machine takes the place of the first, which is named why", async ({ expect }) => {
    await withStage(async (stage) => {
      const first = stage.machine();
      await stage.stepUntil(first, () => isLive(stage));
      const second = stage.machine();
      expect(first.closed).toEqual([PUSH_CLOSE.replaced.code]);
      await stage.stepUntil(second, () => isLive(stage));
      // What the first one still sends is nobody's.
      first.listener.onText(JSON.stringify({ type: "down", connection: 2, denied: "bad_key", detail: "x" }));
      expect(isLive(stage)).toBe(true);
      second.die();
    });
  });

  it("[KW15] a refusal of the vendor's is the feed's, which then rests", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.kiwoom.fake.traps.denied = "8050";
      const machine = stage.machine();
      await stage.stepUntil(machine, () =>
        stage.kiwoom.log.lines.some(({ event }) => event === "live_prices_denied"),
      );
      expect(stage.kiwoom.log.lines.filter(({ event }) => event === "live_prices_denied")).toMatchObject([
        { fields: { vendor: "kiwoom", why: "address_not_allowed" } },
      ]);
      expect(machine.relay.counts).toMatchObject({ connections: 0, denied: "address_not_allowed" });
      machine.die();
    });
  });

  it("[KW16] what a machine sends is read by a schema, bounded, and of what was asked alone", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const [share = "", other = ""] = traded(stage, 2);
      stage.topics = [`price:${share}`];
      const machine = stage.machine();
      await stage.stepUntil(machine, () => isLive(stage) && stage.driver.view().quote(share) !== null);
      const shown = stage.driver.view().quote(share);
      const at = stage.kiwoom.clock.now();
      const tick = (name: string, change: Readonly<Record<number, unknown>> = {}): unknown[] =>
        [name, "2026-09-16", at, "session", false, 9, 8, 10, 7, 1e9, 8, null, null].map(
          (one, n) => change[n] ?? one,
        );
      const send = (...ticks: unknown[][]): void => {
        // Connections and questions share their numbers, and on a slow machine more are asked before this.
        for (let connection = 1; connection <= 60; connection++) {
          machine.listener.onText(JSON.stringify({ type: "ticks", connection, ticks }));
        }
      };
      send(
        tick(other),
        tick(share, { 5: 11 }),
        tick(share, { 8: 0 }),
        tick(share, { 9: 1.5 }),
        tick(share, { 2: at + 120_000 }),
        tick(share, { 1: "2026-09-15" }),
        tick(share, { 10: -1 }),
        tick("no name"),
      );
      expect(stage.driver.view().quote(share)?.price).toBe(shown?.price);
      expect(stage.driver.view().quote(other)).toBeNull();
      send(tick(share));
      expect(stage.driver.view().quote(share)?.price).toBe(9);
      const refused = stage.kiwoom.log.lines.filter(({ event }) => event === "pushed_prices_refused");
      expect(refused.map(({ fields }) => fields["why"])).toEqual([
        "a tick of what was not asked for",
        "a tick that is none",
      ]);
      for (const text of ["{", "x".repeat(262_145), '{"type":"ticks","connection":1,"ticks":[[]]}']) {
        const next = stage.machine();
        next.listener.onText(text);
        expect(next.closed).toEqual([PUSH_CLOSE.bad.code]);
      }
      const old = stage.machine();
      old.listener.onText(JSON.stringify({ type: "hello", version: 9, source: "kiwoom", slots: 1 }));
      expect(old.closed).toEqual([PUSH_CLOSE.version.code]);
    });
  });

  it("[KW16] a machine whose socket was ended is gone at once: its end may never arrive, and nothing can be sent there", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const hello = { type: "hello", version: 1, source: "kiwoom", slots: 5 };
      for (const wrong of ["{", JSON.stringify({ ...hello, version: 9 })]) {
        let isOpen = true;
        const listener = stage.pushed.attach({
          send: () => {
            if (!isOpen) {
              throw new TypeError("Can't call WebSocket send() after close().");
            }
          },
          close: () => {
            isOpen = false;
          },
        });
        listener.onText(JSON.stringify(hello));
        const events: string[] = [];
        const session = stage.pushed.open(({ kind }) => events.push(kind));
        const open = stage.pushed.quotes([tickerOf("005930")]);
        listener.onText(wrong);
        expect([events, stage.pushed.isPresent()]).toEqual([["down"], false]);
        session.want([tickerOf("005930")]);
        await expect(open).rejects.toMatchObject({ neighbour: "Kiwoom", retryable: true });
        expect(await stage.pushed.quotes([tickerOf("005930")])).toBeNull();
      }
    });
  });

  it("[KW16] an answer with prices that are none fails the question, and one that never comes fails with the machine", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const [share = ""] = traded(stage, 1);
      const asked: { type: string; id?: number }[] = [];
      const listener = stage.pushed.attach({
        send: (text) => {
          asked.push(JSON.parse(text));
        },
        close: () => undefined,
      });
      listener.onText(JSON.stringify({ type: "hello", version: 1, source: "kiwoom", slots: 5 }));
      const answered = async (answer: unknown): Promise<unknown> => {
        const question = stage.pushed.quotes([tickerOf(share)]);
        const id = asked.at(-1)?.id;
        listener.onText(JSON.stringify({ type: "quotes", id, answer }));
        return question.then(
          (value) => value,
          (error: unknown) => String(error),
        );
      };
      const at = stage.kiwoom.clock.now();
      const quote = [share, 9, 8, 10, 7, 5, null, 8];
      const ok = (...value: unknown[][]) => ({ status: "ok", at, value });
      expect(await answered(ok(quote, ["000000", 9, 8, 10, 7, 5, null, 8]))).toMatchObject({
        status: "ok",
        value: [{ ticker: share, price: 9, base: 8 }],
      });
      expect(await answered(ok([share, 11, 8, 10, 7, 5, null, 8]))).toContain("prices that are none");
      for (const open of [6, 11, 0]) {
        expect(await answered(ok([share, 9, open, 10, 7, 5, null, 8]))).toMatchObject({
          status: "not_ready",
        });
      }
      expect(await answered({ ...ok(quote), at: at + 120_000 })).toContain("prices that are none");
      expect(await answered({ status: "failed", text: "down" })).toContain("did not answer");
      expect(await answered({ status: "closed" })).toEqual({ status: "closed" });
      const open = stage.pushed.quotes([tickerOf(share)]);
      listener.onEnd();
      await expect(open).rejects.toMatchObject({ neighbour: "Kiwoom", retryable: true });
      expect(await stage.pushed.quotes([tickerOf(share)])).toBeNull();
    });
  });
});
