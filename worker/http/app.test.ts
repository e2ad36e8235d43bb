/** What every answer has in common: caching and security headers. */
import { describe, it } from "vitest";
import { ask, asOwner } from "../testing/ask.ts";
import { makeMemoryPorts, OWNER_TOKEN } from "../testing/memory-ports.ts";
import { makeApp } from "./app.ts";

describe("headers", () => {
  it("[RT5] answers 304 while a list stays the same, however late it is asked again", async ({ expect }) => {
    const ports = makeMemoryPorts();
    let now = ports.clock.now();
    const app = makeApp({ ...ports, clock: { now: () => now } });
    const first = await ask(app, "/api/kr/signals");
    now += 60_000;
    const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
    const second = await ask(app, "/api/kr/signals", { headers });
    expect([first.status, second.status, second.text]).toEqual([200, 304, ""]);
    expect(second.headers.get("Cache-Control")).toBe("no-cache");
    ports.settings.exchange = "KRX";
    expect((await ask(app, "/api/kr/signals", { headers })).status).toBe(200);
  });

  it("[RT5] lets nothing be kept but market data", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts());
    const kept = await Promise.all(
      ["/api/kr/signals", "/api/health", "/api/kr/none"].map((path) => ask(app, path)),
    );
    expect(kept.map(({ headers }) => headers.get("Cache-Control"))).toEqual([
      "no-cache",
      "no-store",
      "no-store",
    ]);
    const owner = await ask(app, "/api/admin/exchange", asOwner(OWNER_TOKEN, "GET"));
    expect(owner.headers.get("Cache-Control")).toBe("no-store");
  });

  it("[RT5a] carries the security headers on answers and on errors, and opens no other origin", async ({
    expect,
  }) => {
    const app = makeApp(makeMemoryPorts());
    for (const path of ["/api/kr/signals", "/api/kr/none", "/api/kr/signals?limit=x"]) {
      const { headers } = await ask(app, path, { headers: { Origin: "https://elsewhere.example" } });
      expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("X-Frame-Options")).toBe("DENY");
      expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
  });
});
