/** What every socket of live prices must do, held against a vendor over a real connection. */
import { afterEach, beforeEach, describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { LiveKey, LiveUpstream, TickPhase, UpstreamEvent, UpstreamSession } from "./live-upstream.ts";
import { eventually } from "../../testing/eventually.ts";

/** A vendor's fake with the socket in front of it. */
export interface LiveWorld {
  readonly upstream: LiveUpstream;
  /** The same after an eviction: what was stored stays, what was in memory does not. */
  reborn(): LiveUpstream;
  /** 60 shares and both indices. */
  readonly keys: readonly LiveKey[];
  /** What the vendor has registered for the connection that stands. */
  registered(): ReadonlySet<LiveKey>;
  /** The most that it ever had at once. */
  mostRegistered(): number;
  /** Connections that reached the vendor. */
  connections(): number;
  /** Those that the vendor marks, in an order in which they are sent. */
  readonly phases: readonly TickPhase[];
  /** The vendor sends a trade of each of these shares that are registered; the count of those. */
  trade(keys: readonly LiveKey[], phase: TickPhase): number;
  /** So many fields a record has from now on, more than the documented ones. */
  widen(by: number): void;
  /** A frame of about 20 KiB with trades of these shares; the count of its records. */
  tradeAtLength(keys: readonly LiveKey[]): number;
  /** The vendor sends what is no frame of prices. */
  nonsense(): void;
  heartbeat(): void;
  cut(): void;
  /** Another program uses the key. */
  takeKey(on: boolean): void;
  /** Everything that was logged, as text. */
  logged(): string;
  readonly secrets: readonly string[];
  end(): Promise<void>;
}

/** The events of one connection. */
class Heard {
  readonly events: UpstreamEvent[] = [];
  readonly session: UpstreamSession;

  constructor(upstream: LiveUpstream) {
    this.session = upstream.open((event) => this.events.push(event));
  }

  count(kind: UpstreamEvent["kind"]): number {
    return this.events.filter((event) => event.kind === kind).length;
  }

  ticks(): Extract<UpstreamEvent, { kind: "ticks" }>["ticks"] {
    return this.events.flatMap((event) => (event.kind === "ticks" ? event.ticks : []));
  }

  down(): Extract<UpstreamEvent, { kind: "down" }> | null {
    return this.events.find((event) => event.kind === "down") ?? null;
  }
}

export function liveUpstreamContract(name: string, makeWorld: () => Promise<LiveWorld>): void {
  describe(`the live prices of ${name}`, () => {
    let world: LiveWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const until = (check: () => void): Promise<void> => eventually(check);

    it("[LU1] come of the last list, whatever lists came before, also on the next connection", async ({
      expect,
    }) => {
      const { keys } = world;
      const first = new Heard(world.upstream);
      first.session.want(keys.slice(0, 30));
      first.session.want(keys.slice(10, 20));
      await until(() => {
        expect(world.registered()).toEqual(new Set(keys.slice(10, 20)));
      });
      first.session.want(keys.slice(15, 40));
      await until(() => {
        expect(world.registered()).toEqual(new Set(keys.slice(15, 40)));
      });
      await until(() => {
        const last = first.events.findLast(({ kind }) => kind === "followed");
        expect(last).toEqual({ kind: "followed", keys: keys.slice(15, 40) });
      });
      world.cut();
      await until(() => {
        expect(first.down()?.denied).toBeNull();
      });
      const second = new Heard(world.reborn());
      second.session.want(keys.slice(15, 40));
      await until(() => {
        expect(world.registered()).toEqual(new Set(keys.slice(15, 40)));
      });
      second.session.close();
    });

    it("[LU2] take no more than the slots, the first of the list first", async ({ expect }) => {
      const { keys, upstream } = world;
      const heard = new Heard(upstream);
      heard.session.want(keys);
      await until(() => {
        expect(world.registered()).toEqual(new Set(keys.slice(0, upstream.slots)));
      });
      const others = keys.toReversed();
      heard.session.want(others);
      await until(() => {
        expect(world.registered()).toEqual(new Set(others.slice(0, upstream.slots)));
      });
      expect(world.mostRegistered()).toBe(upstream.slots);
      heard.session.close();
    });

    it("[LU3] state the phase of each tick, and are of what is followed alone", async ({ expect }) => {
      const { keys, phases } = world;
      const heard = new Heard(world.upstream);
      heard.session.want(keys.slice(0, 5));
      await until(() => {
        expect(world.registered().size).toBe(5);
        expect(heard.events.findLast(({ kind }) => kind === "followed")).toMatchObject({
          keys: keys.slice(0, 5),
        });
      });
      const sent = phases.reduce((sum, phase) => sum + world.trade(keys.slice(2, 5), phase), 0);
      await until(() => {
        expect(heard.ticks()).toHaveLength(sent);
      });
      expect(heard.ticks().map(({ phase }) => phase)).toEqual(
        phases.flatMap((phase) => [phase, phase, phase]),
      );
      expect(new Set(heard.ticks().map(({ key }) => key))).toEqual(new Set(keys.slice(2, 5)));
      heard.session.close();
    });

    it("[LU4] are read at any width, many in a frame, and go on behind what cannot be read", async ({
      expect,
    }) => {
      const { keys } = world;
      const heard = new Heard(world.upstream);
      heard.session.want(keys.slice(0, 3));
      await until(() => {
        expect(heard.events.findLast(({ kind }) => kind === "followed")).toMatchObject({
          keys: keys.slice(0, 3),
        });
      });
      let sent = 0;
      for (const by of [0, 1, 2, 9]) {
        world.widen(by);
        sent += world.trade(keys.slice(0, 3), "session");
        world.nonsense();
      }
      sent += world.tradeAtLength(keys.slice(0, 3));
      await until(() => {
        expect(heard.ticks()).toHaveLength(sent);
      });
      expect(heard.down()).toBeNull();
      heard.session.close();
    });

    it("[LU5] go on as long as heartbeats come, each of which is sent back and is an event", async ({
      expect,
    }) => {
      const heard = new Heard(world.upstream);
      heard.session.want(world.keys.slice(0, 1));
      await until(() => {
        expect(world.registered().size).toBe(1);
        expect(heard.events.findLast(({ kind }) => kind === "followed")).toMatchObject({
          keys: world.keys.slice(0, 1),
        });
      });
      // Answers to registrations are frames too.
      for (let known = -1; known < heard.count("frame");) {
        known = heard.count("frame");
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
      for (let n = 0; n < 5; n++) {
        const before = heard.count("frame");
        world.heartbeat();
        await until(() => {
          expect(heard.count("frame")).toBe(before + 1);
        });
      }
      world.trade(world.keys.slice(0, 1), "session");
      await until(() => {
        expect(heard.ticks()).toHaveLength(1);
      });
      heard.session.close();
    });

    it("[LU6] end with one event, and after `close` with none", async ({ expect }) => {
      const heard = new Heard(world.upstream);
      heard.session.want(world.keys.slice(0, 2));
      await until(() => {
        expect(world.registered().size).toBe(2);
      });
      world.cut();
      await until(() => {
        expect(heard.down()?.denied).toBeNull();
      });
      heard.session.close();
      const closed = new Heard(world.reborn());
      closed.session.want(world.keys.slice(0, 2));
      await until(() => {
        expect(world.registered().size).toBe(2);
      });
      closed.session.close();
      await until(() => {
        expect(world.registered().size).toBe(0);
      });
      const early = new Heard(world.reborn());
      early.session.close();
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      expect([heard.count("down"), closed.count("down"), early.events.length]).toEqual([1, 0, 0]);
    });

    it("[LU7] name a key that another program uses, ask no second time by themselves, and hold no secret", async ({
      expect,
    }) => {
      world.takeKey(true);
      const heard = new Heard(world.upstream);
      heard.session.want(world.keys.slice(0, 3));
      await until(() => {
        expect(heard.down()?.denied).toBe("key_in_use");
      });
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      expect(world.connections()).toBe(1);
      const written = JSON.stringify(heard.events) + world.logged();
      for (const secret of world.secrets) {
        assert(secret.length > 4, "A secret is long enough to be found");
        expect(written).not.toContain(secret);
      }
      world.takeKey(false);
      const next = new Heard(world.reborn());
      next.session.want(world.keys.slice(0, 3));
      await until(() => {
        expect(world.registered().size).toBe(3);
      });
      next.session.close();
    });
  });
}
