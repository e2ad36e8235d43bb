/** In workerd, where the owner's token is compared: what the guard of the readers lets out of the alert log. */
import { describe, it } from "vitest";
import { makeAlert } from "../../testing/builders/alert-builder.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

/** Ten of KRX and ten of the demo, by turns. */
async function stage(): Promise<MemoryPorts> {
  const ports = makeMemoryPorts();
  await ports.alertLog.append(
    Array.from({ length: 20 }, (_, i) =>
      makeAlert({ id: `e${i + 1}`, exchange: i % 2 === 0 ? "KRX" : "DEMO" }),
    ),
  );
  return ports;
}

describe("the events of a private exchange, for whoever has not logged in", () => {
  const privately = (ports: MemoryPorts): MemoryPorts => ({
    ...ports,
    ...(ports.readers && { readers: { ...ports.readers, rule: "owner" } }),
  });
  const PATHS = [
    "/api/kr/events",
    "/api/kr/events?after=0&limit=200",
    "/feed.xml?lang=en",
    "/api/kr/events?exchange=KRX",
  ];

  it("[AL34] are in no answer, by whatever method and with whatever tag", async ({ expect }) => {
    const ports = privately(await stage());
    ports.settings.exchange = "KRX";
    const app = makeApp(ports);
    for (const path of PATHS) {
      const owner = { Authorization: `Bearer ${ports.ownerToken ?? ""}` };
      const seen = await ask(app, path, { headers: owner });
      expect([seen.status, seen.headers.get("Cache-Control")]).toEqual([200, "private, no-cache"]);
      expect(seen.text).toContain("900010");
      const tag = seen.headers.get("ETag") ?? "none";
      const known = seen.headers.get("Content-Length");
      for (const method of ["GET", "HEAD"]) {
        for (const headers of [
          {},
          { "If-None-Match": tag },
          { "If-None-Match": "*" },
          { Cookie: "reader=x" },
        ]) {
          const answer = await ask(app, path, { method, headers });
          const about = [path, method, JSON.stringify(headers)];
          expect([...about, answer.status]).toEqual([...about, 401]);
          expect(answer.text).not.toContain("900010");
          expect(answer.headers.get("ETag")).not.toBe(tag);
          expect(answer.headers.get("Cache-Control")).toBe("no-store");
          expect(known === null || answer.headers.get("Content-Length") !== known).toBe(true);
        }
      }
    }
    const document = await ask(app, "/openapi.json");
    expect([document.text.includes("900010"), document.text.includes("e19")]).toEqual([false, false]);
  });

  it("[AL34] are in none that the owner's switch of the exchange overtakes", async ({ expect }) => {
    for (const path of [
      "/api/kr/events",
      "/api/kr/events?after=0",
      "/feed.xml",
      "/api/kr/signals",
      "/api/kr/market-gate",
    ]) {
      const ports = privately(await stage());
      let reads = 0;
      ports.settings.activeExchange = () => {
        reads += 1;
        return Promise.resolve(reads === 1 ? "DEMO" : "KRX");
      };
      const { text, status } = await ask(makeApp(ports), path);
      expect([path, status === 200 || status === 404, text.includes("KRX")]).toEqual([path, true, false]);
    }
  });
});
