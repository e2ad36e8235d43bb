import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, it } from "vitest";
import { type Front, type FrontOptions, type FrontTarget, startFront } from "./front.ts";
import { findFreePort } from "./local-port.ts";

/** What stands behind the front: it answers with what it got. */
function echoServer(): Server {
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const status = Number(/status=(\d+)/.exec(message.url ?? "")?.[1] ?? 200);
      response.writeHead(status, ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Kept", "yes"]);
      response.end(JSON.stringify({ head: message.headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  server.on("upgrade", (message: IncomingMessage, socket) => {
    if (message.url === "/ws/refused") {
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
      return;
    }
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello ",
    );
    socket.on("data", (data) => socket.write(data));
    socket.on("error", () => undefined);
  });
  return server;
}

let inner: Server;
let target: FrontTarget | null = null;
let front: Front;
let port = 0;

async function restart(overrides: Partial<FrontOptions> = {}): Promise<void> {
  port = await findFreePort();
  front = await startFront({
    port,
    hosts: ["radar.example"],
    sockets: 2,
    target: () => target,
    explain: (path) => (path === "/api/health?status=503" ? { status: 503, text: "the disk is full" } : null),
    ...overrides,
  });
}

beforeEach(async () => {
  inner = echoServer();
  await new Promise<void>((resolve) => {
    inner.listen(0, "127.0.0.1", resolve);
  });
  const address = inner.address();
  target = { port: typeof address === "object" && address !== null ? address.port : 0, key: "the-key" };
  await restart();
});
afterEach(async () => {
  await front.close();
  inner.closeAllConnections();
  inner.close();
});

function ask(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, path, method: body === "" ? "GET" : "POST", headers },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Sends the bytes and resolves with what came back until it holds `until` or the connection ended. */
function raw(bytes: string, until: string): Promise<{ text: string; end: () => void }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const done = (): void => resolve({ text, end: () => socket.destroy() });
    socket.on("error", reject).on("close", done);
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes(until)) {
        done();
      }
    });
    socket.write(bytes);
  });
}

function upgrade(path = "/ws", host = "127.0.0.1"): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`;
}

describe("the front of npm start", () => {
  it("[CL15] that finds its port held names who holds it and the way out, whenever it was taken", async ({
    expect,
  }) => {
    const options = { port, hosts: [], sockets: 2, target: () => target, explain: () => null };
    await expect(startFront(options)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(
        new RegExp(
          `^Port ${port} is held by process ${process.pid} .*\nTake another: npm start -- --port N$`,
        ),
      ),
    });
  });

  it("[CL42] refuses a name that was made to point here, on pages, API and sockets alike", async ({
    expect,
  }) => {
    for (const path of ["/", "/api/health", "/docs", "/assets/a.js"]) {
      expect((await ask(path, { Host: "evil.example" })).status).toBe(421);
      expect((await ask(path, { Host: "radar.example" })).status).toBe(200);
    }
    const { text } = await raw(upgrade("/ws", "evil.example"), "\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 421 /);
  });

  it("[CL43] has none of the dev server's own paths, and hands on none of its headers", async ({
    expect,
  }) => {
    for (const path of ["/cdn-cgi/local/scheduled?cron=*", "/cdn-cgi/explorer", "/__scheduled"]) {
      expect((await ask(path, { "Sec-Fetch-Site": "cross-site" })).status).toBe(404);
    }
    expect((await raw(upgrade("/cdn-cgi/live-reload"), "\n\r\n")).text).toMatch(/^HTTP\/1\.1 404 /);
    const sent = { "MF-Original-URL": "http://x/cdn-cgi/local/scheduled", "X-Front-Key": "guessed" };
    const { text } = await ask("/api/health", sent);
    expect(JSON.parse(text)).toMatchObject({ head: { "x-front-key": "the-key" } });
    expect(text.toLowerCase()).not.toContain("mf-original-url");
  });

  it("[CL42] hands on everything else as it came, both ways", async ({ expect }) => {
    const answer = await ask(
      "/api/x?status=418",
      { Host: "localhost:1", Origin: "http://localhost:1" },
      "a body",
    );
    expect(answer.status).toBe(418);
    expect(answer.headers).toMatchObject({ "set-cookie": ["a=1", "b=2"], "x-kept": "yes" });
    expect(JSON.parse(answer.text)).toMatchObject({
      head: { host: "localhost:1", origin: "http://localhost:1" },
      body: "a body",
    });
  });

  it("[CL38] relays sockets up to their limit, refusals too, and takes another when one has gone", async ({
    expect,
  }) => {
    const first = await raw(`${upgrade()}ping`, "hello ping");
    expect(first.text).toMatch(/^HTTP\/1\.1 101 /);
    const second = await raw(upgrade(), "hello ");
    expect((await raw(upgrade(), "\n\r\n")).text).toMatch(/^HTTP\/1\.1 503 [^]*No more sockets fit here\./);
    first.end();
    second.end();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect((await raw(upgrade("/ws/refused"), "\r\n\r\nno")).text).toMatch(/^HTTP\/1\.1 403 /);
    const third = await raw(upgrade(), "hello ");
    expect(third.text).toContain("hello ");
    third.end();
  });

  it("[CL37] answers at once while nothing runs behind it", async ({ expect }) => {
    target = null;
    expect(await ask("/api/health")).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
    target = { port: await findFreePort(), key: "" };
    expect((await ask("/")).text).toContain("VCP Radar is being started");
    expect((await raw(upgrade(), "\n\r\n")).text).toMatch(/^HTTP\/1\.1 503 /);
  });

  it("[CL40] answers with the cause instead of a 503 that has none", async ({ expect }) => {
    expect(await ask("/api/health?status=503")).toMatchObject({ status: 503, text: "the disk is full\n" });
    expect((await ask("/api/health?status=200")).text).toContain("head");
    expect((await ask("/other?status=503")).text).toContain("head");
  });
});
