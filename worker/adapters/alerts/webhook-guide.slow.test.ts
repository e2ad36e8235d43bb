import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { WEBHOOK_SECRET } from "../../testing/fakes/alerts/samples.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { makeAlertTargets } from "./alert-target.ts";
import { makeWebhookSender, signWebhook } from "./webhook.ts";

const GUIDE = readFileSync(join(import.meta.dirname, "WEBHOOK.md"), "utf8");
const MOST_LINES = 30;

/** The block of code under the heading, as it is printed. */
function receiverOf(guide: string): string {
  return /## A receiver\n[\s\S]*?```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
}

describe("the receiver that the guide prints", () => {
  const folder = mkdtempSync(join(tmpdir(), "radar-receiver-"));
  let [server, url, output]: [ChildProcess | null, string, string] = [null, "", ""];

  beforeAll(async () => {
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    const file = join(folder, "receiver.mjs");
    writeFileSync(file, receiverOf(GUIDE));
    const env = { ...process.env, PORT: String(port), RADAR_SECRET: WEBHOOK_SECRET };
    server = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
    server.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    await waitUntil(
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      "the receiver listens",
      30_000,
    );
  });

  afterAll(async () => {
    if (server !== null && server.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
    rmSync(folder, { recursive: true });
  });

  /** The request of the sender itself, changed on its way, and the receiver's answer to it. */
  async function deliver(
    key: string,
    change: (request: Request) => Promise<Request> | Request,
    now = Date.now(),
  ) {
    const log = new MemoryLog();
    const targets = makeAlertTargets({ exempt: url, resolve: () => Promise.resolve(null), log });
    const answers: string[] = [];
    const fetched = async (request: Request) => {
      const response = await fetch(await change(request));
      answers.push(`${response.status} ${await response.clone().text()}`.trim());
      return response;
    };
    const surroundings = { fetch: fetched, now: () => now, log, targets };
    const hook = { url: `${url}/radar`, template: "raw", secret: WEBHOOK_SECRET } as const;
    const outcome = await makeWebhookSender(hook, surroundings).send(makeAlertMessage({ key }));
    return { outcome: outcome.kind, answer: answers.join() };
  }

  const asSent = (request: Request) => request;
  const withHeaders = (headers: Readonly<Record<string, string>>) => (request: Request) => {
    const changed = new Request(request);
    for (const [name, value] of Object.entries(headers)) {
      changed.headers.set(name, value);
    }
    return changed;
  };

  it("[AL56] is short, and takes a message once", async ({ expect }) => {
    expect(receiverOf(GUIDE).trimEnd().split("\n").length).toBeLessThanOrEqual(MOST_LINES);
    expect(await deliver("k-1", asSent)).toEqual({ outcome: "sent", answer: "200 taken" });
    expect(await deliver("k-1", asSent)).toEqual({ outcome: "sent", answer: "200 taken before" });
    expect(await deliver("k-2", asSent)).toEqual({ outcome: "sent", answer: "200 taken" });
    await waitUntil(() => Promise.resolve(output.split("\n").length === 3), "two titles", 10_000);
    expect(output.split("\n")).toEqual([makeAlertMessage().title, makeAlertMessage().title, ""]);
  });

  it("[AL56] refuses a body that was changed, and another signature", async ({ expect }) => {
    const refused = { outcome: "refused", answer: "401" };
    const changed = async (request: Request) =>
      new Request(request, { method: "POST", body: (await request.text()).replace("71,200", "99,999") });
    expect(await deliver("k-3", changed)).toEqual(refused);
    for (const signature of [
      "",
      "v1=",
      `v1=${"0".repeat(64)}`,
      `v1=${"é".repeat(64)}`,
      await signWebhook("another secret", Math.floor(Date.now() / 1_000), "{}"),
    ]) {
      expect(await deliver("k-3", withHeaders({ "x-radar-signature": signature })), signature).toEqual(
        refused,
      );
    }
    expect(await deliver("k-3", asSent)).toEqual({ outcome: "sent", answer: "200 taken" });
  });

  it("[AL56] refuses what is older than five minutes or as far ahead, and a timestamp that was changed", async ({
    expect,
  }) => {
    const refused = { outcome: "refused", answer: "401" };
    const now = Date.now();
    expect(await deliver("k-4", asSent, now - 310_000)).toEqual(refused);
    expect(await deliver("k-4", asSent, now + 310_000)).toEqual(refused);
    for (const seconds of ["", "soon", String(Math.floor(now / 1_000) - 1)]) {
      expect(await deliver("k-4", withHeaders({ "x-radar-timestamp": seconds })), seconds).toEqual(refused);
    }
    expect(await deliver("k-4", asSent, now - 280_000)).toEqual({ outcome: "sent", answer: "200 taken" });
  });
});
