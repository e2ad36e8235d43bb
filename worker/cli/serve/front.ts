/**
 * The front of `npm start`: the one port that a browser sees. It stands before the platform's dev server, which answers more than
 * the Worker's routes and to any name of this machine (decision 029), and it stays when that server is started again.
 */
import {
  createServer,
  type IncomingMessage,
  request as forward,
  type RequestOptions,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { FRONT_KEY_HEADER } from "../../protocol/front-key-header.ts";
import { closedReason, type Refused } from "./front-rules.ts";
import { refusedPort } from "./local-port.ts";

/** The dev server behind it. The key proves to the Worker that a request came through the front. */
export interface FrontTarget {
  readonly port: number;
  readonly key: string;
}

export interface FrontOptions {
  readonly port: number;
  /** Other names than loopback ones that the server is reached by. */
  readonly hosts: readonly string[];
  /** Sockets at once; more are refused. */
  readonly sockets: number;
  /** Read for each request; `null` while nothing runs behind it. */
  target(): FrontTarget | null;
  /** A better answer than the Worker's 503 on a path; `null` when there is none. */
  explain(path: string): Refused | null;
}

export interface Front {
  /** Ends open connections too. */
  close(): Promise<void>;
}

const STARTING: Refused = {
  status: 503,
  text: "VCP Radar is being started. Load this again in some seconds.",
  headers: { "Retry-After": "2" },
};
const FULL: Refused = { status: 503, text: "No more sockets fit here.", headers: { "Retry-After": "10" } };
/** For requests beside the sockets. */
const SPARE_CONNECTIONS = 100;
/** They are of one connection and not of the message. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "expect"]);
/** Longer than a client keeps a connection for its next request. */
const KEEP_ALIVE_MS = 65_000;

/** Name, value, name, value: as Node reads and writes them, so that those which come twice stay two. */
function kept(raw: readonly string[], drops: (name: string) => boolean): string[] {
  return raw.flatMap((name, i) =>
    i % 2 === 0 && !drops(name.toLowerCase()) ? [name, raw[i + 1] ?? ""] : [],
  );
}

/** The dev server trusts headers of its own (`MF-Original-URL`), and the Worker the key. */
function isOursToSet(name: string): boolean {
  return HOP_BY_HOP.has(name) || name.startsWith("mf-") || name === FRONT_KEY_HEADER.toLowerCase();
}

function requestOptions(
  request: IncomingMessage,
  { port, key }: FrontTarget,
  upgrade: readonly string[],
): RequestOptions {
  const headers = [...kept(request.rawHeaders, isOursToSet), ...upgrade, FRONT_KEY_HEADER, key];
  return { host: "127.0.0.1", port, method: request.method, path: request.url, headers, agent: false };
}

function refuse(response: ServerResponse, { status, text, headers }: Refused): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
  response.end(`${text}\n`);
}

function refuseSocket(socket: Duplex, { status, text, headers = {} }: Refused): void {
  const lines = Object.entries({ "Content-Type": "text/plain; charset=utf-8", ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} Refused\r\n${head}Connection: close\r\n\r\n${text}\n`);
}

function relay(
  request: IncomingMessage,
  response: ServerResponse,
  target: FrontTarget,
  { explain }: Pick<FrontOptions, "explain">,
): void {
  const onward = forward(requestOptions(request, target, []));
  onward.on("response", (answer) => {
    const explained = answer.statusCode === 503 ? explain(request.url ?? "") : null;
    if (explained !== null) {
      answer.resume();
      refuse(response, explained);
      return;
    }
    const headers = kept(answer.rawHeaders, (name) => HOP_BY_HOP.has(name));
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  onward.on("error", () => {
    if (response.headersSent) {
      response.destroy();
    } else {
      refuse(response, STARTING);
    }
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

function relaySocket(request: IncomingMessage, socket: Duplex, head: Buffer, target: FrontTarget): void {
  const upgrade = ["Connection", "Upgrade"];
  const onward = forward(requestOptions(request, target, upgrade));
  const end = (): void => {
    socket.destroy();
    onward.destroy();
  };
  onward.on("upgrade", (answer, inner, innerHead) => {
    const lines = kept(answer.rawHeaders, () => false);
    const headers = lines.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
    socket.write(innerHead);
    inner.write(head);
    inner.setNoDelay(true);
    inner.on("error", end).on("close", () => socket.end(() => socket.destroy()));
    // A WebSocket whose peer sends no more is over: half of a connection would hold its place for ever.
    socket.on("end", () => socket.end()).on("close", () => inner.destroy());
    inner.pipe(socket).pipe(inner);
  });
  onward.on("response", (answer) => {
    const lines = kept(answer.rawHeaders, (name) => HOP_BY_HOP.has(name));
    const headers = lines.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
    socket.write(
      `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${headers}Connection: close\r\n\r\n`,
    );
    answer.pipe(socket);
  });
  onward.on("error", () => {
    if (socket.writable) {
      refuseSocket(socket, STARTING);
    }
  });
  socket.on("error", end);
  onward.end();
}

/** Resolves when it listens. Throws a `CommandError` that names who holds the port. */
export function startFront(options: FrontOptions): Promise<Front> {
  const { port, hosts, sockets } = options;
  const refusalOf = (request: IncomingMessage): Refused | null =>
    closedReason(request.headers.host, request.url ?? "", hosts);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const target = options.target();
    const refused = refusalOf(request) ?? (target === null ? STARTING : null);
    if (refused !== null || target === null) {
      refuse(response, refused ?? STARTING);
      return;
    }
    relay(request, response, target, options);
  });
  // A connection that asks for nothing holds a file too.
  server.maxConnections = sockets + SPARE_CONNECTIONS;
  const open = new Set<Duplex>();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = options.target();
    const refused = refusalOf(request) ?? (open.size >= sockets ? FULL : null);
    socket.on("error", () => socket.destroy());
    if (refused !== null || target === null) {
      refuseSocket(socket, refused ?? STARTING);
      return;
    }
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    relaySocket(request, socket, head, target);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      // Taken since the start looked: building and migrating come between.
      reject(("code" in error ? refusedPort(port, String(error.code)) : null) ?? error);
    });
    server.listen(port, "127.0.0.1", () => {
      resolve({
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            server.closeAllConnections();
            for (const socket of open) {
              socket.destroy();
            }
          }),
      });
    });
  });
}
