/** A page behind a proxy that lets no socket through, over the simulated market. */
import { createRoot } from "solid-js";
import { describe, it, vi } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import { makeRandom } from "../../worker/testing/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createExchange } from "./exchange.ts";
import { createLiveSocket } from "./live-socket.ts";
import { type LiveWorld, makeLiveWorld, settleRequests } from "./live-world.ts";
import { createSignals } from "./signals.ts";

async function pass(world: LiveWorld, ms: number): Promise<void> {
  world.time.pass(ms);
  await settleRequests();
}

describe("polling", () => {
  it("[LV15] asks REST every 10 s where no socket comes through, says so, and follows the socket when one does", async ({
    expect,
  }) => {
    const [row] = ROWS;
    assert(row !== undefined, "The stub has rows");
    const world = makeLiveWorld(makeRandom(7), row, []);
    vi.stubGlobal("fetch", world.fetch);
    world.market.server.isUp = false;
    world.market.putSignal("s1", "READY");
    const { live, signals, end } = createRoot((dispose) => {
      const connection = createLiveSocket(world.platform);
      const exchange = createExchange(connection);
      return { live: connection, signals: createSignals(connection, exchange), end: dispose };
    });
    await pass(world, 5_000);
    world.asked.length = 0;
    expect(live.status().state).not.toBe("polling");
    for (let k = 0; k < 60; k++) {
      await pass(world, 1_000);
    }
    expect(live.status().state).toBe("polling");
    const rounds = world.asked.filter((path) => path.startsWith("/api/kr/signals")).length;
    expect(rounds).toBeGreaterThanOrEqual(3);
    expect(rounds).toBeLessThanOrEqual(7);
    world.market.putSignal("s2", "TRIGGERED");
    for (let k = 0; k < 11; k++) {
      await pass(world, 1_000);
    }
    expect(
      signals
        .value()
        ?.signals.map(({ id }) => id)
        .toSorted(),
    ).toEqual(["s1", "s2"]);
    world.market.server.isUp = true;
    for (let k = 0; k < 30; k++) {
      await pass(world, 1_000);
    }
    expect(live.status().state).not.toBe("polling");
    const before = world.asked.length;
    for (let k = 0; k < 30; k++) {
      await pass(world, 1_000);
    }
    expect(world.asked.length).toBe(before);
    world.market.putSignal("s3", "READY");
    await pass(world, 2_000);
    expect(signals.value()?.count).toBe(3);
    end();
    vi.unstubAllGlobals();
  });
});
