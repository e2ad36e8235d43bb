/** A Worker of the owner's routes that stores nothing, and the commands that speak to it as processes of their own. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { makeIngest } from "../../app/jobs/ingest.ts";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";

const NODE = join(projectRoot, "node_modules", ".bin", "node");

/** The header of a file of bars. */
export const HEADER = "ticker,date,open,high,low,close,volume\n";

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
  readonly bytes: Buffer;
}

/** A fake Worker: every answer is 200 with a report of the file, unless a queued one comes first. */
export interface Fake {
  readonly calls: Call[];
  readonly queue: { readonly status: number; readonly body?: unknown; readonly retryAfter?: string }[];
  /** What a path answers each time, by the path. */
  readonly refused: Map<string, { readonly status: number; readonly body: unknown }>;
  readonly next: { chunk: number };
  readonly url: URL;
}

let folder = "";
let server: Server | null = null;

/** A folder and no Worker before each test of the file that calls this. */
export function useFakeWorkers(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vcp-import-"));
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
    rmSync(folder, { recursive: true, force: true });
  });
}

const ingest = makeIngest({
  reader: csvFileReader,
  clock: { now: () => Date.UTC(2026, 0, 1) },
  bookOf: () => ({
    addHistory: (chunk) => stored(chunk.reduce((sum, one) => sum + one.columns.day.length, 0)),
    closeDay: (chunk) => stored(chunk.length),
    closeKinds: () => Promise.resolve(new Map()),
    addIndices: (chunk) => stored(chunk.reduce((sum, one) => sum + one.columns.day.length, 0)),
  }),
  instruments: { all: () => Promise.resolve([]), put: () => Promise.resolve() },
});

function stored(added: number): Promise<{ added: number; replaced: number; unchanged: number }> {
  return Promise.resolve({ added, replaced: 0, unchanged: 0 });
}

async function answer(call: Call, fake: Fake): Promise<unknown> {
  const { pathname, searchParams } = call.url;
  if (pathname.startsWith("/api/admin/imports/")) {
    return { next_chunk: fake.next.chunk };
  }
  if (pathname === "/api/admin/findings") {
    return { exchange: "KRX", day: null, findings: [], warning: null };
  }
  if (call.method !== "POST") {
    return {};
  }
  if (pathname === "/api/kr/scan") {
    return { count: 4 };
  }
  if (pathname === "/api/admin/corrections") {
    return { exchange: "KRX", run: null, left: null };
  }
  const firstLine = Number(searchParams.get("first_line") ?? 2);
  const report = pathname.endsWith("/bars")
    ? await ingest.bars("KRX", call.bytes, { firstLine, mark: null, close: null })
    : pathname.endsWith("/indices")
      ? await ingest.indices("KRX", call.bytes)
      : await ingest.instruments("KRX", call.bytes);
  return { ...report, exchange: "KRX", first_day: null, last_day: null };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts);
}

/** Answers until the test ends. */
export async function startFakeWorker(): Promise<Fake> {
  const port = await findFreePort();
  const url = new URL(`http://127.0.0.1:${port}`);
  const fake: Fake = { calls: [], queue: [], refused: new Map(), next: { chunk: 0 }, url };
  server = createServer((request, response) => {
    void bodyOf(request).then(async (bytes) => {
      const asked = new URL(request.url ?? "/", fake.url);
      const token = request.headers.authorization ?? "";
      const call = { method: request.method ?? "", url: asked, token, bytes };
      fake.calls.push(call);
      const next = asked.pathname === "/api/health" ? undefined : fake.queue.shift();
      const queued: Fake["queue"][number] | undefined = fake.refused.get(asked.pathname) ?? next;
      if (queued?.retryAfter !== undefined) {
        response.setHeader("Retry-After", queued.retryAfter);
      }
      response.statusCode = queued?.status ?? 200;
      response.end(JSON.stringify(queued ? (queued.body ?? {}) : await answer(call, fake)));
    });
  });
  await new Promise<void>((resolve) => {
    server?.listen(port, "127.0.0.1", resolve);
  });
  return fake;
}

/** A file in a folder that goes with the test. */
export function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A command of `worker/cli/import`, with what it wrote. */
export function run(
  script: string,
  args: readonly string[],
  token: string,
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(NODE, [join(projectRoot, "worker/cli/import", script), ...args], {
      env: { ...process.env, OWNER_TOKEN: token },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
    });
    child.stderr.on("data", (part: Buffer) => {
      err += part.toString();
    });
    child.once("close", (code) => {
      resolve({ code, out, err });
    });
  });
}
