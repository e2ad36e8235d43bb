import { afterEach, beforeEach, describe, it } from "vitest";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { type ServedAnswer, type ServedVendor, serveVendor } from "../../testing/fakes/serve-vendor.ts";
import { makeAlertTargets } from "./alert-target.ts";
import { makeDnsOverHttps } from "./dns-over-https.ts";

const NAME = "hooks.radar-check.com";

describe("names resolved by DNS over HTTPS", () => {
  let server: ServedVendor;
  let answer: (type: string) => ServedAnswer;
  const asked: string[] = [];
  const log = new MemoryLog();

  beforeEach(async () => {
    asked.length = 0;
    log.lines.length = 0;
    answer = () => Response.json({ Status: 0 });
    server = await serveVendor((request) => {
      const url = new URL(request.url);
      asked.push(`${url.pathname}${url.search} ${request.headers.get("accept") ?? ""}`);
      return answer(url.searchParams.get("type") ?? "");
    });
  });

  afterEach(() => server.end());

  const resolver = (patienceMs = 8_000) =>
    makeDnsOverHttps({ fetch: (request) => fetch(request), url: `${server.url}/dns-query`, log, patienceMs });
  const record = (type: number, data: string) => ({ name: NAME, type, TTL: 60, data });

  it("[AL43] gives the addresses of both kinds, aliases left out", async ({ expect }) => {
    answer = (type) =>
      Response.json({
        Status: 0,
        Answer:
          type === "A"
            ? [record(5, "edge.radar-check.com."), record(1, "1.1.1.1"), record(1, "1.0.0.1")]
            : [record(28, "2606:4700:4700::1111"), record(46, "A 8 2 300 ...")],
      });
    expect(await resolver()(NAME)).toEqual(["1.1.1.1", "1.0.0.1", "2606:4700:4700::1111"]);
    expect(asked.toSorted()).toEqual([
      `/dns-query?name=${NAME}&type=A application/dns-json`,
      `/dns-query?name=${NAME}&type=AAAA application/dns-json`,
    ]);
    expect(log.lines).toEqual([]);
  });

  it("[AL43] a name that does not exist, or has none, has no addresses", async ({ expect }) => {
    expect(await resolver()(NAME)).toEqual([]);
    answer = () => Response.json({ Status: 3 });
    expect(await resolver()(NAME)).toEqual([]);
  });

  it("[AL43] one kind that is answered counts without the other", async ({ expect }) => {
    answer = (type) => (type === "A" ? Response.json({ Status: 0, Answer: [record(1, "10.0.0.1")] }) : "cut");
    expect(await resolver()(NAME)).toEqual(["10.0.0.1"]);
    expect(log.lines).toEqual([
      {
        level: "warn",
        event: "alert_name_not_resolved",
        fields: { host: NAME, type: "AAAA", error: expect.stringMatching(/^TypeError/) },
      },
    ]);
  });

  it("[AL43] what cannot be read, is too long or does not come is no answer", async ({ expect }) => {
    const pages: readonly (() => ServedAnswer)[] = [
      () => new Response("<html>blocked</html>"),
      () => Response.json({ Status: 2 }),
      () => Response.json({ Status: 0 }, { status: 503 }),
      () => new Response(null, { status: 302, headers: { location: server.url } }),
      () => Response.json({ Status: 0, Answer: [{ type: 1 }] }),
      () => Response.json({ Status: 0, Answer: Array(101).fill(record(1, "1.1.1.1")) }),
      () => Response.json({ Status: 0, pad: "x".repeat(70_000) }),
      () => "cut",
    ];
    for (const page of pages) {
      answer = page;
      log.lines.length = 0;
      expect(await resolver()(NAME)).toBeNull();
      expect(log.lines.map(({ event }) => event)).toEqual(Array(2).fill("alert_name_not_resolved"));
    }
    answer = () => "silent";
    expect(await resolver(50)(NAME)).toBeNull();
  });

  it("[AL41] an address of the inner network refuses the target whose name has it", async ({ expect }) => {
    const targets = makeAlertTargets({ exempt: "", resolve: resolver(), log });
    answer = (type) => Response.json({ Status: 0, Answer: type === "A" ? [record(1, "192.168.0.10")] : [] });
    expect(await targets.refusal(`https://${NAME}/x`)).toMatch(/not a public one/);
    answer = (type) => Response.json({ Status: 0, Answer: type === "A" ? [record(1, "8.8.8.8")] : [] });
    expect(await targets.refusal(`https://${NAME}/x`)).toBeNull();
  });
});
