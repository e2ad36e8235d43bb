import { it } from "vitest";
import { serveVendor, type VendorAnswer } from "../../../testing/fakes/serve-vendor.ts";
import { MemoryLog } from "../../../testing/memory/memory-log.ts";
import { followSession } from "./follow-session.ts";
import { LiveRelay } from "./live-relay.ts";

/** What a session of as many tries as there are answers leaves in the log. */
async function linesOf(answers: readonly VendorAnswer[]): Promise<readonly unknown[]> {
  const log = new MemoryLog();
  let tries = 0;
  const server = await serveVendor(() => answers[tries] ?? "cut");
  try {
    await followSession({
      to: new URL(server.url),
      token: "t",
      log,
      makeRelay: (send) => {
        const session = { want: () => undefined, close: () => undefined };
        const upstream = { id: "kiwoom", neighbour: "Kiwoom", slots: 1, open: () => session } as const;
        const quotes = () => Promise.resolve({ status: "closed" } as const);
        const snapshot = { id: "kiwoom", perCall: 1, quotes } as const;
        return new LiveRelay({ upstream, snapshot, clock: { now: () => 0 }, log, send });
      },
      leftMs: () => answers.length - tries,
      wait: () => {
        tries += 1;
        return Promise.resolve();
      },
      random: () => 0,
    });
  } finally {
    await server.end();
  }
  return log.lines.map(({ event, fields }) => [event, fields["status"] ?? null]);
}

it("[KW23] a Worker that is away, or refuses for now, leaves a line at each try", async ({ expect }) => {
  const busy = (status: number): Response => new Response(null, { status });
  expect(await linesOf(["cut", busy(503), busy(429)])).toEqual([
    ["worker_not_reached", null],
    ["worker_not_reached", 503],
    ["worker_not_reached", 429],
  ]);
});
