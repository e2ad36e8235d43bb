import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { it } from "vitest";
import { assert } from "../../../core/assert.ts";
import { serveVendor, type VendorAnswer } from "../../../testing/fakes/serve-vendor.ts";
import { MemoryLog } from "../../../testing/memory/memory-log.ts";
import { followSession } from "./follow-session.ts";
import { LiveRelay } from "./live-relay.ts";

function makeRelay(send: (text: string) => void): LiveRelay {
  const session = { want: () => undefined, close: () => undefined };
  const upstream = { id: "kiwoom", neighbour: "Kiwoom", slots: 1, open: () => session } as const;
  const quotes = () => Promise.resolve({ status: "closed" } as const);
  const snapshot = { id: "kiwoom", perCall: 1, quotes } as const;
  return new LiveRelay({ upstream, snapshot, clock: { now: () => 0 }, log: new MemoryLog(), send });
}

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
      makeRelay,
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

it("[KW29] a socket that is closed when the session is over ends in seconds, also where the other end is gone", async ({
  expect,
}) => {
  const got: string[] = [];
  // It takes the upgrade and reads nothing any more, as a network that lost the way back.
  const server = createServer((_, response) => response.writeHead(426).end());
  server.on("upgrade", (request, stream) => {
    got.push("upgrade");
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    stream.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === "object", "A server of a port has an address");
  const over = Date.now() + 500;
  try {
    await followSession({
      to: new URL(`http://127.0.0.1:${address.port}`),
      token: "t",
      log: new MemoryLog(),
      makeRelay,
      leftMs: () => over - Date.now(),
      wait: () => Promise.resolve(),
      random: () => 0,
    });
    expect([got, Date.now() - over < 5_000]).toEqual([["upgrade"], true]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
