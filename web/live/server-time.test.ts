/** The server's time on a machine whose clocks cannot be trusted. */
import { describe, it } from "vitest";
import { formatKst } from "../../worker/protocol/format.ts";
import { makeServerTime, type ServerTime } from "./server-time.ts";
import { makeSimulatedTime, type SimulatedTime } from "./simulated-time.ts";

const HOUR_MS = 3_600_000;

interface World {
  readonly time: SimulatedTime;
  readonly known: ServerTime;
  /** An answer that was `ms` on its way, half of it there. */
  readonly ask: (ms: number) => number;
}

function newWorld(): World {
  const time = makeSimulatedTime(Date.UTC(2025, 5, 16));
  const known = makeServerTime(time.clock);
  return {
    time,
    known,
    ask: (ms) => {
      const askedAt = time.clock.now();
      time.pass(ms / 2);
      const stated = formatKst(time.server());
      time.pass(ms / 2);
      return known.learn(stated, askedAt);
    },
  };
}

describe("the server's time", () => {
  it("[LV20] is the machine's own before the first statement, and then off by half a round trip at most", ({
    expect,
  }) => {
    const { time, known, ask } = newWorld();
    time.set(-3 * HOUR_MS);
    expect([known.now(), known.isKnown()]).toEqual([time.server() - 3 * HOUR_MS, false]);
    const askedAt = time.clock.now();
    const stated = formatKst(time.server());
    time.pass(400);
    known.learn(stated, askedAt);
    expect(known.now()).toBe(time.server() - 200);
    ask(20);
    expect(Math.abs((known.now() ?? 0) - time.server())).toBeLessThanOrEqual(10);
    ask(2_000);
    expect(Math.abs((known.now() ?? 0) - time.server())).toBeLessThanOrEqual(10);
    expect(known.isKnown()).toBe(true);
  });

  it("[LV20] does not move with a clock that is set back", ({ expect }) => {
    const { time, known, ask } = newWorld();
    ask(0);
    time.set(-5 * HOUR_MS);
    time.pass(60_000);
    expect([known.now(), known.isKnown()]).toEqual([time.server(), true]);
  });

  it("[LV20] is unknown after a leap of the clock, until the server states whether the machine slept", ({
    expect,
  }) => {
    const set = newWorld();
    set.ask(0);
    set.time.set(5 * HOUR_MS);
    expect([set.known.now(), set.known.isKnown()]).toEqual([null, false]);
    expect([set.ask(0), set.known.now()]).toEqual([0, set.time.server()]);

    const slept = newWorld();
    slept.ask(0);
    slept.time.sleep(HOUR_MS, true);
    expect([slept.known.now(), slept.known.isKnown()]).toEqual([null, false]);
    expect([slept.ask(0), slept.known.now()]).toEqual([HOUR_MS, slept.time.server()]);
    expect(slept.ask(0)).toBe(0);
  });

  it("[LV20] finds a sleep after the clock was set back, and needs none where the monotonic clock went on", ({
    expect,
  }) => {
    const { time, known, ask } = newWorld();
    ask(0);
    time.set(-5 * HOUR_MS);
    known.now();
    time.sleep(HOUR_MS, true);
    expect(known.now()).toBeNull();
    expect([ask(0), known.now()]).toEqual([HOUR_MS, time.server()]);
    time.sleep(HOUR_MS, false);
    expect([known.now(), known.isKnown()]).toEqual([time.server(), true]);
  });

  it("[LV20] takes a server whose own clock was wrong for no sleep", ({ expect }) => {
    const { time, known } = newWorld();
    known.learn(formatKst(time.server() - HOUR_MS), time.clock.now());
    expect(known.learn(formatKst(time.server()), time.clock.now())).toBe(0);
    expect(known.now()).toBe(time.server());
  });
});
