/** A page on a machine whose clock is set, that sleeps, or whose tab is frozen: over the simulated market. */
import { describe, it } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import type { LiveStatus } from "../live/connection-status.ts";
import { type LiveWorld, makeLiveWorld, marketOf, pass, stageStores } from "./live-world.ts";
import type { LiveConnection } from "./live-socket.ts";

const HOUR_MS = 3_600_000;

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], []));

interface Page {
  readonly world: LiveWorld;
  readonly live: LiveConnection;
  /** Lets seconds pass one by one, and returns what the reader was shown after each. */
  readonly look: (seconds: number) => Promise<readonly LiveStatus[]>;
}

/** Open, with a value that is a second old. */
async function openPage(seed: number, wakes: LiveWorld["platform"]["wakes"] = null): Promise<Page> {
  const world = newWorld(seed);
  const { live } = onPage({ ...world, platform: { ...world.platform, wakes } }, marketOf);
  await pass(world, 5_000);
  world.market.moveGate();
  await pass(world, 1_000);
  return {
    world,
    live,
    look: async (seconds) => {
      const seen: LiveStatus[] = [];
      for (let k = 0; k < seconds; k++) {
        await pass(world, 1_000);
        seen.push(live.status());
      }
      return seen;
    },
  };
}

/** The age that a status claims, in seconds; `null`: none. */
function ageOf(status: LiveStatus, now: number): number | null {
  return "lastDataAt" in status && status.lastDataAt !== null ? (now - status.lastDataAt) / 1_000 : null;
}

function gapOf(seen: readonly LiveStatus[]): number | null {
  const recovered = seen.find((status) => status.state === "recovered");
  return recovered?.state === "recovered" ? recovered.gapSeconds : null;
}

/** Seconds until the line was given up; `null`: never. */
function lostAfter(seen: readonly LiveStatus[]): number | null {
  const i = seen.findIndex(({ state }) => state === "reconnecting" || state === "recovered");
  return i < 0 ? null : i + 1;
}

describe("a clock that is set", () => {
  it.for([-5, 5])(
    "[LV19] by %d h ends no socket that lives and changes no age",
    async (hours, { expect }) => {
      const { world, live, look } = await openPage(1);
      world.time.set(hours * HOUR_MS);
      const seen = await look(120);
      expect([lostAfter(seen), world.market.server.opened]).toEqual([null, 1]);
      world.market.moveGate();
      await look(1);
      expect(live.status().state).toBe("live");
      await look(9);
      expect(Math.round(ageOf(live.status(), live.now()) ?? 0)).toBe(10);
    },
  );

  it.for([-5, 5])(
    "[LV19] by %d h does not hide a line that dies, before or after",
    async (hours, { expect }) => {
      for (const isFirst of [true, false]) {
        const { world, look } = await openPage(2);
        if (isFirst) {
          world.time.set(hours * HOUR_MS);
          await look(2);
        }
        world.market.server.vanish();
        if (!isFirst) {
          await look(2);
          world.time.set(hours * HOUR_MS);
        }
        const seen = await look(60);
        expect(lostAfter(seen)).toBeLessThanOrEqual(34);
        expect(gapOf(seen)).toBeLessThanOrEqual(40);
        expect(world.market.server.connections).toBe(1);
      }
    },
  );

  it("[LV19] forward lets the page ask the server, and claim no age and no time meanwhile", async ({
    expect,
  }) => {
    const { world, live, look } = await openPage(3);
    await look(3);
    world.isRestDown = true;
    world.time.set(5 * HOUR_MS);
    await look(3);
    expect([ageOf(live.status(), live.now()), live.serverTime()]).toEqual([null, null]);
    world.isRestDown = false;
    await look(11);
    expect(world.asked.at(-1)).toBe("/api/health");
    await look(1);
    expect(Math.abs((live.serverTime() ?? 0) - world.time.server())).toBeLessThanOrEqual(1_500);
    const asked = world.asked.length;
    await look(60);
    expect(world.asked.length).toBe(asked);
  });
});

