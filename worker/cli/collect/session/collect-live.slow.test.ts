/** `npm run collect -- --live` as a process, before the shipped session and the fake of Kiwoom. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import { type PushedStage, stagePushed } from "../../../testing/days/pushed-stage.ts";
import { type ServedLive, serveLive } from "../../../testing/days/served-live.ts";
import { OWNER_TOKEN } from "../../../testing/memory/memory-ports.ts";
import { type RunningCollect, startCollect } from "../../../testing/stage/collect-process.ts";
import { KIWOOM_APP_KEY, KIWOOM_SECRET_KEY } from "../../../testing/stage/kiwoom-stage.ts";
import { eventuallyTrue } from "../../../testing/eventually.ts";

let folder = "";
let stage: PushedStage;
let served: ServedLive;
const running = new Set<RunningCollect>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vcp-live-"));
  stage = await stagePushed();
  served = await serveLive(stage);
});

afterEach(async () => {
  for (const one of running) {
    one.kill();
  }
  running.clear();
  await served.end();
  await stage.end();
  rmSync(folder, { recursive: true, force: true });
});

function start(keys: Readonly<Record<string, string>> = {}): RunningCollect {
  const run = startCollect(["--live", "--to", served.url, "--state", folder], {
    OWNER_TOKEN,
    MARKET_SOURCES: "kiwoom",
    KIWOOM_APP_KEY,
    KIWOOM_SECRET_KEY,
    KIWOOM_REST_BASE: stage.kiwoom.url,
    KIWOOM_WS_URL: stage.kiwoom.url.replace("http:", "ws:"),
    ...keys,
  });
  running.add(run);
  return run;
}

const isLive = (): boolean => stage.driver.view().status.state === "live";

describe("npm run collect -- --live", () => {
  it("[KW24] killed in session and begun again it goes on", async ({ expect }) => {
    const first = start();
    await eventuallyTrue(isLive);
    expect(stage.driver.view().status).toMatchObject({ source: "kiwoom", state: "live" });
    first.kill();
    await eventuallyTrue(() => !isLive());
    start();
    await eventuallyTrue(isLive);
    // One token for both, and no secret in what was written.
    expect([served.machines, stage.kiwoom.fake.calls.get("au10001")]).toEqual([2, 1]);
    const { out, err } = await first.ended;
    expect(out + err).not.toContain(KIWOOM_SECRET_KEY);
  });

  it("[KW25] without a key of an account it is wrong usage, and names what is missing", async ({
    expect,
  }) => {
    const none = await start({ KIWOOM_APP_KEY: "", MARKET_SOURCES: "krx", KRX_AUTH_KEY: "k" }).ended;
    expect([none.code, none.err]).toEqual([2, expect.stringContaining("KIWOOM_APP_KEY")]);
  });
});
