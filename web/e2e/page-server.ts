/** Serves the built page with the headers of `_headers`, as the Worker's assets do: the page's own tests need nothing behind it. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Duplex } from "node:stream";
import { assert } from "../../worker/core/assert.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The headers under a rule such as `/*`: indented lines up to the next path. */
function headersUnder(rulePath: string, file: string): ReadonlyMap<string, string> {
  const rule = file.split(/^(?=\/)/m).find((part) => part.startsWith(`${rulePath}\n`)) ?? "";
  return new Map(
    rule
      .split("\n")
      .filter((line) => /^\s+\S+:/.test(line))
      .map((line) => {
        const [name = "", ...value] = line.trim().split(":");
        return [name, value.join(":").trim()];
      }),
  );
}

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * `folder` is the build's output. Unknown paths answer the page, as the single-page fallback does. `onHandshake` gets the
 * sockets of WebSocket handshakes; without it a handshake is answered like every other request. `answerTo`: the body of a path of
 * the API; `null` for none.
 */
export async function servePage(
  folder: string,
  onHandshake: ((socket: Duplex) => void) | null = null,
  answerTo: (path: string) => object | null = () => null,
): Promise<PageServer> {
  const page = join(folder, "index.html");
  assert(existsSync(page), `${page} is missing: run npm run build`);
  const rules = readFileSync(join(folder, "_headers"), "utf8");
  const [headers, assetHeaders] = [headersUnder("/*", rules), headersUnder("/assets/*", rules)];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    const answer = answerTo(pathname);
    if (answer !== null) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(answer));
      return;
    }
    const path = join(folder, normalize(pathname));
    const file = extname(path) !== "" && existsSync(path) ? path : page;
    const isAsset = file !== page && pathname.startsWith("/assets/");
    response.setHeaders(
      new Map([
        ...headers,
        ...(isAsset ? assetHeaders : []),
        ["Content-Type", TYPES[extname(file)] ?? "text/plain"],
      ]),
    );
    response.end(readFileSync(file));
  });
  const handed = new Set<Duplex>();
  if (onHandshake !== null) {
    server.on("upgrade", (_request, socket) => {
      handed.add(socket);
      onHandshake(socket);
    });
  }
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === "object", "A listening server has an address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of handed) {
          socket.destroy();
        }
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
