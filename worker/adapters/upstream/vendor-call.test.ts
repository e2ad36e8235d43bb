import { describe, it } from "vitest";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryUpstreamStore } from "../../testing/memory/memory-upstream-store.ts";
import { countedCalls, makeDailyLimits } from "./daily-limits.ts";
import type { Surroundings } from "./surroundings.ts";
import { callVendor, type VendorCall } from "./vendor-call.ts";

const CALL: VendorCall = {
  vendor: "krx",
  doing: "answer the test",
  request: () => new Request("http://vendor.invalid/x", { headers: { key: "a-secret" } }),
  maxBytes: 100,
};

function stage(answers: readonly (() => Response | Promise<Response>)[]) {
  const clock = new VirtualClock(Date.parse("2026-09-14T08:05:00+09:00"));
  const store = new MemoryUpstreamStore();
  const log = new MemoryLog();
  const requests: Request[] = [];
  const surroundings: Surroundings = {
    fetch: async (request) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      return answer === undefined ? Response.error() : answer();
    },
    clock,
    wait: clock.wait,
    random: () => 0.5,
    log,
    store,
    limits: makeDailyLimits({ store, clock, wait: clock.wait, log }),
  };
  return { surroundings, requests, log, clock, counted: () => countedCalls("krx", store, clock) };
}

const refuse = (): never => {
  throw new TypeError("fetch failed");
};

describe("a call of a vendor", () => {
  it("[UP3] what may help is tried three times, with a growing pause, each try counted and logged", async ({
    expect,
  }) => {
    const { surroundings, requests, log, clock, counted } = stage([
      () => new Response("", { status: 500 }),
      refuse,
      () => new Response("fine"),
    ]);
    const before = clock.now();
    const reply = await callVendor(CALL, surroundings);
    expect([reply.status, new TextDecoder().decode(reply.bytes)]).toEqual([200, "fine"]);
    expect([requests.length, await counted(), clock.now() - before]).toEqual([3, 3, 3_000]);
    expect(log.lines.map(({ event }) => event)).toEqual(["vendor_call_repeated", "vendor_call_repeated"]);
  });

  it("[UP3] a call may state how often it is tried, what is worth it, and what its reply lacks", async ({
    expect,
  }) => {
    const { surroundings, requests, counted } = stage([() => new Response("later")]);
    const call: VendorCall = {
      ...CALL,
      tries: 5,
      isWorthRetry: () => true,
      describe: () => "it comes later",
    };
    await expect(callVendor(call, surroundings)).rejects.toMatchObject({
      message: "KRX failed to answer the test: it comes later",
      retryable: true,
    });
    expect([requests.length, await counted()]).toEqual([5, 5]);
    await expect(callVendor({ ...call, tries: 1 }, surroundings)).rejects.toMatchObject({ retryable: true });
    expect([requests.length, await counted()]).toEqual([6, 6]);
  });

  it("[UP3] it fails for now after the last try, and the error holds no secret", async ({ expect }) => {
    const { surroundings, requests } = stage([refuse]);
    await expect(callVendor(CALL, surroundings)).rejects.toMatchObject({
      name: "NeighbourError",
      neighbour: "KRX",
      retryable: true,
      message: expect.not.stringContaining("a-secret"),
    });
    expect(requests.length).toBe(3);
  });

  it.for([
    ["an answer without end", () => new Response("x".repeat(101))],
    [
      "a redirect",
      () => new Response("", { status: 302, headers: { location: "http://elsewhere.invalid/" } }),
    ],
  ] as const)("[UP4] %s is refused, once", async ([, answer], { expect }) => {
    const { surroundings, requests } = stage([answer]);
    await expect(callVendor(CALL, surroundings)).rejects.toMatchObject({ retryable: false });
    expect(requests.map(({ redirect }) => redirect)).toEqual(["manual"]);
  });

  it("[UP4] a refusal of the vendor is an answer, and is not tried again", async ({ expect }) => {
    const { surroundings, requests } = stage([() => new Response("{}", { status: 401 })]);
    expect((await callVendor(CALL, surroundings)).status).toBe(401);
    expect(requests.length).toBe(1);
  });
});
