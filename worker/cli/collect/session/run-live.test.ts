import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { type PushedStage, stagePushed } from "../../../testing/days/pushed-stage.ts";
import { type ServedLive, serveLive } from "../../../testing/days/served-live.ts";
import { OWNER_TOKEN } from "../../../testing/memory/memory-ports.ts";
import { CommandError } from "../../terminal/command-error.ts";
import { PUSH_CLOSE } from "../../../protocol/messages/pushed-prices.ts";
import type { CollectArgs } from "../collect-args.ts";
import type { OpenedVendors } from "../opened-vendors.ts";
import type { VendorEnv } from "../vendor-env.ts";
import { codeOfLive, describeLive, type LiveOutcome } from "./live-report.ts";
import { runLive } from "./run-live.ts";
import { eventuallyTrue } from "../../../testing/eventually.ts";

const ENV: VendorEnv = {
  ids: ["kiwoom"],
  env: {
    MARKET_SOURCES: "kiwoom",
    KRX_BASE: "",
    KIS_REST_BASE: "",
    KIS_MASTER_BASE: "",
    KIWOOM_REST_BASE: "",
    KIS_WS_URL: "",
    KIWOOM_WS_URL: "",
    LIVE_SLOTS: "",
  },
};

let stage: PushedStage;
let served: ServedLive;
/** Nothing more is looked at before the end: each wait is over at once, and the clock is where it ends. */
let goesOn: boolean;

beforeEach(async () => {
  vi.stubEnv("OWNER_TOKEN", OWNER_TOKEN);
  goesOn = false;
  stage = await stagePushed();
  served = await serveLive(stage);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await served.end();
  await stage.end();
});

const argsTo = (url: string): CollectArgs => ({
  to: new URL(url),
  sessions: 400,
  watch: false,
  live: true,
  check: false,
  state: "",
});

/** The machine's clock is the stage's, and its waits end when that one has come so far. */
function opened(): OpenedVendors {
  const { clock, kiwoom } = stage.kiwoom;
  return {
    sources: {
      day: null,
      master: null,
      present: null,
      evening: { snapshot: kiwoom.snapshot, history: kiwoom.history },
      history: null,
      oracle: null,
    },
    calls: { krx: 0, kis: 0, kiwoom: 7 },
    clock: { now: () => clock.now(), aheadMs: 0 },
    live: () => stage.kiwoom.live(),
    passed: async (ms, over) => {
      const until = clock.now() + ms;
      await eventuallyTrue(() => over.aborted || goesOn || clock.now() >= until);
      if (goesOn && clock.now() < until) {
        clock.advance(until - clock.now());
      }
      return !over.aborted;
    },
  };
}

const isLive = (): boolean => stage.driver.view().status.state === "live";

/** A turn may be under way that began before the close: the one after it brings the evening. */
function afterClose(): void {
  stage.kiwoom.moveTo("2026-09-16T15:35:01");
  goesOn = true;
}

