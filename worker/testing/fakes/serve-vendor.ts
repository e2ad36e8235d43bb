/** A vendor's fake behind a real port of this machine, so that an adapter meets HTTP and not a function. */
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { assert } from "../../core/assert.ts";
import { acceptSocket, type ServedSocket } from "./web-socket-server.ts";

/** `cut` ends the connection without an answer, `silent` never answers, as a host that lets this address not in. */
export type VendorAnswer = Response | "cut" | "silent";

/** The body of `streamed` goes out as it is produced, also one without an end. */
export type ServedAnswer = VendorAnswer | { readonly streamed: Response };

export type VendorHandler = (request: Request) => ServedAnswer | Promise<ServedAnswer>;

/** With the vendor's own time, where there is an answer; `at` in milliseconds since the epoch. */
export function withDate(answer: VendorAnswer, at: number): VendorAnswer {
  if (answer instanceof Response) {
    answer.headers.set("date", new Date(at).toUTCString());
  }
  return answer;
}

export interface ServedVendor {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  end(): Promise<void>;
}

async function readRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of incoming) {
    parts.push(part instanceof Buffer ? part : Buffer.from(String(part)));
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""));
  }
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(parts);
  return new Request(new URL(incoming.url ?? "/", origin), { method, headers, body });
}

async function streamAnswer(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  response.once("close", () => void reader?.cancel());
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done || response.destroyed) {
      break;
    }
    if (!response.write(part.value)) {
      await Promise.race([once(response, "drain"), once(response, "close")]);
    }
  }
  response.end();
}

async function writeAnswer(answer: ServedAnswer, response: ServerResponse): Promise<void> {
  if (answer === "silent") {
    return;
  }
  if (answer === "cut") {
    response.destroy();
    return;
  }
  if (!(answer instanceof Response)) {
    await streamAnswer(answer.streamed, response);
    return;
  }
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(new Uint8Array(await answer.arrayBuffer()));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      assert(address !== null && typeof address === "object", "A server of a port has an address");
      resolve(address.port);
    });
  });
}

/**
 * `port` 0 takes a free one. A fault of the handler is the vendor's status 500, with its text. `onSocket` gets each WebSocket with its
 * path; without it none is taken.
 */
export async function serveVendor(
  handler: VendorHandler,
  port = 0,
  onSocket: ((socket: ServedSocket, path: string) => void) | null = null,
): Promise<ServedVendor> {
  let url = "";
  const streams = new Set<Duplex>();
  // No idle connection is closed from this end: a request that was on its way would fail, and be counted twice.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    void (async () => {
      try {
        await writeAnswer(await handler(await readRequest(incoming, url)), response);
      } catch (error) {
        response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
        response.end(`The fake failed: ${error instanceof Error ? error.stack : String(error)}`);
      }
    })();
  });
  server.on("upgrade", (incoming, stream) => {
    if (onSocket === null) {
      stream.destroy();
      return;
    }
    streams.add(stream);
    stream.once("close", () => streams.delete(stream));
    onSocket(acceptSocket(incoming, stream), incoming.url ?? "/");
  });
  url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    end: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
        for (const stream of streams) {
          stream.destroy();
        }
      }),
  };
}
