import { describe, it } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createGap, type Gap } from "./gap.ts";
import type { LiveConnection } from "./live-socket.ts";
import { type LiveWorld, makeLiveWorld, marketOf, pass, stageStores } from "./live-world.ts";
import type { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], []));

function build(live: LiveConnection) {
  const market = marketOf(live);
  return { ...market, gap: createGap(live, market.signals) };
}

function open(world: LiveWorld) {
  return onPage(world, build);
}

function states({ signals }: SignalsBody): string {
  return signals.map(({ id, state }) => `${id} ${state}`).join(", ");
}

function both(gap: Gap | null): readonly [string, string] | null {
  return gap && [states(gap.before), states(gap.after)];
}

/** Ends the line; `meanwhile` happens before another is open. */
async function lose(world: LiveWorld, ms: number, meanwhile: () => void): Promise<void> {
  world.market.server.cut();
  meanwhile();
  await pass(world, ms);
}

describe("a gap of the connection", () => {
  it("[UI126] is from the list at the loss to the one at the recovery, and stays", async ({ expect }) => {
    const world = newWorld(1);
    const { market } = world;
    market.putSignal("a", "FORMING");
    const page = open(world);
    await pass(world, 5_000);
    market.putSignal("a", "READY");
    await pass(world, 1_000);
    expect(page.gap()).toBeNull();
    market.server.isUp = false;
    await lose(world, 20_000, () => market.putSignal("a", "TRIGGERED"));
    expect(page.gap()).toBeNull();
    market.server.isUp = true;
    await pass(world, 30_000);
    expect(both(page.gap())).toEqual(["a READY", "a TRIGGERED"]);
    expect(page.gap()?.seconds).toBeGreaterThan(19);
    market.putSignal("a", "CONFIRMED");
    await pass(world, 60_000);
    expect(both(page.gap())).toEqual(["a READY", "a TRIGGERED"]);
  });

  it("[UI253] that begins before the first rows is from the first rows that were shown in it", async ({
    expect,
  }) => {
    const world = newWorld(2);
    const { market } = world;
    world.isRestDown = true;
    const page = open(world);
    // The socket is there before REST has answered, and is lost at once.
    for (let i = 0; i < 100 && page.live.connection().phase.name !== "open"; i++) {
      await pass(world, 10);
    }
    market.server.isUp = false;
    market.server.cut();
    expect([page.live.connection().phase.name, page.signals.value()]).toEqual(["waiting", null]);
    market.putSignal("a", "READY");
    world.isRestDown = false;
    await page.signals.reload();
    await pass(world, 1_000);
    market.putSignal("a", "TRIGGERED");
    market.server.isUp = true;
    await pass(world, 60_000);
    expect(both(page.gap())).toEqual(["a READY", "a TRIGGERED"]);
  });

  it("[UI253] that begins before the first socket is open is from the rows of REST", async ({ expect }) => {
    const world = newWorld(7);
    const { market } = world;
    market.server.isSilent = true;
    market.putSignal("a", "READY");
    const page = open(world);
    await pass(world, 100);
    expect([page.live.connection().phase.name, page.signals.value()?.count]).toEqual(["connecting", 1]);
    world.time.sleep(3_600_000, false);
    market.putSignal("a", "TRIGGERED");
    market.server.isSilent = false;
    await pass(world, 60_000);
    expect(both(page.gap())).toEqual(["a READY", "a TRIGGERED"]);
    expect(page.gap()?.seconds).toBeGreaterThanOrEqual(3_600);
  });

  it("[UI253] right behind another is a gap of its own, from what the first one brought", async ({
    expect,
  }) => {
    const world = newWorld(3);
    const { market } = world;
    market.putSignal("a", "FORMING");
    const page = open(world);
    await pass(world, 5_000);
    await lose(world, 0, () => market.putSignal("a", "READY"));
    for (let i = 0; i < 100 && page.live.status().state !== "recovered"; i++) {
      await pass(world, 100);
    }
    expect(both(page.gap())).toEqual(["a FORMING", "a READY"]);
    await lose(world, 10_000, () => market.putSignal("a", "TRIGGERED"));
    expect(both(page.gap())).toEqual(["a READY", "a TRIGGERED"]);
  });

  it("[UI253] of a page that is paused ends with the list that the pause held back", async ({ expect }) => {
    const world = newWorld(4);
    const { market } = world;
    market.putSignal("a", "FORMING");
    const page = open(world);
    await pass(world, 5_000);
    page.live.pause();
    await lose(world, 20_000, () => market.putSignal("a", "TRIGGERED"));
    expect(both(page.gap())).toEqual(["a FORMING", "a FORMING"]);
    expect(page.live.status().state).toBe("paused");
    page.live.resume();
    await pass(world, 1_000);
    expect(both(page.gap())).toEqual(["a FORMING", "a TRIGGERED"]);
    market.putSignal("a", "CONFIRMED");
    await pass(world, 1_000);
    expect(both(page.gap())).toEqual(["a FORMING", "a TRIGGERED"]);
  });

  it("[UI253] of a tab that was out of sight begins with what it showed last", async ({ expect }) => {
    const world = newWorld(6);
    const { market } = world;
    const document = Object.assign(new EventTarget(), { hidden: false });
    const wakes = { window: new EventTarget(), document, navigator: { onLine: true } };
    market.putSignal("a", "FORMING");
    const page = open({ ...world, platform: { ...world.platform, wakes } });
    const setHidden = (isHidden: boolean): void => {
      document.hidden = isHidden;
      document.dispatchEvent(new Event("visibilitychange"));
    };
    await pass(world, 5_000);
    setHidden(true);
    await pass(world, 400_000);
    expect(page.live.status().state).toBe("idle");
    market.putSignal("a", "TRIGGERED");
    setHidden(false);
    await pass(world, 10_000);
    expect(both(page.gap())).toEqual(["a FORMING", "a TRIGGERED"]);
  });
});
