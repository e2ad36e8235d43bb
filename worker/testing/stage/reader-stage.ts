/** The whole app over memory under the rule `owner`, and a login on it. */
import { makeApp } from "../../http/app.ts";
import type { HttpPorts } from "../../http/request/ports.ts";
import { CLOSE } from "../../protocol/messages/codes.ts";
import { NO_SOCKETS } from "../memory/documented-api.ts";
import { makeMemoryPorts, type MemoryPorts, OWNER_TOKEN } from "../memory/memory-ports.ts";
import { MemoryReaderSessions } from "../memory/memory-readers.ts";
import { ask } from "./ask.ts";

export type App = ReturnType<typeof makeApp>;

export interface ReaderStage {
  readonly app: App;
  readonly ports: MemoryPorts;
  /** The headers of each upgrade that reached an object. */
  readonly upgrades: Headers[];
}

/** `owner` is the rule, and KRX the active exchange unless named otherwise. */
export function stageReaders(
  overrides: Partial<HttpPorts> = {},
  exchange: "KRX" | "DEMO" = "KRX",
): ReaderStage {
  const upgrades: Headers[] = [];
  const take = (request: Request): Promise<Response> => {
    upgrades.push(request.headers);
    const { 0: client, 1: server } = new WebSocketPair();
    server.accept();
    server.close(CLOSE.drain.code, CLOSE.drain.reason);
    return Promise.resolve(new Response(null, { status: 101, webSocket: client }));
  };
  const ports = makeMemoryPorts({
    sockets: { ...NO_SOCKETS, gateway: take, stream: take },
    readers: { rule: "owner", sessions: new MemoryReaderSessions(), endSockets: () => Promise.resolve() },
    ...overrides,
  });
  ports.settings.exchange = exchange;
  return { app: makeApp(ports), ports, upgrades };
}

/** Returns the cookie, `name=value`. */
export async function logIn(app: App, origin = "http://localhost:8787"): Promise<string> {
  const { status, headers } = await ask(app, `${origin}/api/session`, {
    method: "POST",
    body: JSON.stringify({ token: OWNER_TOKEN }),
  });
  if (status !== 200) {
    throw new Error(`The login was answered with ${status}`);
  }
  return headers.get("Set-Cookie")?.split(";")[0] ?? "";
}

/** On this machine, where the cookie needs no https. */
export const at = (path: string): string => `http://localhost:8787${path}`;
