/** The owner moves the demo's clock; the health of the Worker shows the feed. */
import * as v from "valibot";
import { describe, it } from "vitest";
import type { FeedCommand, FeedStatus, OwnedFeedPort, QuotingFeed } from "../../app/ports/live.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";

const STATUS: FeedStatus = {
  exchange: "DEMO",
  state: "paused",
  source: "demo",
  clock: Date.UTC(2025, 10, 3, 1),
  session: "open",
  tickers: 2_700,
};

function setUp(overrides: Partial<OwnedFeedPort> = {}) {
  const commands: FeedCommand[] = [];
  const feed: OwnedFeedPort & QuotingFeed = {
    want: () => Promise.resolve([]),
    tickers: () => Promise.resolve(null),
    status: () => Promise.resolve(STATUS),
    command: (command) => {
      commands.push(command);
      return Promise.resolve(STATUS);
    },
    failures: () => Promise.resolve([]),
    followSwitch: () => Promise.resolve(),
    applied: () => Promise.resolve(null),
    latest: () => Promise.resolve({ prices: [], indices: [] }),
    ...overrides,
  };
  const ports = makeMemoryPorts({ feed: () => feed });
  const post = (body: unknown, token = OWNER_TOKEN) =>
    ask(makeApp(ports), "/api/admin/demo", asOwner(token, "POST", JSON.stringify(body)));
  return { ports, commands, post };
}

describe("/api/admin/demo", () => {
  it.for([
    [{ pause: true }, "pause"],
    [{ resume: true }, "resume"],
    [{ advance: "tick" }, "advance_tick"],
    [{ advance: "session" }, "advance_session"],
  ] as const)("[RT22] carries out %o as %s", async ([body, command], { expect }) => {
    const { commands, post } = setUp();
    const { status, json } = await post(body);
    expect([status, commands]).toEqual([200, [command]]);
    expect(json).toEqual({
      exchange: "DEMO",
      feed: { ...STATUS, clock: "2025-11-03T10:00:00.000+09:00" },
    });
  });

  it.for([
    {},
    { pause: false },
    { pause: true, resume: true },
    { advance: "week" },
    { fault: "crash" },
    { fault: "hold_publish" },
    { advance: "tick", more: 1 },
  ])("[RT22] refuses %o", async (body, { expect }) => {
    const { commands, post } = setUp();
    expect((await post(body)).status).toBe(400);
    expect(commands).toEqual([]);
  });

  it("[RT22] is the owner's, and leaves a demo alone that is not active", async ({ expect }) => {
    const { ports, commands, post } = setUp();
    expect((await post({ pause: true }, "another")).status).toBe(401);
    ports.settings.exchange = "KRX";
    const { status, json } = await post({ pause: true });
    expect([status, v.parse(Problem, json).type]).toEqual([409, "/problems/demo-inactive"]);
    expect(commands).toEqual([]);
  });
});

describe("health", () => {
  it("[RT22a] shows where live prices stand, and null without a feed", async ({ expect }) => {
    const { ports } = setUp();
    const { json } = await ask(makeApp(ports), "/api/health");
    expect(v.parse(HealthBody, json).feed).toMatchObject({ state: "paused", tickers: 2_700 });
    const without = await ask(makeApp(makeMemoryPorts()), "/api/health");
    expect(v.parse(HealthBody, without.json).feed).toBeNull();
  });

  it("[RT20a] shows the session of the demo's calendar", async ({ expect }) => {
    const { json } = await ask(makeApp(setUp().ports), "/api/kr/calendar");
    expect(json).toMatchObject({ session: { state: "open", date: "2025-11-03", opens_at: null } });
  });

  it("[RT22a] is 503 when the feed fails", async ({ expect }) => {
    const { ports } = setUp({ status: () => Promise.reject(new Error("gone")) });
    const { status, text } = await ask(makeApp(ports), "/api/health");
    expect(status).toBe(503);
    expect(text).toContain("MarketFeed");
  });
});