describe("a sleep", () => {
  it.for([true, false])(
    "[LV21] of an hour is found at once, wherever the clock stood still (%s), and stated as the gap",
    async (isStopped, { expect }) => {
      const { world, live, look } = await openPage(4);
      world.market.server.vanish();
      world.market.putSignal("s1", "READY");
      world.time.sleep(HOUR_MS, isStopped);
      const seen: LiveStatus[] = [];
      while (gapOf(seen) === null && seen.length < 33) {
        seen.push(...(await look(1)));
        expect(ageOf(live.status(), live.now()) ?? HOUR_MS).toBeGreaterThanOrEqual(3_600);
      }
      expect(Math.abs((gapOf(seen) ?? 0) - 3_610)).toBeLessThanOrEqual(15);
      expect(Math.abs((live.serverTime() ?? 0) - world.time.server())).toBeLessThanOrEqual(1_500);
    },
  );

  it("[LV21] that the socket survived is no gap, and the server's time is right again", async ({
    expect,
  }) => {
    const { world, live, look } = await openPage(5);
    world.time.sleep(40_000, true);
    const seen = await look(3);
    expect([lostAfter(seen), world.market.server.opened]).toEqual([null, 1]);
    expect(Math.abs((live.serverTime() ?? 0) - world.time.server())).toBeLessThanOrEqual(1_500);
    world.market.server.cut();
    expect(gapOf(await look(10))).toBeLessThanOrEqual(10);
  });

  it("[LV21] of a page without sockets lets it ask at once, and never count the round before as new", async ({
    expect,
  }) => {
    const { world, live, look } = await openPage(6);
    world.market.server.isUp = false;
    world.market.server.cut();
    await look(60);
    expect(live.status().state).toBe("polling");
    world.isRestDown = true;
    world.time.sleep(HOUR_MS, true);
    await look(1);
    expect(live.status().state).not.toBe("polling");
    world.isRestDown = false;
    await look(12);
    expect(live.status().state).toBe("polling");
    expect(Math.abs((live.serverTime() ?? 0) - world.time.server())).toBeLessThanOrEqual(1_500);
  });
});

describe("a frozen tab", () => {
  it("[LV21] that went into the page cache probes when it is shown, and is back within 33 s", async ({
    expect,
  }) => {
    for (const away of [15_000, HOUR_MS]) {
      const window = new EventTarget();
      const document = Object.assign(new EventTarget(), { hidden: false });
      const { world, look } = await openPage(7, { window, document, navigator: { onLine: true } });
      world.market.server.vanish();
      world.time.sleep(away, false);
      window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
      const seen = await look(20);
      expect(lostAfter(seen)).toBeLessThanOrEqual(9);
      expect(Math.abs((gapOf(seen) ?? 0) - away / 1_000)).toBeLessThanOrEqual(16);
    }
  });

  it("[LV21] for an hour gives up its line at the wake, whatever is still on its way on it", async ({
    expect,
  }) => {
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { hidden: false });
    const { world, look } = await openPage(8, { window, document, navigator: { onLine: true } });
    world.market.putSignal("s1", "READY");
    world.time.sleep(HOUR_MS, false);
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(Math.abs((gapOf(await look(5)) ?? 0) - 3_600)).toBeLessThanOrEqual(16);
  });

  it("[LV21] whose socket lives is probed and goes on", async ({ expect }) => {
    const { world, look } = await openPage(8);
    world.time.sleep(13_000, false);
    const before = world.market.server.heard.length;
    const seen = await look(3);
    expect([lostAfter(seen), world.market.server.opened]).toEqual([null, 1]);
    expect(world.market.server.heard.slice(before).map(({ type }) => type)).toContain("ping");
  });
});

describe("the server's time", () => {
  it("[LV20] is asked for where no socket comes through, and the machine's own before", async ({
    expect,
  }) => {
    const world = newWorld(9);
    world.market.server.isUp = false;
    world.time.set(-3 * HOUR_MS);
    const { live } = onPage(world, marketOf);
    await pass(world, 1_000);
    expect(Math.abs((live.serverTime() ?? 0) - world.time.clock.wall())).toBeLessThanOrEqual(1_000);
    for (let k = 0; k < 60; k++) {
      await pass(world, 1_000);
    }
    expect(Math.abs((live.serverTime() ?? 0) - world.time.server())).toBeLessThanOrEqual(1_000);
  });
});
