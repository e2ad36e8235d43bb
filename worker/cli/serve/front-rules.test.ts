import { describe, it } from "vitest";
import { closedReason } from "./front-rules.ts";

describe("what the front refuses", () => {
  it.for([
    "localhost:8787",
    "127.0.0.1:8787",
    "127.9.8.7",
    "[::1]:8787",
    "radar.localhost",
    "RADAR.example:80",
  ])("[CL42] takes %s, a name of this machine or one that was given", (host, { expect }) => {
    expect(closedReason(host, "/api/health", ["radar.example"])).toBeNull();
  });

  it.for([
    "evil.example:8787",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "192.168.1.9:8787",
    "0.0.0.0:8787",
    "",
    "a b",
    undefined,
  ])("[CL42] refuses the name %o on every path", (host, { expect }) => {
    for (const path of ["/", "/api/health", "/ws", "/docs", "/assets/x.js"]) {
      expect(closedReason(host, path, ["radar.example"])?.status).toBe(421);
    }
  });

  it.for([
    "/cdn-cgi/local/scheduled",
    "/cdn-cgi/handler/scheduled?cron=x",
    "/cdn-cgi/mf/scheduled",
    "/cdn-cgi/explorer",
    "/cdn-cgi/local/explorer/api/d1/database",
    "/cdn-cgi/local/email",
    "/cdn-cgi/local/platform-proxy",
    "/cdn-cgi/live-reload",
    "/cdn-cgi",
    "/__scheduled?cron=x",
    "/__cf_local/stream/x",
    "/x/../cdn-cgi/explorer",
    "/./cdn-cgi/explorer",
    "/x/%2e%2e/cdn-cgi/explorer",
    "//cdn-cgi/explorer",
    "/\\cdn-cgi/explorer",
  ])("[CL43] has nothing at %s", (path, { expect }) => {
    expect(closedReason("localhost", path, [])?.status).toBe(404);
  });

  it("[CL43] takes the paths of the product, and none that is no path", ({ expect }) => {
    for (const path of ["/", "/ws?subscribe=a", "/api/kr/signals", "/signals/cdn-cgi", "/cdn-cgi-notes"]) {
      expect(closedReason("localhost", path, [])).toBeNull();
    }
    expect(closedReason("localhost", "http://evil.example/cdn-cgi/x", [])?.status).toBe(400);
    expect(closedReason("localhost", "*", [])?.status).toBe(400);
  });
});
