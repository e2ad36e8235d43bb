/** Which of two states of a scan a page shows, when one comes live and the other by REST. */
import { describe, it, vi } from "vitest";
import type { ScanUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { STATUS } from "../e2e/stub-market.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { SimulatedTopic } from "../live/simulated-topic.ts";
import { type ActiveExchange, createExchange } from "./exchange.ts";
import { type LiveWorld, makeLiveWorld, pass, stageStores } from "./live-world.ts";
import type { Remote } from "./remote.ts";
import { createScanStatus } from "./scan-status.ts";

const AT = "2025-06-13T18:21:04.000+09:00";
const RUN_ID = "run-next";
const RUNNING: ScanUpdate["data"] = {
  run_id: RUN_ID,
  stage: "reading",
  done: 300,
  total: 2_700,
  ended: null,
};
const ENDED: ScanUpdate["data"] = {
  run_id: null,
  stage: "idle",
  done: 0,
  total: 0,
  ended: { run_id: RUN_ID, status: "done", saved: 1, reason: null },
};
const BEGUN: ScanStatus = {
  ...STATUS,
  progress: { run_id: RUN_ID, stage: "reading", done: 0, total: 2_700 },
};

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], []));

interface Scene {
  readonly world: LiveWorld;
  readonly status: Remote<ScanStatus>;
  readonly exchange: ActiveExchange;
  /** Sends on the topic of scans. */
  readonly scan: (data: ScanUpdate["data"]) => Promise<void>;
  /** Answers the oldest request that has no answer yet. */
  readonly answer: (body: ScanStatus) => Promise<void>;
  /** Requests so far. */
  readonly asked: () => number;
}

async function open(): Promise<Scene> {
  const world = newWorld(3);
  let latest: object = {};
  const topic = new SimulatedTopic("scan", { isStream: false, snapshot: () => latest });
  world.market.server.topics.set("scan", topic);
  let requests: { readonly resolve: (response: Response) => void; readonly abort: AbortSignal }[] = [];
  let asked = 0;
  vi.stubGlobal(
    "fetch",
    async (_path: string, { signal }: { readonly signal: AbortSignal }) =>
      new Promise<Response>((resolve) => {
        asked += 1;
        requests.push({ resolve, abort: signal });
      }),
  );
  const { status, exchange } = onPage(world, (live) => {
    const followed = createExchange(live);
    return { exchange: followed, status: createScanStatus(live, followed) };
  });
  await pass(world, 5_000);
  return {
    world,
    status,
    exchange,
    asked: () => asked,
    scan: async (data) => {
      latest = { type: "scan_update", exchange: "KRX", data, timestamp: AT };
      world.market.server.publish("scan", topic.append(latest));
      await pass(world, 1_000);
    },
    answer: async (body) => {
      const [oldest, ...others] = requests.filter(({ abort }) => !abort.aborted);
      requests = others;
      oldest?.resolve(Response.json(body));
      await pass(world, 10);
    },
  };
}

describe("the state of a scan", () => {
  it("[UI39] a progress that came while a request was on its way is not lost to its older answer", async ({
    expect,
  }) => {
    const { status, scan, answer, world } = await open();
    await scan(RUNNING);
    await answer(STATUS);
    expect(status.value()?.progress).toMatchObject(RUNNING);
    expect(status.value()?.last_run).toEqual(STATUS.last_run);
    void status.reload();
    await pass(world, 10);
    await scan({ ...RUNNING, done: 900 });
    await answer(BEGUN);
    expect(status.value()?.progress.done).toBe(900);
    void status.reload();
    await pass(world, 10);
    await answer({ ...BEGUN, progress: { ...BEGUN.progress, done: 1_200 } });
    expect(status.value()?.progress.done).toBe(1_200);
  });

  it("[UI39] an end that came while a request was on its way is asked for anew", async ({ expect }) => {
    const { status, scan, answer, asked, world } = await open();
    await answer(STATUS);
    void status.reload();
    await pass(world, 10);
    const before = asked();
    await scan(ENDED);
    expect(asked()).toBe(before + 1);
    const last_run = { ...(STATUS.last_run ?? expect.unreachable()), id: RUN_ID };
    await answer({ ...STATUS, last_run });
    expect([status.value()?.last_run?.id, status.value()?.progress.stage]).toEqual([RUN_ID, "idle"]);
    await scan(ENDED);
    expect(asked()).toBe(before + 1);
  });

  it("[UI39] a progress of the exchange before is not shown with an answer of the next", async ({
    expect,
  }) => {
    const { status, exchange, scan, answer } = await open();
    await answer(STATUS);
    exchange.learn("DEMO");
    await scan(RUNNING);
    await answer({ ...STATUS, exchange: "DEMO" });
    expect(status.value()).toMatchObject({ exchange: "DEMO", progress: { stage: "idle" } });
  });
});
