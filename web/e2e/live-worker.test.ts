/** The moving demo in the real Worker: what a client without our code gets, and what a kill may not lose or repeat. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { decodeServer } from "../../worker/protocol/messages/codec.ts";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import type { ServerMessage } from "../../worker/protocol/messages/server-message.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { askOwner } from "../../worker/testing/stage/ask-owner.ts";
import { eventually } from "../../worker/testing/eventually.ts";

const PLAIN_CLIENT = new URL("../../worker/testing/plain-client.mjs", import.meta.url).pathname;
const TOPIC = "signal:vcp";

let stateDir: string;
let worker: RealWorker;

type SignalUpdate = Extract<ServerMessage, { type: "signal_update" }>;

async function health(): Promise<HealthBody> {
  return v.parse(HealthBody, await (await fetch(`${worker.url}/api/health`)).json());
}

async function command(body: object): Promise<void> {
  await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify(body));
}

/** A socket that keeps every message; `path` may subscribe by itself. */
class Listener {
  readonly messages: ServerMessage[] = [];
  readonly #socket: WebSocket;

  constructor(path: string) {
    this.#socket = new WebSocket(`${worker.url.replace("http", "ws")}${path}`);
    this.#socket.addEventListener("message", ({ data }) => {
      this.messages.push(...(decodeServer(String(data))?.messages ?? []));
    });
  }

  subscribe(since: { readonly epoch: string; readonly seq: number }): void {
    this.#socket.send(JSON.stringify({ type: "subscribe", topic: TOPIC, since: { [TOPIC]: since } }));
  }

  signals(): readonly SignalUpdate[] {
    return this.messages.filter((message) => message.type === "signal_update");
  }

  close(): void {
    this.#socket.close();
  }
}

/** The id of the newest run, which must have ended well. */
async function lastRun(): Promise<string> {
  const { last_run: run } = await health();
  if (run?.status !== "done") {
    throw new Error(`The last run was ${JSON.stringify(run)}`);
  }
  return run.id;
}

describe("the moving demo", () => {
  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-"));
    worker = await startWorker({ stateDir, vars: { DEMO_SESSION_S: "86400" } });
    await eventually(async () => {
      const { feed } = await health();
      if (feed?.state !== "live") {
        throw new Error(`The feed was ${feed?.state}`);
      }
    });
  }, 120_000);

  afterAll(async () => {
    await worker.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("[TB4] serves a client of twenty lines: hello, answers, snapshots, then updates in sequence", async ({
    expect,
    onTestFinished,
  }) => {
    const child = spawn(process.execPath, [PLAIN_CLIENT, `${worker.url.replace("http", "ws")}/ws`]);
    onTestFinished(async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    const lines = () => text.trim().split("\n");
    const seqs = (of: string) =>
      lines()
        .filter((line) => line.startsWith(of))
        .map((line) => Number(/\/(\d+)/.exec(line)?.[1]));
    await eventually(() => {
      expect(text).toContain("index_update index:KOSPI");
      expect(text).toContain("signal_update signal:vcp");
    });
    expect(lines()[0]).toMatch(/^connected DEMO/);
    expect(text).toMatch(/^subscribed signal:vcp .* whole/m);
    expect(text).toMatch(/^signal_update signal:vcp .* snapshot/m);
    expect(text.indexOf("subscribed signal:vcp")).toBeLessThan(text.indexOf("signal_update signal:vcp"));

    await command({ advance: "tick" });
    await command({ advance: "session" });
    await eventually(() => {
      expect(seqs("index_update index:KOSPI").length).toBeGreaterThan(1);
      expect(seqs("signal_update").length).toBeGreaterThan(1);
    });
    const [first = 0, ...rest] = seqs("signal_update");
    expect(rest).toEqual(rest.map((_, n) => first + n + 1));
    const index = seqs("index_update index:KOSPI");
    expect(index).toEqual(index.toSorted((a, b) => a - b));
    expect(new Set(index).size).toBe(index.length);
  });

  it("[TB4] gives the same stream at the topic's own route", async ({ expect }) => {
    const [own, shared] = [new Listener(`/ws/${TOPIC}`), new Listener(`/ws?subscribe=${TOPIC}`)];
    await eventually(() => {
      expect([own.signals().length, shared.signals().length]).toEqual([1, 1]);
    });
    await command({ advance: "session" });
    await eventually(() => {
      expect(own.signals().length).toBeGreaterThan(1);
      expect(shared.signals()).toEqual(own.signals());
    });
    expect(own.messages[0]?.type).toBe("connected");
    own.close();
    shared.close();
  });

  it("[FD16] notifies every client of a scan exactly once that was saved and not published when it was killed", async ({
    expect,
  }) => {
    const paths = ["/ws", `/ws/${TOPIC}`] as const;
    const port = Number(new URL(worker.url).port);
    const start = async (entry?: string): Promise<RealWorker> =>
      startWorker({
        stateDir,
        port,
        vars: { DEMO_SESSION_S: "86400" },
        ...(entry !== undefined && { entry }),
      });
    await worker.stop();
    worker = await start("worker/testing/stage/unpublishing-worker.ts");
    const before = new Listener(`/ws?subscribe=${TOPIC}`);
    await eventually(() => {
      expect(before.signals()).toHaveLength(1);
    });
    const [{ epoch, seq } = { epoch: "", seq: 0 }] = before.signals();
    await command({ advance: "session" });
    const runId = await lastRun();
    expect((await health()).outbox.waiting).toBeGreaterThan(0);
    expect(before.signals()).toHaveLength(1);

    await worker.kill();
    worker = await start();
    // At once, so that the message may still be on its way: resumed or pushed, but once.
    const clients = paths.map((path) => new Listener(path));
    await eventually(() => {
      expect(clients.map(({ messages }) => messages[0]?.type)).toEqual(["connected", "connected"]);
    });
    clients[0]?.subscribe({ epoch, seq });
    const of = (client: Listener) => client.signals().filter(({ data }) => data.run_id === runId);
    await eventually(async () => {
      expect((await health()).outbox.waiting).toBe(0);
      for (const client of clients) {
        expect(of(client).length).toBeGreaterThan(0);
      }
    });
    await command({ advance: "session" });
    const next = await lastRun();
    await eventually(() => {
      for (const client of clients) {
        expect(client.signals().map(({ data }) => data.run_id)).toContain(next);
      }
    });
    const [resumed] = clients;
    expect(resumed?.messages).toContainEqual(
      expect.objectContaining({ type: "subscribed", recovered: true }),
    );
    expect(resumed && of(resumed).filter(({ data }) => (data.part ?? 1) === 1)).toHaveLength(1);
    const seqs = resumed?.signals().map((update) => update.seq) ?? [];
    expect(seqs).toEqual(seqs.map((_, n) => seq + n + 1));
    for (const client of clients) {
      client.close();
    }
    expect(next).not.toBe(runId);
  }, 120_000);
});