describe("a day of collect --live", () => {
  it("[KW24] waits for the opening, brings the session and its closes, and ends with one line", async ({
    expect,
  }) => {
    stage.kiwoom.moveTo("2026-09-16T08:51:00");
    const args = argsTo(served.url);
    const run = runLive(args, ENV, opened());
    // What is due, and then the past, which no session waits for.
    await eventuallyTrue(() => served.turns === 2);
    expect(served.machines).toBe(0);
    stage.kiwoom.moveTo("2026-09-16T08:58:01");
    await eventuallyTrue(() => served.machines === 1);
    stage.kiwoom.moveTo("2026-09-16T09:00:01");
    await eventuallyTrue(isLive);
    stage.kiwoom.moveTo("2026-09-16T15:32:00");
    await eventuallyTrue(() => !stage.pushed.isPresent());
    afterClose();
    const outcome = await run;
    expect(describeLive(outcome, args.to)).toMatch(
      /^Followed the session of 2026-09-16 for http:\S+: \d+ trades of 1 names over 1 connection of kiwoom; its closes are stored; calls: 7 of kiwoom\.$/,
    );
    expect([codeOfLive(outcome), served.hasEvening, stage.kiwoom.fake.socket.faults]).toEqual([0, true, []]);
  });

  it("[KW24] ends at once where no session is left, with what is due besides", async ({ expect }) => {
    stage.kiwoom.moveTo("2026-09-16T15:40:00");
    const args = argsTo(served.url);
    const outcome = await runLive(args, ENV, opened());
    expect([outcome.counts, outcome.hasEvening, codeOfLive(outcome)]).toEqual([null, true, 0]);
    expect(describeLive(outcome, args.to)).toMatch(/^No session to follow for http:\S+: 2026-09-16 has none/);
  });

  it("[KW23] a socket to the Worker that breaks is opened again, and one that another machine took is not", async ({
    expect,
  }) => {
    const run = runLive(argsTo(served.url), ENV, opened());
    const ended = expect(run).rejects.toThrow(CommandError);
    await eventuallyTrue(isLive);
    served.cut();
    await eventuallyTrue(() => !isLive());
    // The pause is one of the stage's clock.
    stage.kiwoom.clock.advance(5_000);
    await eventuallyTrue(() => served.machines === 2);
    await eventuallyTrue(isLive);
    expect(stage.kiwoom.fake.socket.connections).toBe(2);
    const other = stage.machine();
    await ended;
    await expect(run).rejects.toThrow(PUSH_CLOSE.replaced.reason);
    other.die();
  });

  it("[KW23] a Worker that refuses the token ends it, with what to do", async ({ expect }) => {
    vi.stubEnv("OWNER_TOKEN", "another");
    await expect(runLive(argsTo(served.url), ENV, opened())).rejects.toThrow(/OWNER_TOKEN/);
  });

  it("[KW30] a Worker that shows the demo wants no prices, which is no fault of the vendor: it names what shows the exchange", async ({
    expect,
  }) => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    vi.spyOn(stage.driver, "step").mockResolvedValue();
    const args = argsTo(served.url);
    const run = runLive(args, ENV, opened());
    await eventuallyTrue(() => served.machines === 1);
    afterClose();
    const outcome = await run;
    expect([outcome.isDemoShown, codeOfLive(outcome)]).toEqual([true, 1]);
    expect(describeLive(outcome, args.to)).toContain(`npm run use -- KRX --to ${args.to.origin}`);
    expect(written.mock.calls.map(([text]) => String(text)).join("")).toContain("No live prices yet: ");
    written.mockRestore();
  });

  it("[KW24] a vendor that refuses is the outcome, in words and by the exit code", ({ expect }) => {
    const to = new URL("https://radar.example");
    const none = { connections: 0, ticks: 0, names: 0, denied: null, detail: "" } as const;
    const outcome: LiveOutcome = {
      day: "2026-09-16",
      source: "kiwoom",
      counts: { ...none, denied: "address_not_allowed" },
      turns: 0,
      hasEvening: true,
      calls: {},
      isDemoShown: false,
    };
    const codes = (counts: LiveOutcome["counts"], turns: LiveOutcome["turns"] = 0): number =>
      codeOfLive({ ...outcome, counts, turns });
    expect(describeLive(outcome, to)).toBe(
      "Did not follow the session of 2026-09-16 for https://radar.example: kiwoom took no connection (this machine's address is not registered there); its closes are stored; no call.",
    );
    // A feed that is not shown opens none.
    expect(describeLive({ ...outcome, counts: none, isDemoShown: true }, to)).toBe(
      "Did not follow the session of 2026-09-16 for https://radar.example: the Worker shows the demo, which wants no prices of a vendor: npm run use -- KRX --to https://radar.example; its closes are stored; no call.",
    );
    const one = { ...none, connections: 1, ticks: 5, names: 2 };
    expect([codes(none), codes(one), codes(one, 1), codes(one, 3), codes(null, 3)]).toEqual([1, 0, 1, 3, 3]);
    expect(codes({ ...one, denied: "key_in_use" })).toBe(1);
  });
});
